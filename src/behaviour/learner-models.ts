import * as v from 'valibot';
import type { Clock } from '../core/clock';
import { isJsonObject, type JsonObject } from '../core/json';
import { ok, type Result } from '../core/result';
import type { LearnerSnapshot } from '../learning/learner';
import type { StoredModel } from '../learning/records';
import type { RecordStore, VaultError } from '../vault/vault-types';

const PREFIX = 'learner.';
/** Layout of the row, not of what a learner keeps in it. */
const FORMAT = 1;

const DescriptionSchema = v.object({
  learnerType: v.string(),
  version: v.number(),
  state: v.custom<JsonObject>(isJsonObject),
  hasWeights: v.boolean(),
});

/** What learners know, between two visits: one row of the vault's `models` table a learner. */
export class LearnerModels {
  readonly #store: RecordStore;
  readonly #clock: Clock;

  constructor(store: RecordStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** `undefined` when nothing is kept, or nothing that this version can read. */
  async load(learnerId: string): Promise<Result<LearnerSnapshot | undefined, VaultError>> {
    const found = await this.#store.get('models', `${PREFIX}${learnerId}`);
    return found.ok ? ok(snapshotOf(found.value)) : found;
  }

  /** Answers with the bytes it takes, before encryption. */
  async save(learnerId: string, snapshot: LearnerSnapshot): Promise<Result<number, VaultError>> {
    const { learnerType, version, state, weights } = snapshot;
    const description = JSON.stringify({ learnerType, version, state, hasWeights: weights !== undefined });
    const row: StoredModel = {
      id: `${PREFIX}${learnerId}`,
      format: FORMAT,
      trainedAt: this.#clock.now(),
      description,
      weights: weights ?? new Uint8Array(),
    };
    const written = await this.#store.write([{ op: 'put', table: 'models', row }]);
    return written.ok ? ok(description.length + row.weights.byteLength) : written;
  }

  /** Forgets what every learner knows; models of other rooms stay. */
  async clear(): Promise<Result<void, VaultError>> {
    const listed = await this.#store.list('models');
    if (!listed.ok) return listed;
    const { rows, quarantined } = listed.value;
    const ids = [...rows.map(({ id }) => id), ...quarantined].filter((id) => id.startsWith(PREFIX));
    return this.#store.write(ids.map((id) => ({ op: 'delete', table: 'models', id }) as const));
  }
}

function snapshotOf(row: StoredModel | undefined): LearnerSnapshot | undefined {
  if (row?.format !== FORMAT) return undefined;
  let description: unknown;
  try {
    description = JSON.parse(row.description);
  } catch {
    return undefined;
  }
  const parsed = v.safeParse(DescriptionSchema, description);
  if (!parsed.success) return undefined;
  const { hasWeights, ...snapshot } = parsed.output;
  return hasWeights ? { ...snapshot, weights: Uint8Array.from(row.weights) } : snapshot;
}
