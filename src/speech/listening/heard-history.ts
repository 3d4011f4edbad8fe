import { fromPcm16, toPcm16 } from '../../audio/pcm16';
import type { PhraseId, UtteranceId } from '../../core/ids';
import { err, ok, type Result } from '../../core/result';
import { type ActionOutcome, type Interaction, isHeard } from '../../learning/records';
import type { RecordStore, VaultError, VaultWrite } from '../../vault/vault-types';
import type { SpeechError } from '../speech-events';
import { storeRows } from '../store-rows';

export interface HeardClip {
  readonly interaction: Interaction;
  /** 16 kHz mono in [-1, 1]. */
  readonly samples: Float32Array;
}

/**
 * What was heard, in the vault: of it and what was typed the newest `keep` only. Writes are queued in order, so that an outcome or a
 * correction never overtakes the utterance it belongs to.
 */
export class HeardHistory {
  readonly #store: RecordStore;
  #keep: number;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(store: RecordStore, keep: number) {
    this.#store = store;
    this.#keep = keep;
  }

  /** Fewer than before: the oldest go now, not with the next utterance. */
  keep(count: number): void {
    const isFewer = count < this.#keep;
    this.#keep = count;
    if (isFewer) void this.#enqueue(() => this.#prune(count));
  }

  /** Stores in the background: the decision does not wait for the disk. */
  add(interaction: Interaction, samples: Float32Array, onFailure: (error: VaultError) => void): void {
    if (this.#keep === 0) return;
    void this.#enqueue(async () => {
      const written = await this.#store.write([
        { op: 'put', table: 'interactions', row: interaction },
        { op: 'put', table: 'audio', row: { id: interaction.id, pcm16: toPcm16(samples) } },
      ]);
      const pruned = written.ok ? await this.#prune(this.#keep) : written;
      if (!pruned.ok) onFailure(pruned.error);
    });
  }

  read(id: UtteranceId): Promise<Result<HeardClip, SpeechError>> {
    return this.#enqueue(async () => {
      const interaction = await this.#store.get('interactions', id);
      if (!interaction.ok) return err({ kind: 'vault', error: interaction.error });
      const audio = await this.#store.get('audio', id);
      if (!audio.ok) return err({ kind: 'vault', error: audio.error });
      const { value } = interaction;
      if (value === undefined || !isHeard(value) || audio.value === undefined)
        return err({ kind: 'unknown-id', id });
      return ok({ interaction: value, samples: fromPcm16(audio.value.pcm16) });
    });
  }

  recordOutcome(
    id: UtteranceId,
    phraseId: PhraseId | undefined,
    action: ActionOutcome,
  ): Promise<Result<void, SpeechError>> {
    return this.#enqueue(async () => {
      const stored = await this.#store.get('interactions', id);
      if (!stored.ok) return err({ kind: 'vault', error: stored.error });
      if (stored.value === undefined || !isHeard(stored.value)) return err({ kind: 'unknown-id', id });
      const { phraseId: _, ...rest } = stored.value;
      const row: Interaction = { ...rest, action, ...(phraseId === undefined ? {} : { phraseId }) };
      return storeRows(this.#store, [{ op: 'put', table: 'interactions', row }]);
    });
  }

  clear(): Promise<Result<void, SpeechError>> {
    return this.#enqueue(async () => {
      const cleared = await this.#prune(0);
      return cleared.ok ? cleared : err({ kind: 'vault', error: cleared.error });
    });
  }

  async #prune(keep: number): Promise<Result<void, VaultError>> {
    const stored = await this.#store.list('interactions');
    if (!stored.ok) return stored;
    const surplus = [...stored.value.rows].sort((a, b) => b.heardAt - a.heardAt).slice(keep);
    if (surplus.length === 0) return ok(undefined);
    return this.#store.write(
      surplus.flatMap(({ id }): VaultWrite[] => [
        { op: 'delete', table: 'interactions', id },
        { op: 'delete', table: 'audio', id },
      ]),
    );
  }

  #enqueue<T>(job: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(job);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}
