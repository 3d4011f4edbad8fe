import type { TakeMap } from '../../echo';
import { useEchoState } from '../echo-context';
import { usePhraseName } from '../hooks/use-phrase-name';
import { useText } from '../i18n/localisation';
import { takeNumber } from '../take-name';
import { Icon } from './icon';

/** More at once are no help; the table has them all. */
const MOST_REMARKS = 6;

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
  const remarks = [
    ...map.clashes.map(({ phraseIds: [first, second] }) => ({
      key: `${first} ${second}`,
      words: text('map.clash', { name: nameOf(first), other: nameOf(second) }),
    })),
    ...outliers.map(({ takeId, phraseId, outlier }) => {
      const phrase = phrases.find(({ id }) => id === phraseId);
      const [name, number] = [nameOf(phraseId), takeNumber(phrase, takeId)];
      const words =
        outlier?.kind === 'like-another'
          ? text('map.outlier.likeAnother', { name, number, other: nameOf(outlier.phraseId) })
          : text('map.outlier.apart', { name, number });
      return { key: takeId, words };
    }),
  ];
  const more = remarks.length - MOST_REMARKS;
  return (
    <>
      <ul className="stack map-remarks">
        {remarks.slice(0, MOST_REMARKS).map(({ key, words }) => (
          <li key={key} className="verdict-line">
            <Icon name="warning" size={20} />
            <span>{words}</span>
          </li>
        ))}
      </ul>
      {more > 0 && <p className="quiet">{text('map.more', { count: more })}</p>}
    </>
  );
}
