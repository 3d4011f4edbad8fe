import type { Result } from '../../core/result';
import type { Learner, LearnerError, LearningMode, LearningResult } from '../learner';
import { answerOf, type ConformanceCheck, expectSame, expectThat } from './conformance-check';
import { describe, type Trial } from './trial';

/** What every learner can be configured with, wrong. */
const COMMON_BAD_CONFIGS = [
  { change: { learningMode: 'sideways' }, path: 'learningMode' },
  { change: { learningRate: 'fast' }, path: 'learningRate' },
  { change: { batchSize: 0 }, path: 'batchSize' },
  { change: { noSuchSetting: 1 }, path: 'noSuchSetting' },
];

/** Beginning and end, configuration, modes. */
export function lifeChecks(trial: Trial): readonly ConformanceCheck[] {
  return [
    {
      behaviour: 'answers with a result before it is initialised and after it was shut down',
      run: () =>
        trial.withNew(async (learner) => {
          expectThat(!learner.isInitialized, 'isInitialized is true before initialize');
          await expectRefusals(trial, learner, 'not-initialized');
          const initialised = await answerOf(
            () => learner.initialize(structuredClone(trial.samples.config)),
            'initialize',
          );
          expectThat(initialised.ok && learner.isInitialized, 'isInitialized is false after initialize');
          await answerOf(() => learner.shutdown(), 'shutdown');
          expectThat(!learner.isInitialized, 'isInitialized is true after shutdown');
          await expectRefusals(trial, learner, 'shut-down');
          const again = await answerOf(
            () => learner.initialize(structuredClone(trial.samples.config)),
            'initialize',
          );
          expectRefused(again, 'shut-down', 'initialize after shutdown');
        }),
    },
    {
      behaviour: 'can be shut down twice',
      run: () =>
        trial.withTaught(async (learner) => {
          await answerOf(() => learner.shutdown(), 'the first shutdown');
          await answerOf(() => learner.shutdown(), 'the second shutdown');
        }),
    },
    {
      behaviour: 'refuses a bad configuration and names what is wrong',
      run: async () => {
        const common = COMMON_BAD_CONFIGS.map(({ change, path }) => ({
          config: { ...trial.samples.config, ...change },
          path,
        }));
        for (const { config, path } of [...common, ...(trial.options.badConfigs ?? [])])
          await trial.withNew(async (learner) => {
            const answer = await answerOf(() => learner.initialize(config), 'initialize');
            expectRefused(answer, 'bad-config', `initialize with a bad ${path}`);
            expectThat(
              !answer.ok && answer.error.kind === 'bad-config' && answer.error.path === path,
              `initialize with a bad ${path} blamed something else: ${describe(answer)}`,
            );
            expectThat(!learner.isInitialized, `isInitialized is true after a bad ${path}`);
          });
      },
    },
    {
      behaviour: 'refuses a mode that it does not support',
      run: () =>
        trial.with(async (learner) => {
          const modes: readonly string[] = ['online', 'batch', 'sideways'];
          const before = learner.mode;
          for (const mode of modes) {
            // At run time nothing keeps a configuration from naming a mode that does not exist.
            const wanted = mode as LearningMode;
            if (learner.supportedModes.includes(wanted)) continue;
            const answer = await answerOf(() => learner.setMode(wanted), 'setMode');
            expectRefused(answer, 'unsupported-mode', `setMode(${mode})`);
            expectSame(learner.mode, before, `setMode(${mode}) was refused and changed the mode`);
          }
        }),
    },
    {
      behaviour: 'learns in every mode that it supports, and says in which',
      run: () =>
        trial.with(async (learner) => {
          for (const mode of learner.supportedModes) {
            const answer = await answerOf(() => learner.setMode(mode), 'setMode');
            expectThat(answer.ok && learner.mode === mode, `setMode(${mode}) was refused`);
            const result = await trial.teach(learner);
            const said = result.success ? result.insights['learningMode'] : undefined;
            expectSame(describe(said), describe(mode), 'insights.learningMode of the result is another mode');
          }
        }),
    },
  ];
}

async function expectRefusals(trial: Trial, learner: Learner, kind: LearnerError['kind']): Promise<void> {
  const context = trial.context();
  const [input = {}] = structuredClone(trial.samples.inputs);
  const learnt: LearningResult = await answerOf(() => learner.learn(trial.data(), context), 'learn');
  expectThat(
    !learnt.success && learnt.error.kind === kind,
    `learn should be refused as ${kind}: ${describe(learnt)}`,
  );
  expectRefused(await answerOf(() => learner.predict(input, context), 'predict'), kind, 'predict');
  expectRefused(await answerOf(() => learner.save(), 'save'), kind, 'save');
  expectRefused(await answerOf(() => learner.load({}), 'load'), kind, 'load');
  expectRefused(await answerOf(() => learner.setMode(learner.mode), 'setMode'), kind, 'setMode');
  await answerOf(() => learner.getInsights(), 'getInsights');
}

function expectRefused(
  answer: Result<unknown, LearnerError>,
  kind: LearnerError['kind'],
  what: string,
): void {
  expectThat(
    !answer.ok && answer.error.kind === kind,
    `${what} should be refused as ${kind}: ${describe(answer)}`,
  );
}
