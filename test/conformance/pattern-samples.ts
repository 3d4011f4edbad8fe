import { type LearningDataId, newId, type UserId } from '../../src/core/ids';
import type { ConformanceSamples } from '../../src/learning/conformance/conformance-samples';
import type { LearningData } from '../../src/learning/learning-data';

const userId = newId<UserId>();

const observation = (
  interactionType: string,
  result: 'success' | 'failure',
  satisfaction: number,
): LearningData => ({
  id: newId<LearningDataId>(),
  userId,
  agentId: 'conversation',
  dataType: 'user-interaction',
  content: { interactionType, result, satisfaction },
  privacyLevel: 'private',
  qualityScore: 0.9,
  createdAt: 1_700_000_000_000,
});

/** Two kinds of interaction that go differently well. */
export const patternSamples: ConformanceSamples = {
  config: { batchSize: 4 },
  data: [
    ...Array.from({ length: 7 }, () => observation('voice-command', 'success', 0.8)),
    ...Array.from({ length: 2 }, () => observation('voice-command', 'failure', 0.2)),
    ...Array.from({ length: 5 }, (_, n) => observation('question', n % 2 === 0 ? 'success' : 'failure', 0.6)),
  ],
  inputs: [
    { interactionType: 'voice-command', hour: 7 },
    { interactionType: 'question', hour: 8 },
    { interactionType: 'never-heard', hour: 9 },
  ],
};
