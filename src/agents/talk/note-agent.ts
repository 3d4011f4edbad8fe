import { type NoteId, newId } from '../../core/ids';
import { ok, type Result } from '../../core/result';
import type { Note } from '../../learning/records';
import type { VaultError } from '../../vault/vault-types';
import { type Engine, notifyVaultError } from '../engine';

/** Notes, newest first. State changes only after the vault has them. */
export class NoteAgent {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async add(text: string): Promise<Result<Note, VaultError>> {
    const now = this.#engine.clock.now();
    const note: Note = { id: newId<NoteId>(), text, createdAt: now, updatedAt: now };
    const written = await this.#put(note);
    if (!written.ok) return written;
    this.#engine.store.update(({ notes }) => ({ notes: [note, ...notes] }));
    return ok(note);
  }

  async edit(id: NoteId, text: string): Promise<Result<void, VaultError>> {
    const old = this.#engine.store.state.notes.find((note) => note.id === id);
    if (old === undefined || old.text === text) return ok(undefined);
    const note: Note = { ...old, text, updatedAt: this.#engine.clock.now() };
    const written = await this.#put(note);
    if (!written.ok) return written;
    this.#engine.store.update(({ notes }) => ({
      notes: notes.map((each) => (each.id === id ? note : each)),
    }));
    return written;
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

  async #put(row: Note): Promise<Result<void, VaultError>> {
    return this.#engine.vault.write([{ op: 'put', table: 'notes', row }]);
  }
}
