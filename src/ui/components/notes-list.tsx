import { type FormEvent, useState } from 'react';
import type { Note } from '../../echo';
import { useEcho, useEchoState } from '../echo-context';
import { useNow } from '../hooks/use-now';
import { useSaving } from '../hooks/use-saving';
import { useLocalisation } from '../i18n/localisation';
import { saveFile } from '../save-file';
import { containsText } from '../text-search';
import { ConfirmDialog } from './confirm-dialog';
import { Dialog } from './dialog';
import { Icon } from './icon';
import { Labelled } from './labelled';
import { SavingProblem } from './saving-problem';

const LONGEST_NOTE = 20_000;
/** How much of a note names it in a label. */
const NAME_LENGTH = 40;

/** Notes, newest first: find, add, edit, delete, take along. */
export function NotesList() {
  const echo = useEcho();
  const { text } = useLocalisation();
  const { notes } = useEchoState();
  const nowMs = useNow(60_000);
  const [filter, setFilter] = useState('');
  const shown = notes.filter((note) => containsText(note.text, filter));
  return (
    <div className="stack">
      <AddNote />
      {notes.length > 0 && (
        <div className="row-apart">
          <input
            type="search"
            className="input search"
            aria-label={text('notes.search')}
            placeholder={text('notes.search')}
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
          <button
            type="button"
            className="button button-quiet"
            onClick={() => saveFile(echo.notes.exportText(), text('notes.exportName'))}
          >
            <Icon name="download" />
            {text('notes.export')}
          </button>
        </div>
      )}
      {notes.length === 0 && <p className="quiet">{text('notes.none')}</p>}
      {notes.length > 0 && shown.length === 0 && <p className="quiet">{text('notes.noMatch', { filter })}</p>}
      {shown.length > 0 && (
        <ul className="list">
          {shown.map((note) => (
            <NoteRow key={note.id} note={note} nowMs={nowMs} />
          ))}
        </ul>
      )}
    </div>
  );
}

function AddNote() {
  const echo = useEcho();
  const { text } = useLocalisation();
  const [draft, setDraft] = useState('');
  const saving = useSaving();

  async function add(event: FormEvent) {
    event.preventDefault();
    if (!(await saving.save(() => echo.notes.add(draft.trim())))) return;
    // What was typed meanwhile is the next note.
    setDraft((current) => (current === draft ? '' : current));
  }

  return (
    <form className="stack" onSubmit={(event) => void add(event)}>
      <div className="with-button">
        <input
          className="input"
          aria-label={text('notes.new')}
          placeholder={text('notes.new')}
          maxLength={LONGEST_NOTE}
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
        />
        <button type="submit" className="button" disabled={draft.trim() === '' || saving.isBusy}>
          <Icon name="add" />
          {text('notes.add')}
        </button>
      </div>
      <SavingProblem problem={saving.problem} />
    </form>
  );
}

function NoteRow({ note, nowMs }: { readonly note: Note; readonly nowMs: number }) {
  const echo = useEcho();
  const { text, formats } = useLocalisation();
  const [open, setOpen] = useState<'edit' | 'delete'>();
  const close = () => setOpen(undefined);
  const name = note.text.slice(0, NAME_LENGTH);
  return (
    <li className="note">
      <div className="note-words">
        <p className="note-text">{note.text}</p>
        <p className="small quiet">{formats.ago(note.createdAt, nowMs)}</p>
      </div>
      <button
        type="button"
        className="icon-button"
        aria-label={text('notes.edit', { text: name })}
        onClick={() => setOpen('edit')}
      >
        <Icon name="edit" />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={text('notes.delete', { text: name })}
        onClick={() => setOpen('delete')}
      >
        <Icon name="delete" />
      </button>
      {open === 'edit' && <EditNote note={note} onClose={close} />}
      {open === 'delete' && (
        <ConfirmDialog
          title={text('notes.delete.title')}
          confirm={text('common.delete')}
          onConfirm={() => echo.notes.delete(note.id)}
          onClose={close}
        >
          <p className="note-text">{note.text}</p>
        </ConfirmDialog>
      )}
    </li>
  );
}

function EditNote({ note, onClose }: { readonly note: Note; readonly onClose: () => void }) {
  const echo = useEcho();
  const { text } = useLocalisation();
  const [draft, setDraft] = useState(note.text);
  const saving = useSaving();

  async function save(event: FormEvent) {
    event.preventDefault();
    if (await saving.save(() => echo.notes.edit(note.id, draft.trim()))) onClose();
  }

  return (
    <Dialog title={text('notes.editTitle')} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void save(event)}>
        <Labelled label={text('notes.text')}>
          {({ id }) => (
            <textarea
              id={id}
              className="input"
              rows={5}
              maxLength={LONGEST_NOTE}
              value={draft}
              onChange={(event) => setDraft(event.target.value)}
            />
          )}
        </Labelled>
        <SavingProblem problem={saving.problem} />
        <button
          type="submit"
          className="button button-primary"
          disabled={draft.trim() === '' || saving.isBusy}
        >
          {text('common.save')}
        </button>
      </form>
    </Dialog>
  );
}
