import type { TakeMap } from '../../echo';
import { useEchoState } from '../echo-context';
import { usePhraseName } from '../hooks/use-phrase-name';
import { useText } from '../i18n/localisation';
import { takeNumber } from '../take-name';
import { Icon } from './icon';

/** What the map shows, in words, and what to do about it. */
export function MapSummary({ map }: { readonly map: TakeMap }) {
  const text = useText();
  const nameOf = usePhraseName();
  const { phrases } = useEchoState();
  const outliers = map.takes.filter(({ outlier }) => outlier !== undefined);
  if (outliers.length === 0 && map.clashes.length === 0) {
    return (
      <p className="verdict-line">
        <Icon name="check" size={20} />
        <span>{text(map.phrases.length > 1 ? 'map.allWell' : 'map.onlyOne')}</span>
      </p>
    );
  }
  return (
    <ul className="stack map-remarks">
      {map.clashes.map(({ phraseIds: [first, second] }) => (
        <li key={`${first} ${second}`} className="verdict-line">
          <Icon name="warning" size={20} />
          <span>{text('map.clash', { name: nameOf(first), other: nameOf(second) })}</span>
        </li>
      ))}
      {outliers.map(({ takeId, phraseId, outlier }) => {
        const phrase = phrases.find(({ id }) => id === phraseId);
        const [name, number] = [nameOf(phraseId), takeNumber(phrase, takeId)];
        return (
          <li key={takeId} className="verdict-line">
            <Icon name="warning" size={20} />
            <span>
              {outlier?.kind === 'like-another'
                ? text('map.outlier.likeAnother', { name, number, other: nameOf(outlier.phraseId) })
                : text('map.outlier.apart', { name, number })}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
