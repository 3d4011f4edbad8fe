import * as v from 'valibot';
import { mapBounded } from '../core/bounded-concurrency';
import { canonicalJson, type JsonObject } from '../core/json';
import { pause } from '../core/pause';
import { type Random, seededRandom } from '../core/random';
import type { LearningContext, LearningMode } from './learner';
import { checkedConfidence } from './learner-output';
import { type LearningData, LearningDataSchema } from './learning-data';
import { LearningFailure } from './learning-failure';
import type { LearningItem } from './observation';

/** Features of this many observations are held at a time; then they are learnt from and let go. */
const BUFFERED_OBSERVATIONS = 1_000;
/** Longer than this at a stretch, and messages that wait for the thread would be noticeably late. */
const LONGEST_STRETCH_MS = 12;

/** How one call goes through its data; the learner says what is done with each piece. */
export interface LearningSteps<Features, Target> {
  readonly mode: LearningMode;
  readonly batchSize: number;
  /** Batches that may be learnt from at the same time. */
  readonly concurrency: number;
  /** `undefined`: not for this learner. */
  prepare(data: LearningData): Promise<LearningItem<Features, Target> | undefined>;
  /** Before the first thing is learnt. */
  begin(): Promise<void>;
  learnOnline(item: LearningItem<Features, Target>, context: LearningContext): number | Promise<number>;
  learnBatch(
    items: readonly LearningItem<Features, Target>[],
    context: LearningContext,
  ): number | Promise<number>;
}

export interface LearningTally {
  readonly samples: number;
  readonly batches: number;
  /** Mean over the samples, in [0, 1]; 0 without any. */
  readonly confidence: number;
}

/**
 * Reads, prepares and learns from `data`, in order. Looks at the signal between any two observations or batches,
 * and lets other work of the thread in between.
 *
 * @throws LearningFailure when it was aborted or the data is bad; whatever a step throws
 */
export async function runLearning<Features, Target>(
  data: readonly unknown[],
  context: LearningContext,
  steps: LearningSteps<Features, Target>,
): Promise<LearningTally> {
  let samples = 0;
  let batches = 0;
  let confidenceSum = 0;
  let waiting: LearningItem<Features, Target>[] = [];
  const rest = createRest(context);

  const note = (confidence: number, count: number): void => {
    confidenceSum += checkedConfidence(confidence) * count;
    samples += count;
  };

  const learnWaiting = async (isLast: boolean): Promise<void> => {
    if (waiting.length === 0) return;
    if (samples === 0) await steps.begin();
    if (steps.mode === 'online') {
      for (const item of waiting) {
        stopIfAborted(context);
        note(await steps.learnOnline(item, context), 1);
        await rest();
      }
      waiting = [];
      return;
    }
    const whole = isLast ? waiting.length : waiting.length - (waiting.length % steps.batchSize);
    const groups = groupsOf(waiting.slice(0, whole), steps.batchSize).map((items) => ({
      items,
      // A stream of its own, so that batches that run side by side draw what they would draw one by one.
      random: branch(context.random),
    }));
    waiting = waiting.slice(whole);
    const learnt = await mapBounded(groups, steps.concurrency, async ({ items, random }) => {
      stopIfAborted(context);
      const confidence = await steps.learnBatch(items, { ...context, random });
      await rest();
      return { confidence, count: items.length };
    });
    for (const { confidence, count } of learnt) note(confidence, count);
    batches += groups.length;
  };

  for (let start = 0; start < data.length; start += BUFFERED_OBSERVATIONS) {
    const end = Math.min(start + BUFFERED_OBSERVATIONS, data.length);
    for (let index = start; index < end; index += 1) {
      stopIfAborted(context);
      const item = await steps.prepare(readLearningData(data[index], index, context));
      if (item !== undefined) waiting.push(item);
      await rest();
    }
    await learnWaiting(end === data.length);
    if (end < data.length) await pause();
  }
  stopIfAborted(context);
  return { samples, batches, confidence: samples === 0 ? 0 : confidenceSum / samples };
}

export function stopIfAborted({ signal }: Pick<LearningContext, 'signal'>): void {
  if (signal.aborted) throw new LearningFailure({ kind: 'aborted' });
}

/** @throws LearningFailure `too-little-data` */
export function requireSamples(needed: number, got: number): void {
  if (got < needed) throw new LearningFailure({ kind: 'too-little-data', needed, got });
}

/** What a call that went through its data tells of it. */
export function progressOf(
  mode: LearningMode,
  total: number,
  { samples, batches }: LearningTally,
): JsonObject {
  return mode === 'online'
    ? { learningMode: mode, itemsProcessed: samples, totalItems: total }
    : { learningMode: mode, itemsProcessed: samples, totalItems: total, batchesProcessed: batches };
}

/** A copy that the learner may keep: what the caller holds is never touched. */
function readLearningData(value: unknown, index: number, { userId }: LearningContext): LearningData {
  const parsed = v.safeParse(LearningDataSchema, value);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const path = v.getDotPath(issue);
    const where = path === null ? `[${index}]` : `[${index}].${path}`;
    throw new LearningFailure({ kind: 'bad-data', detail: `${where}: ${issue.message}` });
  }
  if (parsed.output.userId !== userId)
    throw new LearningFailure({ kind: 'bad-data', detail: `[${index}].userId: is about somebody else` });
  return { ...parsed.output, content: canonicalJson(parsed.output.content) };
}

/** Lets others have the thread when this run has held it for long. */
function createRest({ clock }: LearningContext): () => Promise<void> | undefined {
  let restedAt = clock.monotonic();
  return () => {
    if (clock.monotonic() - restedAt < LONGEST_STRETCH_MS) return undefined;
    return pause().then(() => {
      restedAt = clock.monotonic();
    });
  };
}

function branch(random: Random): Random {
  return seededRandom(Math.floor(random() * 4_294_967_296));
}

function groupsOf<T>(items: readonly T[], size: number): T[][] {
  const groups: T[][] = [];
  for (let start = 0; start < items.length; start += size) groups.push(items.slice(start, start + size));
  return groups;
}
