import { useState } from 'react';
import type { PhraseView, Take } from '../../echo';
import { useEcho } from '../echo-context';
import { useDrafts } from '../hooks/use-drafts';
import { useNow } from '../hooks/use-now';
import { useSaving } from '../hooks/use-saving';
import { useLocalisation } from '../i18n/localisation';
import { ConfirmDialog } from './confirm-dialog';
import { Icon } from './icon';
import { QualityWords } from './quality-words';
import { SavingProblem } from './saving-problem';
import { TakeRecorder } from './take-recorder';
import { PlayableWaveform } from './waveform';

/** The recordings of a phrase, the ones that are not it, and room for more. */
export function PhraseTakes({
  phrase,
  isRecording,
}: {
  readonly phrase: PhraseView;
  readonly isRecording: boolean;
}) {
  const { text } = useLocalisation();
  const examples = phrase.takes.filter((take) => take.role === 'example');
  const counterExamples = phrase.takes.filter((take) => take.role === 'counter-example');
  return (
    <div className="stack-wide">
      <section className="stack">
        <h2>{text('phrase.takes')}</h2>
        <ul className="list">
          {examples.map((take, index) => (
            <TakeRow
              key={take.id}
              take={take}
              phraseName={phrase.name}
              what={text('teach.take', { number: index + 1 })}
              isLast={examples.length === 1}
            />
          ))}
        </ul>
        <AddTakes phrase={phrase} exampleCount={examples.length} isOpen={isRecording} />
      </section>
      {counterExamples.length > 0 && (
        <section className="stack">
          <h2>{text('phrase.counterExamples')}</h2>
          <p className="hint">{text('phrase.counterExamplesHint')}</p>
          <ul className="list">
            {counterExamples.map((take, index) => (
              <TakeRow
                key={take.id}
                take={take}
                phraseName={phrase.name}
                what={text('teach.take', { number: index + 1 })}
                isLast={false}
              />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function TakeRow({
  take,
  phraseName,
  what,
  isLast,
}: {
  readonly take: Take;
  readonly phraseName: string;
  readonly what: string;
  readonly isLast: boolean;
}) {
  const echo = useEcho();
  const { text, formats } = useLocalisation();
  const nowMs = useNow(60_000);
  const [isAsking, setIsAsking] = useState(false);
  return (
    <li className="take">
      <PlayableWaveform id={take.id} peaks={take.waveform} what={what} />
      <div className="take-words">
        {take.role === 'example' && <QualityWords quality={take.quality} />}
        <p className="small quiet">
          {text(`phrase.source.${take.source}`, { when: formats.ago(take.recordedAt, nowMs) })}
        </p>
      </div>
      <div className="take-buttons">
        <button
          type="button"
          className="icon-button"
          aria-label={text('phrase.deleteTake', { what })}
          onClick={() => setIsAsking(true)}
        >
          <Icon name="delete" />
        </button>
      </div>
      {isAsking && (
        <ConfirmDialog
          title={text('phrase.deleteTake.title')}
          confirm={text('phrase.delete.confirm')}
          onConfirm={() => echo.phrases.deleteTake(take.id)}
          onClose={() => setIsAsking(false)}
        >
          <p>{text('phrase.deleteTake.body')}</p>
          {isLast && <p>{text('phrase.deleteTake.last', { name: phraseName })}</p>}
        </ConfirmDialog>
      )}
    </li>
  );
}

/** Corrections add examples beyond the five of teaching, so there is always room for a few more. */
const ROOM_FOR_MORE = 2;

function AddTakes({
  phrase,
  exampleCount,
  isOpen,
}: {
  readonly phrase: PhraseView;
  readonly exampleCount: number;
  readonly isOpen: boolean;
}) {
  const echo = useEcho();
  const { text } = useLocalisation();
  const drafts = useDrafts(Math.min(exampleCount, ROOM_FOR_MORE));
  const { isBusy, problem, save } = useSaving();

  async function add() {
    const { id, name, action } = phrase;
    await drafts.save((takes) => save(() => echo.phrases.save({ id, name, action, drafts: takes })));
  }

  return (
    <details className="card add-takes" open={isOpen}>
      <summary className="label">{text('phrase.addTakes')}</summary>
      <TakeRecorder drafts={drafts} />
      <SavingProblem problem={problem} />
      {drafts.takes.length > 0 && (
        <button
          type="button"
          className="button button-primary"
          disabled={drafts.isBusy || isBusy}
          onClick={() => void add()}
        >
          {text('phrase.draftsAdd', { count: drafts.takes.length })}
        </button>
      )}
    </details>
  );
}
