import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { QuietHoursLearner } from '../../../examples/quiet-hours/quiet-hours-learner';
import { QuietHoursStrategy } from '../../../examples/quiet-hours/quiet-hours-strategy';
import { AdaptiveBehaviorManager } from '../../../src/adaptation/adaptive-behavior-manager';
import { LearnerRegistry, type LearningDataId, newId, systemClock, type UserId } from '../../../src/sdk';
import { learningContext } from '../../support/learning-context';
import { fencesIn } from '../docs/examples';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const userId = newId<UserId>();
const context = learningContext(userId);

/** Started as an app does: registered by type, switched on by a configuration. */
async function startedLearner() {
  const registry = new LearnerRegistry();
  registry.register('quiet-hours', (learnerId) => new QuietHoursLearner(learnerId));
  const started = await registry.start({ learners: { nights: { enabled: true, type: 'quiet-hours' } } });
  const learner = started.ok ? started.value[0]?.learner : undefined;
  if (learner === undefined) throw new Error('the learner did not start');
  return learner;
}

describe('the example of quiet hours', () => {
  it('learns from a day when it is quiet, and speaks softly then, until that is taken back', async () => {
    const learner = await startedLearner();
    await learner.learn(
      Array.from({ length: 60 }, (_, at) => ({
        id: newId<LearningDataId>(),
        userId,
        agentId: 'conversation',
        dataType: 'user-interaction',
        content: { interactionType: 'voice-command', hour: 8 + (at % 12) },
        privacyLevel: 'private' as const,
        qualityScore: 1,
        createdAt: 1,
      })),
      context,
    );
    let hour = 10;
    let volume = 1;
    const manager = new AdaptiveBehaviorManager({
      clock: systemClock,
      newId: () => 'adaptation',
      onFailure: ({ detail }) => {
        throw new Error(detail);
      },
    });
    manager.registerStrategy(
      new QuietHoursStrategy({
        quietConfidence: async () => {
          const predicted = await learner.predict({ hour }, context);
          return predicted.ok && predicted.value.value['isQuiet'] === true ? predicted.value.confidence : 0;
        },
        volume: () => volume,
        setVolume: (chosen) => {
          volume = chosen;
        },
      }),
    );
    manager.enableStrategy('quiet-hours');
    const now = { performance: {}, userComplaints: 0 };
    expect(await manager.adapt(now)).toEqual([]);
    hour = 3;
    expect(await manager.adapt(now)).toMatchObject([{ strategy: 'quiet-hours', totalImpact: 0.2 }]);
    expect(volume).toBe(0.4);
    expect(await manager.revert('adaptation')).toMatchObject({ ok: true });
    expect(volume).toBe(1);
  });

  it('stands in the guide as it is', () => {
    const [learner, strategy, conformance] = fencesIn(read('docs/guide-builders.md'));
    expect(learner).toBe(read('examples/quiet-hours/quiet-hours-learner.ts'));
    expect(strategy).toBe(read('examples/quiet-hours/quiet-hours-strategy.ts'));
    expect(conformance).toBe(read('test/conformance/quiet-hours.test.ts'));
  });
});
