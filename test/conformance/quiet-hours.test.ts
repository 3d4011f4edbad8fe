import { describe, it } from 'vitest';
import { QuietHoursLearner } from '../../examples/quiet-hours/quiet-hours-learner';
import {
  type ConformanceSamples,
  describeLearner,
  type LearningDataId,
  newId,
  type UserId,
} from '../../src/sdk';

const userId = newId<UserId>();

const samples: ConformanceSamples = {
  config: { batchSize: 4 },
  data: Array.from({ length: 20 }, (_, at) => ({
    id: newId<LearningDataId>(),
    userId,
    agentId: 'conversation',
    dataType: 'user-interaction',
    content: { interactionType: 'voice-command', hour: 8 + (at % 12) },
    privacyLevel: 'private',
    qualityScore: 1,
    createdAt: 1_700_000_000_000,
  })),
  inputs: [{ hour: 3 }, { hour: 9 }, { hour: 99 }],
};

describeLearner({ describe, it }, 'quiet hours', () => new QuietHoursLearner('quiet'), samples, {
  doModesAgree: true,
});
