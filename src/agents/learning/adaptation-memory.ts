import * as v from 'valibot';
import { AdaptationLedgerSchema } from '../../adaptation/adaptation';
import type { Clock } from '../../core/clock';
import { ok, type Result } from '../../core/result';
import type { StoredModel } from '../../learning/records';
import type { RecordStore, VaultError } from '../../vault/vault-types';

const ADAPTATION_MODEL_ID = 'adaptation';
/** Layout of the row. */
const FORMAT = 1;

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(120));
const epoch = v.pipe(v.number(), v.finite(), v.minValue(0));

const MemorySchema = v.strictObject({
  ledger: AdaptationLedgerSchema,
  /** Utterances whose details were looked at, newest last. */
  looked: v.pipe(v.array(id), v.maxLength(200)),
  /** Phrase and the time up to which what was learnt of it was forgotten. */
  forgotten: v.pipe(v.array(v.tuple([id, epoch])), v.maxLength(1_000)),
  /** Durations of the learning system, which no learning data tells. */
  operations: v.pipe(
    v.array(v.strictObject({ at: epoch, value: v.pipe(v.number(), v.finite(), v.minValue(0)) })),
    v.maxLength(200),
  ),
});
export type AdaptationMemoryContent = v.InferOutput<typeof MemorySchema>;

const RowSchema = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }): unknown => {
    try {
      return JSON.parse(dataset.value);
    } catch {
      addIssue({ message: 'not JSON' });
      return NEVER;
    }
  }),
  MemorySchema,
);

/** What adaptation has to know at the next visit: one row of the vault, written after every change. */
export class AdaptationMemory {
  readonly #store: Pick<RecordStore, 'get' | 'write'>;
  readonly #clock: Clock;
  #writing: Promise<Result<void, VaultError>> | undefined;
  #next: AdaptationMemoryContent | undefined;

  constructor(store: Pick<RecordStore, 'get' | 'write'>, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** `undefined` when nothing is kept, or nothing that this version can read. */
  async load(): Promise<Result<AdaptationMemoryContent | undefined, VaultError>> {
    const found = await this.#store.get('models', ADAPTATION_MODEL_ID);
    if (!found.ok) return found;
    if (found.value?.format !== FORMAT) return ok(undefined);
    const parsed = v.safeParse(RowSchema, found.value.description);
    return ok(parsed.success ? parsed.output : undefined);
  }

  /** What changes while a row is being written is written right after, all of it at once. */
  async save(content: AdaptationMemoryContent): Promise<Result<void, VaultError>> {
    this.#next = content;
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  async #writeAll(): Promise<Result<void, VaultError>> {
    for (;;) {
      const content = this.#next;
      if (content === undefined) return ok(undefined);
      this.#next = undefined;
      const row: StoredModel = {
        id: ADAPTATION_MODEL_ID,
        format: FORMAT,
        trainedAt: this.#clock.now(),
        description: JSON.stringify(content),
        weights: new Uint8Array(),
      };
      const written = await this.#store.write([{ op: 'put', table: 'models', row }]);
      if (!written.ok) return written;
    }
  }
}
