import { useCallback, useState } from 'react';
import type { PhraseId, TakeId } from '../../core/ids';
import type { PhraseView, PronunciationAdvice, SpeechError } from '../../echo';
import { useEcho, useEchoState } from '../echo-context';
import { useAnswer } from '../hooks/use-answer';
import { usePhraseName } from '../hooks/use-phrase-name';
import { takesOf } from '../hooks/use-take-map';
import { useText } from '../i18n/localisation';
import { takeNumber } from '../take-name';
import { ConfirmDialog } from './confirm-dialog';
import { Icon } from './icon';
import { PlayableWaveform } from './waveform';

const MOST_SENTENCES = 3;

/** What is worth knowing about how this phrase is said, in a few sentences. */
export function SayingAdvice({ phrase }: { readonly phrase: PhraseView }) {
  const echo = useEcho();
  const text = useText();
  const nameOf = usePhraseName();
  const told = takesOf(useEchoState().phrases);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other recordings make other advice
  const ask = useCallback(() => echo.phrases.pronunciationAdvice(), [echo, told]);
  const all = useAnswer<readonly PronunciationAdvice[], SpeechError>(ask).value ?? [];
  const advice = all.filter((one) => isAbout(one, phrase.id)).slice(0, MOST_SENTENCES);
  if (advice.length === 0) return null;
  return (
    <section className="stack">
      <h2>{text('saying.title')}</h2>
      <ul className="list">
        {advice.map((one) => (
          <li key={keyOf(one)} className="stack">
            <p>{wordsOf(one)}</p>
            {one.kind === 'one-odd-take' && <OddTake phrase={phrase} takeId={one.takeId} />}
          </li>
        ))}
      </ul>
    </section>
  );

  function wordsOf(one: PronunciationAdvice): string {
    switch (one.kind) {
      case 'similar-pair':
        return text('saying.similar-pair', { name: nameOf(otherOf(one.phraseIds, phrase.id)) });
      case 'one-odd-take':
        return text('saying.one-odd-take', { number: takeNumber(phrase, one.takeId) });
      case 'two-ways':
      case 'three-ways':
        return text(`saying.${one.kind}`, { ways: one.ways.map(numbersOf).join(' · ') });
      default:
        return text(`saying.${one.kind}`);
    }
  }

  function numbersOf(takes: readonly TakeId[]): string {
    return takes
      .map((id) => takeNumber(phrase, id))
      .sort((a, b) => a - b)
      .join(', ');
  }
}

function OddTake({ phrase, takeId }: { readonly phrase: PhraseView; readonly takeId: TakeId }) {
  const echo = useEcho();
  const text = useText();
  const [isAsking, setIsAsking] = useState(false);
  const take = phrase.takes.find(({ id }) => id === takeId);
  if (take === undefined) return null;
  const what = text('teach.take', { number: takeNumber(phrase, takeId) });
  return (
    <div className="row">
      <PlayableWaveform id={take.id} peaks={take.waveform} what={what} />
      <button
        type="button"
        className="icon-button"
        aria-label={text('phrase.deleteTake', { what })}
        onClick={() => setIsAsking(true)}
      >
        <Icon name="delete" />
      </button>
      {isAsking && (
        <ConfirmDialog
          title={text('phrase.deleteTake.title')}
          confirm={text('phrase.delete.confirm')}
          onConfirm={() => echo.phrases.deleteTake(takeId)}
          onClose={() => setIsAsking(false)}
        >
          <p>{text('phrase.deleteTake.body')}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}

const isAbout = (advice: PronunciationAdvice, id: PhraseId): boolean =>
  advice.kind === 'similar-pair' ? advice.phraseIds.includes(id) : advice.phraseId === id;

const otherOf = ([first, second]: readonly [PhraseId, PhraseId], id: PhraseId): PhraseId =>
  first === id ? second : first;

const keyOf = (advice: PronunciationAdvice): string =>
  advice.kind === 'similar-pair' ? advice.phraseIds.join(' ') : advice.kind;
