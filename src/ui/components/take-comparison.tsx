import '../styles/explaining.css';
import { useCallback } from 'react';
import { ok } from '../../core/result';
import type { PhraseView, TakeMap, TakeStrip } from '../../echo';
import { consistencyLevel, consistencyWords } from '../consistency';
import { useEcho } from '../echo-context';
import { useAnswer } from '../hooks/use-answer';
import { takesOf, useTakeMap } from '../hooks/use-take-map';
import { useLocalisation } from '../i18n/localisation';
import { takeNumber } from '../take-name';
import { SpectrogramPicture } from './spectrogram-picture';

/** The recordings of a phrase over each other, how alike they are in words, and what to do about it. */
export function TakeComparison({ phrase }: { readonly phrase: PhraseView }) {
  const echo = useEcho();
  const { text, formats } = useLocalisation();
  const told = takesOf([phrase]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other recordings make another picture
  const ask = useCallback(async () => ok(await echo.phrases.takeStrips(phrase.id)), [echo, phrase.id, told]);
  const strips = useAnswer<readonly TakeStrip[], never>(ask).value ?? [];
  const map = useTakeMap();
  const consistency = map?.phrases.find(({ phraseId }) => phraseId === phrase.id)?.consistency;
  const odd = oddTakes(map, phrase);
  if (strips.length < 2 || consistency === undefined) return null;
  return (
    <section className="stack">
      <h2>{text('consistency.title')}</h2>
      <p>
        {text(consistencyWords(consistency))}{' '}
        <span className="quiet figures">{formats.percent(consistency)}</span>
      </p>
      <ol className="take-strips" aria-label={text('consistency.picture')}>
        {strips.map(({ takeId, strip }) => {
          const number = takeNumber(phrase, takeId);
          const isOdd = odd.includes(number);
          return (
            <li key={takeId} className={isOdd ? 'take-strip is-odd' : 'take-strip'}>
              <span className="small figures take-strip-number">
                <span aria-hidden="true">{number}</span>
                <span className="visually-hidden">
                  {isOdd
                    ? text('map.pointOdd', { name: phrase.name, number })
                    : text('map.point', { name: phrase.name, number })}
                </span>
              </span>
              <SpectrogramPicture picture={strip} tone={isOdd ? 'danger' : 'accent'} />
            </li>
          );
        })}
      </ol>
      <p className="hint">
        {odd.length === 0
          ? text(`consistency.advice.${consistencyLevel(consistency)}`)
          : text('consistency.advice.odd', { count: odd.length, numbers: odd.join(', ') })}
      </p>
    </section>
  );
}

function oddTakes(map: TakeMap | undefined, phrase: PhraseView): readonly number[] {
  return (map?.takes ?? [])
    .filter(({ phraseId, outlier }) => phraseId === phrase.id && outlier !== undefined)
    .map(({ takeId }) => takeNumber(phrase, takeId));
}
