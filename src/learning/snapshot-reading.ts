import * as v from 'valibot';
import { canonicalJson, isJsonObject, type JsonObject } from '../core/json';
import type { LearnerSnapshot } from './learner';
import { LearningFailure } from './learning-failure';

const SnapshotSchema = v.strictObject({
  learnerType: v.string(),
  version: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  state: v.custom<JsonObject>(isJsonObject, 'must be a plain JSON object'),
  weights: v.optional(v.instance(Uint8Array)),
});

/**
 * A copy of a snapshot that the learner of this type and version can try to restore.
 *
 * @throws LearningFailure `bad-snapshot` when it is none, or of another type, or newer
 */
export function readSnapshot(value: unknown, learnerType: string, newestVersion: number): LearnerSnapshot {
  const parsed = v.safeParse(SnapshotSchema, value);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw refusal(`${v.getDotPath(issue) ?? 'the snapshot'}: ${issue.message}`);
  }
  const { version, state, weights } = parsed.output;
  if (parsed.output.learnerType !== learnerType)
    throw refusal(`it is of a ${parsed.output.learnerType}, not of a ${learnerType}`);
  if (version > newestVersion)
    throw refusal(`its version ${version} is newer than ${newestVersion}, the newest that is known here`);
  const copy = { learnerType, version, state: canonicalJson(state) };
  return weights === undefined ? copy : { ...copy, weights: Uint8Array.from(weights) };
}

function refusal(detail: string): LearningFailure {
  return new LearningFailure({ kind: 'bad-snapshot', detail });
}
