import { isJsonObject } from '../../core/json';
import type { Learner, Prediction } from '../learner';
import { answerOf, type ConformanceCheck, expectSame, expectThat } from './conformance-check';
import { describe, type Trial } from './trial';

/** What it makes of the data. */
export function learningChecks(trial: Trial): readonly ConformanceCheck[] {
  return [
    {
      behaviour: 'answers before it has learnt anything, with confidence 0',
      run: () =>
        trial.with(async (learner) => {
          for (const prediction of await predictAll(trial, learner))
            expectThat(
              prediction.confidence === 0,
              `it claims to know something before it learnt anything: ${describe(prediction)}`,
            );
        }),
    },
    {
      behaviour: 'knows something after it has learnt',
      run: () =>
        trial.with(async (learner) => {
          const result = await trial.teach(learner);
          expectThat(result.success && result.samples > 0, 'it learnt from none of the samples');
          const predictions = await predictAll(trial, learner);
          expectThat(
            predictions.some(({ confidence }) => confidence > 0),
            'it knows nothing about any of the inputs',
          );
        }),
    },
    {
      behaviour: 'gives confidences between 0 and 1',
      run: () =>
        trial.with(async (learner) => {
          const result = await trial.teach(learner);
          const predictions = await predictAll(trial, learner);
          for (const { confidence } of [result, ...predictions])
            expectThat(confidence >= 0 && confidence <= 1, `a confidence is ${confidence}`);
        }),
    },
    {
      behaviour: 'gives insights and predictions that are plain JSON',
      run: () =>
        trial.with(async (learner) => {
          expectThat(
            isJsonObject(learner.getInsights()),
            'insights are not plain JSON before it learnt anything',
          );
          const result = await trial.teach(learner);
          expectThat(isJsonObject(learner.getInsights()), 'insights are not plain JSON');
          expectThat(
            result.success && isJsonObject(result.insights),
            'insights of a result are not plain JSON',
          );
          for (const { value } of await predictAll(trial, learner))
            expectThat(isJsonObject(value), 'a prediction is not plain JSON');
        }),
    },
    {
      behaviour: 'is the same again with the same seed and the same data',
      run: () =>
        trial.withTaught(async (first) => {
          await trial.withTaught(async (second) => {
            const [one, other] = [await trial.everythingOf(first), await trial.everythingOf(second)];
            expectSame(other, one, 'two learners that had the same seed and data differ');
          });
        }),
    },
    {
      behaviour: 'learns the same online and in batches',
      isAsked: trial.options.doModesAgree === true,
      run: async () => {
        await trial.withTaught(async (online) => {
          await trial.withTaught(async (batch) => {
            expectSame(
              await trial.predictions(batch),
              await trial.predictions(online),
              'batch mode predicts other than online mode',
            );
          }, trial.inMode('batch'));
        }, trial.inMode('online'));
      },
    },
    {
      behaviour: 'takes calls that overlap one after another',
      run: () =>
        trial.with(async (patient) => {
          await trial.teach(patient);
          const halfway = await trial.predictions(patient);
          await trial.teach(patient);
          const expected = await trial.predictions(patient);
          await trial.with(async (hurried) => {
            const [, between] = await Promise.all([
              trial.teach(hurried),
              trial.predictions(hurried),
              trial.teach(hurried),
            ]);
            expectSame(between, halfway, 'a prediction did not see all of one call and nothing of the next');
            expectSame(
              await trial.predictions(hurried),
              expected,
              'of two calls at the same time one was lost',
            );
          });
        }),
    },
    {
      behaviour: 'forgets nothing when a call fails',
      run: () =>
        trial.withTaught(async (learner) => {
          const before = await trial.everythingOf(learner);
          const data = trial.manyData(trial.samples.data.length * 2);
          const [last] = data.slice(-1);
          if (last !== undefined) data[data.length - 1] = { ...last, qualityScore: Number.NaN };
          const result = await trial.learn(learner, data);
          expectThat(!result.success, 'learn took data of which the last piece is malformed');
          expectSame(await trial.everythingOf(learner), before, 'a call that failed changed what it knows');
        }),
    },
    {
      behaviour: 'stops when it is aborted, and is as it was',
      run: () =>
        trial.withTaught(async (learner) => {
          const before = await trial.everythingOf(learner);
          const many = Math.max(LONG_CALL, trial.samples.data.length);
          for (const [count, at] of [
            [trial.samples.data.length, 0],
            [many, Math.floor(many * 0.95)],
          ] as const) {
            const controller = new AbortController();
            const data = abortingAt(trial.manyData(count), at, controller);
            const result = await trial.learn(learner, data, trial.context(controller.signal));
            expectThat(
              !result.success && result.error.kind === 'aborted',
              `learn should say that it was aborted: ${describe(result)}`,
            );
            expectSame(await trial.everythingOf(learner), before, 'an aborted call changed what it knows');
          }
        }),
    },
    {
      behaviour: 'leaves no tensors behind',
      isAsked: trial.options.tensorCount !== undefined,
      run: async () => {
        const tensorCount = trial.options.tensorCount ?? (() => 0);
        const before = tensorCount();
        await trial.withTaught(async (learner) => {
          await trial.predictions(learner);
          const settled = tensorCount();
          for (let round = 0; round < 3; round += 1) {
            await trial.teach(learner);
            await trial.predictions(learner);
            await answerOf(() => learner.save(), 'save');
          }
          expectSame(`${tensorCount()}`, `${settled}`, 'learning and predicting leave tensors behind');
        });
        expectSame(`${tensorCount()}`, `${before}`, 'tensors are left after shutdown');
      },
    },
  ];
}

/** Longer than what a learner reads at a time, so that it is in the middle of learning when it is aborted. */
const LONG_CALL = 2_500;

/** The same data; reading the piece at `at` aborts. */
function abortingAt<T>(data: T[], at: number, controller: AbortController): T[] {
  const piece = data[at];
  return Object.defineProperty(data, at, {
    enumerable: true,
    get: () => {
      controller.abort();
      return piece;
    },
  });
}

async function predictAll(trial: Trial, learner: Learner): Promise<readonly Prediction[]> {
  const predictions: Prediction[] = [];
  for (const input of trial.samples.inputs) {
    const answer = await answerOf(() => learner.predict(structuredClone(input), trial.context()), 'predict');
    expectThat(answer.ok, `predict refused a sample input: ${describe(answer)}`);
    predictions.push(answer.value);
  }
  return predictions;
}
