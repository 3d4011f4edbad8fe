import { type FormEvent, useId, useState } from 'react';
import type { CorrectionChoice, Interaction } from '../../echo';
import { useEcho, useEchoState } from '../echo-context';
import { useLocalisation } from '../i18n/localisation';
import { containsText } from '../text-search';
import { vaultErrorText } from '../vault-error-text';
import { Dialog } from './dialog';
import { Icon } from './icon';
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
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);

  const ranks = interaction.recognition.candidates.map((candidate) => candidate.phraseId);
  const rankOf = (index: number) => (index < 0 ? ranks.length : index);
  const shown = phrases
    .filter((phrase) => containsText(phrase.name, filter))
    .toSorted((a, b) => rankOf(ranks.indexOf(a.id)) - rankOf(ranks.indexOf(b.id)));

  async function correct(choice: CorrectionChoice) {
    setIsBusy(true);
    const corrected = await echo.talk.correct(interaction.id, choice);
    setIsBusy(false);
    if (corrected.ok) onClose();
    else setProblem(vaultErrorText(text, corrected.error));
  }

  return (
    <Dialog title={text('thatWas.title')} onClose={onClose}>
      <HeardAgain interaction={interaction} />
      {problem !== undefined && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
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
  const [name, setName] = useState('');

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
          // The person just asked for this field; sending the focus elsewhere would be the surprise.
          ref={(element) => element?.focus()}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <button type="submit" className="button button-primary" disabled={name.trim() === '' || isBusy}>
        {text('thatWas.newSave')}
      </button>
    </form>
  );
}
