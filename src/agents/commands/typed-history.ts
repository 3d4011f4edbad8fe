import type { UtteranceId } from '../../core/ids';
import type { TypedCommand } from '../../learning/records';
import type { VaultWrite } from '../../vault/vault-types';
import { type Engine, notifyVaultError } from '../engine';
import { keptHistory } from '../talk/kept-history';

/**
 * What was typed, on the page and in the vault, in one history with what was heard: the person says how many of both
 * are kept, and how long. Nothing is kept where none is to be.
 */
export class TypedHistory {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  find(id: UtteranceId): TypedCommand | undefined {
    return this.#engine.store.state.typed.find((command) => command.id === id);
  }

  async add(command: TypedCommand): Promise<void> {
    const { store } = this.#engine;
    const before = store.state;
    const { keepUtterances } = before.settings.history;
    if (keepUtterances === 0) return;
    const after = keptHistory({ history: before.history, typed: [command, ...before.typed] }, keepUtterances);
    store.set(after);
    const kept = new Set([...after.history, ...after.typed].map(({ id }) => id));
    const surplus = [...before.history, ...before.typed].filter(({ id }) => !kept.has(id));
    await this.#write([
      { op: 'put', table: 'interactions', row: command },
      ...surplus.flatMap(({ id }): VaultWrite[] => [
        { op: 'delete', table: 'interactions', id },
        { op: 'delete', table: 'audio', id },
      ]),
    ]);
  }

  /** What became of it, or what the person said about it; nothing happens where it is no longer kept. */
  async change(
    id: UtteranceId,
    change: Pick<Partial<TypedCommand>, 'target' | 'action' | 'correction'>,
  ): Promise<void> {
    const command = this.find(id);
    if (command === undefined) return;
    const row: TypedCommand = { ...command, ...change };
    this.#engine.store.update(({ typed }) => ({ typed: typed.map((each) => (each.id === id ? row : each)) }));
    await this.#write([{ op: 'put', table: 'interactions', row }]);
  }

  async #write(writes: readonly VaultWrite[]): Promise<void> {
    const written = await this.#engine.vault.write([...writes]);
    if (!written.ok) notifyVaultError(this.#engine, written.error);
  }
}
