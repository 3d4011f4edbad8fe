import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import type { CorrectionChoice, Interaction } from '../../echo';
import { useEcho, useEchoState } from '../echo-context';
import { useSaving } from '../hooks/use-saving';
import { useLocalisation } from '../i18n/localisation';
import { containsText } from '../text-search';
import { Dialog } from './dialog';
import { Icon } from './icon';
import { SavingProblem } from './saving-problem';
import { PlayableWaveform } from './waveform';

/** More phrases than this deserve a filter. */
const FILTER_FROM = 8;

/** "That was …": the person says what an utterance really was, and Echo learns from it. */
export function ThatWasDialog({
  interaction,
  onClose,
}: {
  readonly interaction: Interaction;
  readonly onClose: () => void;
}) {
  const echo = useEcho();
  const { text } = useLocalisation();
  const listId = useId();
  const { phrases } = useEchoState();
  const [filter, setFilter] = useState('');
  const [isNaming, setIsNaming] = useState(false);
  const { isBusy, problem, save } = useSaving();

  const ranks = interaction.recognition.candidates.map((candidate) => candidate.phraseId);
  const rankOf = (index: number) => (index < 0 ? ranks.length : index);
  const shown = phrases
    .filter((phrase) => containsText(phrase.name, filter))
    .toSorted((a, b) => rankOf(ranks.indexOf(a.id)) - rankOf(ranks.indexOf(b.id)));

  async function correct(choice: CorrectionChoice) {
    if (await save(() => echo.talk.correct(interaction.id, choice))) onClose();
  }

  return (
    <Dialog title={text('thatWas.title')} onClose={onClose}>
      <HeardAgain interaction={interaction} />
      <SavingProblem problem={problem} />
      {isNaming ? (
        <NameIt isBusy={isBusy} onName={(name) => void correct({ kind: 'new-phrase', name })} />
      ) : (
        <>
          {phrases.length >= FILTER_FROM && (
            <input
              type="search"
              className="input"
              aria-label={text('thatWas.filter')}
              placeholder={text('thatWas.filter')}
              value={filter}
              onChange={(event) => setFilter(event.target.value)}
            />
          )}
          <h3 id={listId} className="visually-hidden">
            {text('thatWas.list')}
          </h3>
          <ul className="choice-list" aria-labelledby={listId}>
            {shown.map((phrase) => (
              <li key={phrase.id}>
                <button
                  type="button"
                  className="choice"
                  disabled={isBusy}
                  onClick={() => void correct({ kind: 'phrase', phraseId: phrase.id })}
                >
                  <Icon name={phrase.action.kind} />
                  {phrase.name}
                </button>
              </li>
            ))}
          </ul>
          {shown.length === 0 && filter !== '' && (
            <p className="quiet">{text('thatWas.noMatch', { filter })}</p>
          )}
          <ul className="choice-list that-was-more">
            <li>
              <button type="button" className="choice" onClick={() => setIsNaming(true)}>
                <Icon name="add" />
                {text('thatWas.new')}
              </button>
            </li>
            <li>
              <button
                type="button"
                className="choice"
                disabled={isBusy}
                onClick={() => void correct({ kind: 'nothing' })}
              >
                <Icon name="none" />
                {text('thatWas.nothing')}
              </button>
            </li>
          </ul>
        </>
      )}
    </Dialog>
  );
}

function HeardAgain({ interaction }: { readonly interaction: Interaction }) {
  const { text, formats } = useLocalisation();
  return (
    <PlayableWaveform
      id={interaction.id}
      peaks={interaction.waveform}
      what={text('history.heard', { when: formats.dateTime(interaction.heardAt) })}
      bars={80}
    />
  );
}

function NameIt({ isBusy, onName }: { readonly isBusy: boolean; readonly onName: (name: string) => void }) {
  const { text } = useLocalisation();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [name, setName] = useState('');

  // The person just asked for this field; sending the focus elsewhere would be the surprise.
  useEffect(() => field.current?.focus(), []);

  function submit(event: FormEvent) {
    event.preventDefault();
    onName(name.trim());
  }

  return (
    <form className="stack" onSubmit={submit}>
      <div className="field">
        <label className="label" htmlFor={id}>
          {text('thatWas.newName')}
        </label>
        <input
          id={id}
          className="input"
          maxLength={120}
          value={name}
          ref={field}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <button type="submit" className="button button-primary" disabled={name.trim() === '' || isBusy}>
        {text('thatWas.newSave')}
      </button>
    </form>
  );
}
