import { describe, expect, it } from 'vitest';
import { type LearningDataId, newId, type UserId } from '../../../src/core/ids';
import type { JsonObject } from '../../../src/core/json';
import { pause } from '../../../src/core/pause';
import { seededRandom } from '../../../src/core/random';
import { epochMs, monotonicMs } from '../../../src/core/units';
import { BaseLearner } from '../../../src/learning/base-learner';
import type { LearningContext, Prediction } from '../../../src/learning/learner';
import type { LearningData } from '../../../src/learning/learning-data';
import type { LearnerState, LearningItem, Observation } from '../../../src/learning/observation';

const userId = newId<UserId>();

const number = (n: number, changes: Partial<LearningData> = {}): LearningData => ({
  id: newId<LearningDataId>(),
  userId,
  agentId: 'test',
  dataType: 'number',
  content: { n },
  privacyLevel: 'private',
  qualityScore: 0.5,
  createdAt: 1_000,
  ...changes,
});
const numbers = (count: number): LearningData[] => Array.from({ length: count }, (_, n) => number(n));

const context = (changes: Partial<LearningContext> = {}): LearningContext => ({
  userId,
  agentId: 'test',
  sessionId: 'test',
  clock: { now: () => epochMs(5_000), monotonic: () => monotonicMs(0) },
  random: seededRandom(1),
  logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
  signal: new AbortController().signal,
  ...changes,
});

type Item = LearningItem<number, null>;

/** Adds numbers up, and does whatever else a test asks of it. */
class Adder extends BaseLearner<number, null, Record<never, never>> {
  readonly learnerType = 'adder';
  readonly supportedModes = ['online', 'batch'] as const;
  override readonly dataTypes = ['number'];
  protected readonly configEntries = {};
  protected readonly snapshotVersion = 2;
  sum = 0;
  batches: number[][] = [];
  extracted = 0;
  mostFeaturesHeld = 0;
  released = 0;
  onItem: (item: Item, context: LearningContext) => void | Promise<void> = () => undefined;
  onBatch: (items: readonly Item[], context: LearningContext) => void | Promise<void> = () => undefined;
  onConclude: () => JsonObject = () => ({});
  onRestore: () => void = () => undefined;
  onRelease: () => void = () => undefined;
  insights: () => JsonObject = () => ({ sum: this.sum });
  confidence = 0.5;

  protected initializeLearner(): void {
    this.sum = 0;
  }
  protected extractFeatures({ content }: Observation): number | undefined {
    if (typeof content['n'] !== 'number') return undefined;
    this.extracted += 1;
    this.mostFeaturesHeld = Math.max(this.mostFeaturesHeld, this.extracted);
    return content['n'];
  }
  protected extractTarget(): null {
    return null;
  }
  protected async learnOnline(item: Item, context: LearningContext): Promise<number> {
    this.extracted -= 1;
    this.sum += item.features;
    await this.onItem(item, context);
    return this.confidence;
  }
  protected async learnBatch(items: readonly Item[], context: LearningContext): Promise<number> {
    this.extracted -= items.length;
    this.batches.push(items.map(({ features }) => features));
    for (const { features } of items) this.sum += features;
    await this.onBatch(items, context);
    return this.confidence;
  }
  protected override concludeLearning(): JsonObject {
    return this.onConclude();
  }
  protected predictFrom(features: number): Prediction {
    return { value: { sum: this.sum + features }, confidence: this.confidence };
  }
  protected describe(): JsonObject {
    return this.insights();
  }
  protected snapshot(): LearnerState {
    return { state: { sum: this.sum } };
  }
  protected restore({ state }: LearnerState, version: number): void {
    this.onRestore();
    const sum = version === 1 ? state['total'] : state['sum'];
    if (typeof sum !== 'number') throw new TypeError('no sum');
    this.sum = sum;
  }
  protected override release(): void {
    this.released += 1;
    this.onRelease();
  }
}

class ParallelAdder extends Adder {
  protected override readonly hasIndependentBatches = true;
}

class PatientAdder extends Adder {
  protected override readonly minimumSamples = 5;
}

async function ready<T extends Adder>(learner: T, config: JsonObject = {}): Promise<T> {
  expect(await learner.initialize(config)).toEqual({ ok: true, value: undefined });
  return learner;
}

const failed = (error: object) => ({ success: false, confidence: 0, error: expect.objectContaining(error) });

describe('BaseLearner', () => {
  it('learns online one by one, and says so in the guide’s words', async () => {
    const learner = await ready(new Adder('a'));
    expect(await learner.learn([number(1), number(2), number(3, { dataType: 'other' })], context())).toEqual({
      success: true,
      confidence: 0.5,
      samples: 2,
      insights: { learningMode: 'online', itemsProcessed: 2, totalItems: 3 },
    });
    expect(learner.getInsights()).toEqual({ sum: 3 });
  });

  it('learns in batches of batchSize, in order, whatever it buffers', async () => {
    const learner = await ready(new Adder('a'), { learningMode: 'batch', batchSize: 300 });
    const result = await learner.learn(numbers(2_500), context());
    expect(learner.batches.map((batch) => batch.length)).toEqual([
      300, 300, 300, 300, 300, 300, 300, 300, 100,
    ]);
    expect(learner.batches.flat()).toEqual(Array.from({ length: 2_500 }, (_, n) => n));
    expect(result).toMatchObject({
      samples: 2_500,
      insights: { learningMode: 'batch', batchesProcessed: 9 },
    });
  });

  it('holds the features of no more than a buffer and the rest of a batch', async () => {
    for (const mode of ['online', 'batch'] as const) {
      const learner = await ready(new Adder('a'), { learningMode: mode, batchSize: 300 });
      await learner.learn(numbers(5_000), context());
      expect(learner.mostFeaturesHeld).toBeLessThan(1_300);
      expect(learner.extracted).toBe(0);
    }
  });

  it('lets other work in while it learns for long', async () => {
    const learner = await ready(new Adder('a'));
    let now = 0;
    const clock = {
      now: () => epochMs(0),
      monotonic: () => {
        now += 1;
        return monotonicMs(now);
      },
    };
    const sums: number[] = [];
    const learning = learner.learn(numbers(500), context({ clock }));
    let isDone = false;
    void learning.then(() => {
      isDone = true;
    });
    while (!isDone) {
      await pause();
      sums.push(learner.sum);
    }
    expect(new Set(sums).size).toBeGreaterThan(5);
  });

  it('runs independent batches side by side, ten at most', async () => {
    const learner = await ready(new ParallelAdder('a'), { learningMode: 'batch', batchSize: 1 });
    let running = 0;
    let most = 0;
    learner.onBatch = async () => {
      running += 1;
      most = Math.max(most, running);
      await pause();
      running -= 1;
    };
    expect(await learner.learn(numbers(50), context())).toMatchObject({ success: true, samples: 50 });
    expect(most).toBe(10);
  });

  it('runs dependent batches one by one', async () => {
    const learner = await ready(new Adder('a'), { learningMode: 'batch', batchSize: 1 });
    let running = 0;
    let most = 0;
    learner.onBatch = async () => {
      running += 1;
      most = Math.max(most, running);
      await pause();
      running -= 1;
    };
    await learner.learn(numbers(20), context());
    expect(most).toBe(1);
  });

  it('gives each batch the same random numbers, side by side or one by one', async () => {
    const draws = async (learner: Adder): Promise<[number, number][]> => {
      const drawn: [number, number][] = [];
      learner.onBatch = async ([first], { random }) => {
        if ((first?.features ?? 0) % 2 === 0) await pause();
        drawn.push([first?.features ?? -1, random()]);
      };
      await ready(learner, { learningMode: 'batch', batchSize: 1 });
      await learner.learn(numbers(8), context());
      return drawn.sort(([one], [other]) => one - other);
    };
    expect(await draws(new ParallelAdder('a'))).toEqual(await draws(new Adder('a')));
  });

  it('leaves out data that is too poor or too private, and learns the voice only when asked to', async () => {
    const data = [
      number(1, { qualityScore: 0.2 }),
      number(2, { privacyLevel: 'confidential' }),
      number(4, { privacyLevel: 'internal' }),
      number(8),
    ];
    const careful = await ready(new Adder('a'), { minimumQuality: 0.4 });
    await careful.learn(data, context());
    expect(careful.sum).toBe(12);
    const vocal = await ready(new Adder('a'), { privacyLevels: ['confidential'] });
    await vocal.learn(data, context());
    expect(vocal.sum).toBe(2);
  });

  it('refuses data of which nothing is of use, and says how much it needs', async () => {
    const learner = await ready(new PatientAdder('a'));
    const useless = Array.from({ length: 6 }, () => number(1, { content: { word: 'tea' } }));
    expect(await learner.learn(numbers(4), context())).toEqual(failed({ needed: 5, got: 4 }));
    expect(await learner.learn([...numbers(3), ...useless], context())).toEqual(
      failed({ needed: 5, got: 3 }),
    );
    expect(learner.sum).toBe(0);
    expect(await learner.learn(numbers(5), context())).toMatchObject({ success: true });
  });

  it('refuses data about somebody else', async () => {
    const learner = await ready(new Adder('a'));
    const other = number(1, { userId: newId<UserId>() });
    expect(await learner.learn([number(1), other], context())).toEqual(
      failed({ kind: 'bad-data', detail: '[1].userId: is about somebody else' }),
    );
  });

  it('names what is malformed', async () => {
    const learner = await ready(new Adder('a'));
    const bad = { ...number(1), content: { n: Number.NaN } };
    expect(await learner.learn([number(1), bad], context())).toEqual(
      failed({ kind: 'bad-data', detail: '[1].content: must be a plain JSON object with finite numbers' }),
    );
  });

  it.each<[string, (learner: Adder) => void]>([
    [
      'an observation makes it throw',
      (learner) => {
        learner.onItem = ({ features }) => {
          if (features === 3) throw new Error('three');
        };
      },
    ],
    [
      'its confidence is no number',
      (learner) => {
        learner.confidence = Number.NaN;
      },
    ],
    [
      'it cannot conclude',
      (learner) => {
        learner.onConclude = () => {
          throw new Error('no end');
        };
      },
    ],
    [
      'it describes itself in something other than JSON',
      (learner) => {
        learner.insights = () => ({ sum: Number.POSITIVE_INFINITY });
      },
    ],
  ])('is as it was when %s', async (_, spoil) => {
    const learner = await ready(new Adder('a'));
    await learner.learn(numbers(3), context());
    spoil(learner);
    expect(await learner.learn(numbers(5), context())).toEqual(failed({ kind: 'failed' }));
    expect(learner.sum).toBe(3);
    expect(learner.getInsights()).toEqual({ sum: 3 });
  });

  it('no longer answers when it could not go back to what it knew', async () => {
    const learner = await ready(new Adder('a'));
    learner.onItem = () => {
      throw new Error('broken');
    };
    learner.onRestore = () => {
      throw new Error('cannot go back');
    };
    expect(await learner.learn(numbers(2), context())).toEqual(
      failed({ kind: 'failed', detail: expect.stringContaining('cannot go back') }),
    );
    expect(learner.isInitialized).toBe(false);
    expect(await learner.predict({ n: 1 }, context())).toMatchObject({ error: { kind: 'not-initialized' } });
  });

  it('stops between observations when aborted, and forgets those before', async () => {
    const learner = await ready(new Adder('a'));
    const controller = new AbortController();
    learner.onItem = ({ features }) => {
      if (features === 3) controller.abort();
    };
    expect(await learner.learn(numbers(9), context({ signal: controller.signal }))).toEqual(
      failed({ kind: 'aborted' }),
    );
    expect(learner.sum).toBe(0);
  });

  it('answers a call that a shutdown interrupts, and releases once', async () => {
    const learner = await ready(new Adder('a'));
    let shutDown: Promise<void> | undefined;
    learner.onItem = () => {
      shutDown ??= learner.shutdown();
    };
    expect(await learner.learn(numbers(9), context())).toEqual(failed({ kind: 'shut-down' }));
    await shutDown;
    await learner.shutdown();
    expect(learner.released).toBe(1);
  });

  it('shuts down even when it cannot release, and writes that down', async () => {
    const learner = await ready(new Adder('a'));
    const logged: unknown[] = [];
    const { logger } = context();
    await learner.learn(
      numbers(1),
      context({ logger: { ...logger, error: (message, fields) => logged.push([message, fields]) } }),
    );
    learner.onRelease = () => {
      throw new Error('stuck');
    };
    await learner.shutdown();
    expect(learner.isInitialized).toBe(false);
    expect(logged).toEqual([
      [expect.stringContaining('release'), { learnerId: 'a', detail: 'Error: stuck' }],
    ]);
  });

  it('predicts after the learning that was asked for before, never in the middle of it', async () => {
    const learner = await ready(new Adder('a'));
    learner.onItem = () => pause();
    const learning = learner.learn(numbers(4), context());
    const prediction = learner.predict({ n: 10 }, context());
    expect(await prediction).toEqual({ ok: true, value: { value: { sum: 16 }, confidence: 0.5 } });
    await learning;
  });

  it('expects nothing of an input that it does not understand', async () => {
    const learner = await ready(new Adder('a'));
    expect(await learner.predict({ word: 'tea' }, context())).toEqual({
      ok: true,
      value: { value: {}, confidence: 0 },
    });
    const bad = { n: Number.NaN };
    expect(await learner.predict(bad, context())).toMatchObject({ error: { kind: 'bad-data' } });
  });

  it('reads a snapshot of an older layout', async () => {
    const learner = await ready(new Adder('a'));
    expect(await learner.load({ learnerType: 'adder', version: 1, state: { total: 7 } })).toMatchObject({
      ok: true,
    });
    expect(learner.sum).toBe(7);
    expect(await learner.save()).toEqual({
      ok: true,
      value: { learnerType: 'adder', version: 2, state: { sum: 7 } },
    });
  });

  it('begins anew when it is initialised again, and only when the configuration is good', async () => {
    const learner = await ready(new Adder('a'));
    await learner.learn(numbers(3), context());
    expect(await learner.initialize({ batchSize: 'many' })).toMatchObject({
      error: { kind: 'bad-config', path: 'batchSize' },
    });
    expect(learner.sum).toBe(3);
    await ready(learner, { learningMode: 'batch' });
    expect([learner.sum, learner.mode, learner.released]).toEqual([0, 'batch', 1]);
  });
});
