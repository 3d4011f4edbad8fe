import type { MappedTake } from '../../echo';
import { useEcho, useEchoState } from '../echo-context';
import { usePhraseName } from '../hooks/use-phrase-name';
import { useText } from '../i18n/localisation';
import { hrefOf } from '../router';
import { takeNumber } from '../take-name';
import { Icon } from './icon';

/** The recording that was picked on the map, and what can be done about it. */
export function ChosenTake({ take }: { readonly take: MappedTake | undefined }) {
  const echo = useEcho();
  const text = useText();
  const nameOf = usePhraseName();
  const { phrases, playing } = useEchoState();
  if (take === undefined) return <p className="hint map-chosen">{text('map.choose')}</p>;
  const { takeId, phraseId, outlier } = take;
  const name = nameOf(phraseId);
  const number = takeNumber(
    phrases.find(({ id }) => id === phraseId),
    takeId,
  );
  const isPlaying = playing === takeId;
  return (
    <div className="map-chosen stack" role="status">
      <p>
        <strong>{text('why.take', { name, number })}</strong>
      </p>
      {outlier?.kind === 'like-another' && (
        <p className="verdict">
          <Icon name="warning" size={18} />
          {text('map.outlier.likeAnother', { name, number, other: nameOf(outlier.phraseId) })}
        </p>
      )}
      {outlier?.kind === 'apart' && (
        <p className="verdict">
          <Icon name="warning" size={18} />
          {text('map.outlier.apart', { name, number })}
        </p>
      )}
      <div className="row">
        <button type="button" className="button" onClick={() => void echo.play(takeId)}>
          <Icon name={isPlaying ? 'stop' : 'play'} size={18} />
          {text(isPlaying ? 'map.stop' : 'map.play')}
        </button>
        <a className="button" href={hrefOf({ screen: 'phrase', id: phraseId, isRecording: true })}>
          {text('map.again')}
        </a>
        <a className="button button-quiet" href={hrefOf({ screen: 'phrase', id: phraseId })}>
          {text('map.open')}
        </a>
      </div>
    </div>
  );
}
