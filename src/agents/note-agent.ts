import { type NoteId, newId } from '../core/ids';
import type { Note } from '../learning/records';
import { type Engine, notifyVaultError } from './engine';

/** Notes, newest first. State changes only after the vault has them. */
export class NoteAgent {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** `undefined` when it could not be stored; the page says so. */
  async add(text: string): Promise<Note | undefined> {
    const now = this.#engine.clock.now();
    const note: Note = { id: newId<NoteId>(), text, createdAt: now, updatedAt: now };
    if (!(await this.#put(note))) return undefined;
    this.#engine.store.update(({ notes }) => ({ notes: [note, ...notes] }));
    return note;
  }

  async edit(id: NoteId, text: string): Promise<void> {
    const old = this.#engine.store.state.notes.find((note) => note.id === id);
    if (old === undefined || old.text === text) return;
    const note: Note = { ...old, text, updatedAt: this.#engine.clock.now() };
    if (!(await this.#put(note))) return;
    this.#engine.store.update(({ notes }) => ({
      notes: notes.map((each) => (each.id === id ? note : each)),
    }));
  }

  async delete(id: NoteId): Promise<void> {
    const written = await this.#engine.vault.write([{ op: 'delete', table: 'notes', id }]);
    if (!written.ok) {
      notifyVaultError(this.#engine, written.error);
      return;
    }
    this.#engine.store.update(({ notes }) => ({ notes: notes.filter((note) => note.id !== id) }));
  }

  exportText(): Blob {
    const { notes } = this.#engine.store.state;
    const text = notes.map((note) => `${new Date(note.createdAt).toISOString()}\n${note.text}\n`).join('\n');
    return new Blob([text], { type: 'text/plain;charset=utf-8' });
  }

  async #put(row: Note): Promise<boolean> {
    const written = await this.#engine.vault.write([{ op: 'put', table: 'notes', row }]);
    if (!written.ok) notifyVaultError(this.#engine, written.error);
    return written.ok;
  }
}
