import { deepFreeze } from '../../core/deep-freeze';
import { newId, type UserId } from '../../core/ids';
import type { JsonObject, JsonValue } from '../../core/json';
import { seededRandom } from '../../core/random';
import { answerOf, type ConformanceCheck, expectSame, expectThat } from './conformance-check';
import { malformedCalls } from './malformed-data';
import { describe, type Trial } from './trial';

const DEFAULT_MALFORMED_CASES = 200;

/** What it is given to learn from and to predict. */
export function dataChecks(trial: Trial): readonly ConformanceCheck[] {
  return [
    {
      behaviour: 'does not learn from no data',
      run: () =>
        trial.withTaught(async (learner) => {
          const result = await trial.learn(learner, []);
          expectThat(
            !result.success && result.confidence === 0,
            `learn from no data should be unsuccessful, with confidence 0: ${describe(result)}`,
          );
        }),
    },
    {
      behaviour: 'refuses malformed data with a result',
      run: () =>
        trial.with(async (learner) => {
          const cases = trial.options.malformedCases ?? DEFAULT_MALFORMED_CASES;
          const random = seededRandom(trial.seed);
          for (const { data, description } of malformedCalls(() => trial.data(), cases, random)) {
            const result = await answerOf(
              () => learner.learn(data, trial.context()),
              `learn from ${description}`,
            );
            expectThat(
              result.success === false && result.confidence === 0,
              `learn from ${description} should be unsuccessful, with confidence 0: ${describe(result)}`,
            );
          }
        }),
    },
    {
      behaviour: 'leaves what it is given as it was',
      run: () =>
        trial.with(async (learner) => {
          const data = trial.data();
          await trial.teach(learner, data);
          expectSame(describe(data), describe(trial.samples.data), 'learn changed the data');
          for (const given of trial.samples.inputs) {
            const input = structuredClone(given);
            await answerOf(() => learner.predict(input, trial.context()), 'predict');
            expectSame(JSON.stringify(input), JSON.stringify(given), 'predict changed the input');
          }
          await trial.teach(learner, deepFreeze(trial.data()));
          await trial.predictions(learner, deepFreeze);
        }),
    },
    {
      behaviour: 'does not care in which order members stand',
      run: () =>
        trial.withTaught(async (learner) => {
          const expected = await trial.predictions(learner);
          expectSame(await trial.predictions(learner, reversed), expected, 'the order of an input matters');
          await trial.with(async (other) => {
            await trial.teach(
              other,
              trial.data().map((one) => ({ ...one, content: reversed(one.content) })),
            );
            expectSame(
              await trial.predictions(other),
              expected,
              'the order of the content learnt from matters',
            );
          });
        }),
    },
    {
      behaviour: 'takes members it never saw, and does without those it knows',
      run: () =>
        trial.withTaught(async (learner) => {
          for (const input of trial.samples.inputs)
            for (const altered of alterations(input)) {
              const answer = await answerOf(() => learner.predict(altered, trial.context()), 'predict');
              expectThat(answer.ok, `predict refused ${describe(altered)}: ${describe(answer)}`);
            }
          const [first] = trial.data();
          if (first === undefined) return;
          for (const content of alterations(first.content)) {
            const data = trial.data().map((one) => (one.id === first.id ? { ...one, content } : one));
            await trial.learn(learner, data);
          }
          await trial.teach(learner);
        }),
    },
    {
      behaviour: 'learns about one person only',
      run: () =>
        trial.withTaught(async (learner) => {
          const before = await trial.predictions(learner);
          const other = newId<UserId>();
          await trial.learn(
            learner,
            trial.data().map((one) => ({ ...one, userId: other })),
          );
          expectSame(await trial.predictions(learner), before, 'it learnt from data about somebody else');
        }),
    },
  ];
}

/** With a new member, and without each of its own. */
function alterations(object: JsonObject): readonly JsonObject[] {
  const entries = Object.entries(object);
  return [
    { ...object, neverSeenBefore: { list: [1, 'two', null] } },
    {},
    ...entries.map(([left]) => Object.fromEntries(entries.filter(([name]) => name !== left))),
  ];
}

function reversed(object: JsonObject): JsonObject {
  const entries = Object.entries(object).reverse();
  return Object.fromEntries(entries.map(([name, member]) => [name, reversedWithin(member)]));
}

function reversedWithin(value: JsonValue): JsonValue {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  // The compiler does not know that what is no list is an object.
  return isObject ? reversed(value as JsonObject) : value;
}
