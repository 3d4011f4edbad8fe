import { useCallback } from 'react';
import type { RecordingReason, RecordingSuggestion, SpeechError } from '../../echo';
import { useEcho, useEchoState } from '../echo-context';
import { useAnswer } from '../hooks/use-answer';
import { usePhraseName } from '../hooks/use-phrase-name';
import { takesOf } from '../hooks/use-take-map';
import { useText } from '../i18n/localisation';
import { hrefOf } from '../router';
import { Icon } from './icon';

/** The one recording that would help most, and why; nothing when none would. */
export function NextRecording() {
  const echo = useEcho();
  const text = useText();
  const nameOf = usePhraseName();
  const { phrases } = useEchoState();
  const told = takesOf(phrases);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other recordings make another answer
  const ask = useCallback(() => echo.phrases.nextRecordings(), [echo, told]);
  const best = useAnswer<readonly RecordingSuggestion[], SpeechError>(ask).value?.[0];
  // The answer may be about a phrase that was deleted since.
  const phrase = phrases.find(({ id }) => id === best?.phraseId);
  if (best === undefined || phrase === undefined) return null;
  const { condition, errorNow, errorAfter, reasons } = best;
  const [now, after] = [onceIn(errorNow), onceIn(errorAfter)];
  return (
    <section className="card card-soft stack" aria-labelledby="next-recording">
      <h2 id="next-recording">
        {condition.kind === 'as-usual'
          ? text('next.as-usual', { name: phrase.name })
          : text(`next.${condition.kind}.${condition.value}` as 'next.room.noisy', { name: phrase.name })}
      </h2>
      <p>
        {reasons.map((reason) => (
          <span key={reason.kind}>{reasonWords(reason)} </span>
        ))}
        {now === after ? text('next.effect.slight', { now }) : text('next.effect', { now, after })}
      </p>
      <div>
        <a className="button" href={hrefOf({ screen: 'phrase', id: phrase.id, isRecording: true })}>
          <Icon name="talk" />
          {text('next.record')}
        </a>
      </div>
    </section>
  );

  function reasonWords(reason: RecordingReason): string {
    switch (reason.kind) {
      case 'mistaken-for':
        return text('next.reason.mistaken-for', { name: nameOf(reason.phraseId) });
      case 'few-takes':
        return text('next.reason.few-takes', { count: reason.takes });
      default:
        return text(`next.reason.${reason.kind}`);
    }
  }
}

/** "Once in 40 times" tells more than two percentages that round to the same. */
const onceIn = (share: number): number => Math.max(2, Math.round(1 / Math.max(share, 1e-3)));
