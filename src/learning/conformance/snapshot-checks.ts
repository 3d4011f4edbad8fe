import type { Learner, LearnerSnapshot } from '../learner';
import {
  answerOf,
  type ConformanceCheck,
  ConformanceError,
  expectSame,
  expectThat,
} from './conformance-check';
import { damagedSnapshots } from './damaged-snapshots';
import { describe, type Trial } from './trial';

/** Saving and loading. */
export function snapshotChecks(trial: Trial): readonly ConformanceCheck[] {
  return [
    {
      behaviour: 'goes on from a snapshot as if nothing had happened',
      run: () =>
        trial.withTaught(async (original) => {
          const snapshot = await snapshotOf(original);
          const kept = structuredClone(snapshot);
          await trial.with(async (loaded) => {
            const answer = await answerOf(() => loaded.load(snapshot), 'load');
            expectThat(answer.ok, `load refused what save gave: ${describe(answer)}`);
            expectSame(describe(snapshot), describe(kept), 'load changed the snapshot');
            expectSame(
              await trial.predictions(loaded),
              await trial.predictions(original),
              'it predicts something else after it was loaded',
            );
            await trial.teach(original);
            await trial.teach(loaded);
            expectSame(
              await trial.predictions(loaded),
              await trial.predictions(original),
              'it learns something else after it was loaded',
            );
            expectSame(
              describe(snapshot),
              describe(kept),
              'learning changed the snapshot it was loaded from',
            );
          });
        }),
    },
    {
      behaviour: 'refuses a snapshot that is damaged, foreign or newer, and is as it was',
      run: () =>
        trial.withTaught(async (learner) => {
          const before = await trial.everythingOf(learner);
          const snapshot = await snapshotOf(learner);
          for (const { snapshot: damaged, description } of damagedSnapshots(snapshot)) {
            const answer = await answerOf(() => learner.load(damaged), `load of ${description}`);
            expectThat(
              !answer.ok && answer.error.kind === 'bad-snapshot',
              `load of ${description} should be refused as bad-snapshot: ${describe(answer)}`,
            );
          }
          expectSame(await trial.everythingOf(learner), before, 'a refused snapshot changed what it knows');
        }),
    },
  ];
}

async function snapshotOf(learner: Learner): Promise<LearnerSnapshot> {
  const saved = await answerOf(() => learner.save(), 'save');
  if (!saved.ok) throw new ConformanceError(`save was refused: ${describe(saved)}`);
  return saved.value;
}
