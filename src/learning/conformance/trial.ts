import type { Clock } from '../../core/clock';
import { type LearningDataId, newId } from '../../core/ids';
import type { JsonObject } from '../../core/json';
import { seededRandom } from '../../core/random';
import { epochMs, monotonicMs } from '../../core/units';
import type { Learner, LearnerLogger, LearningContext, LearningMode, LearningResult } from '../learner';
import type { LearningData } from '../learning-data';
import { answerOf, ConformanceError, expectThat } from './conformance-check';
import type { ConformanceOptions, ConformanceSamples } from './conformance-samples';

const silent: LearnerLogger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** Stands still, so that nothing depends on how fast the machine is. */
const stopped: Clock = { now: () => epochMs(1_700_000_000_000), monotonic: () => monotonicMs(0) };

/** Makes learners and asks them things, the same way for every check. */
export class Trial {
  readonly samples: ConformanceSamples;
  readonly options: ConformanceOptions;
  readonly #createLearner: () => Learner;

  constructor(createLearner: () => Learner, samples: ConformanceSamples, options: ConformanceOptions) {
    this.#createLearner = createLearner;
    // A learner that writes into what it is given spoils one check, not the samples of all.
    this.samples = structuredClone(samples);
    this.options = options;
  }

  get seed(): number {
    return this.options.seed ?? 1;
  }

  /** The same at every call: seed, time and person. */
  context(signal: AbortSignal = new AbortController().signal): LearningContext {
    const [first] = this.samples.data;
    if (first === undefined) throw new ConformanceError('the samples hold no data');
    return {
      userId: first.userId,
      agentId: 'conformance',
      sessionId: 'conformance',
      clock: stopped,
      random: seededRandom(this.seed),
      logger: silent,
      signal,
    };
  }

  /** A copy of the data of its own for every call. */
  data(): LearningData[] {
    return structuredClone([...this.samples.data]);
  }

  /** At least `count` observations: the data over and over, under new ids. */
  manyData(count: number): LearningData[] {
    return Array.from({ length: Math.ceil(count / this.samples.data.length) }, () =>
      this.data().map((one) => ({ ...one, id: newId<LearningDataId>() })),
    ).flat();
  }

  /** Runs `work` with a learner that is not initialised, and shuts it down whatever happens. */
  async withNew(work: (learner: Learner) => Promise<void>): Promise<void> {
    const learner = this.#createLearner();
    try {
      await work(learner);
    } finally {
      await answerOf(() => learner.shutdown(), 'shutdown');
    }
  }

  async with(
    work: (learner: Learner) => Promise<void>,
    config: JsonObject = this.samples.config,
  ): Promise<void> {
    await this.withNew(async (learner) => {
      const initialised = await answerOf(() => learner.initialize(structuredClone(config)), 'initialize');
      expectThat(initialised.ok, `initialize refused the sample configuration: ${describe(initialised)}`);
      await work(learner);
    });
  }

  /** Like `with`, after the learner has learnt the samples. */
  async withTaught(work: (learner: Learner) => Promise<void>, config?: JsonObject): Promise<void> {
    await this.with(async (learner) => {
      await this.teach(learner);
      await work(learner);
    }, config);
  }

  inMode(mode: LearningMode): JsonObject {
    return { ...this.samples.config, learningMode: mode };
  }

  async teach(learner: Learner, data: LearningData[] = this.data()): Promise<LearningResult> {
    const result = await this.learn(learner, data);
    expectThat(result.success, `learn refused the sample data: ${describe(result)}`);
    return result;
  }

  learn(learner: Learner, data: LearningData[], context = this.context()): Promise<LearningResult> {
    return answerOf(() => learner.learn(data, context), 'learn');
  }

  /** What it expects of every input, as text that is equal when the expectations are. */
  async predictions(
    learner: Learner,
    alter: (input: JsonObject) => JsonObject = (input) => input,
  ): Promise<string> {
    // All are asked at once, before anything else is asked of the learner.
    const answers = await Promise.all(
      this.samples.inputs.map((input) => {
        const altered = alter(structuredClone(input));
        return answerOf(() => learner.predict(altered, this.context()), 'predict');
      }),
    );
    return describe(answers);
  }

  /** Everything that can be seen of a learner: equal before and after a call that changed nothing. */
  async everythingOf(learner: Learner): Promise<string> {
    const predictions = await this.predictions(learner);
    const saved = await answerOf(() => learner.save(), 'save');
    return describe({ predictions, saved, insights: learner.getInsights(), mode: learner.mode });
  }
}

/** JSON with the members of objects in alphabetical order. */
export function describe(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) => {
    if (member instanceof Uint8Array) return `bytes ${member.join(' ')}`;
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member;
    return Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
