import { type LearningDataId, newId, type UserId } from '../../src/core/ids';
import type { LearningData } from '../../src/learning/learning-data';

/** What a learner of texts is told: that this was typed, and what was meant by it. */
export function typedCommand(userId: UserId, text: string, intent: string, createdAt = 1): LearningData {
  return {
    id: newId<LearningDataId>(),
    userId,
    agentId: 'commands',
    dataType: 'typed-command',
    content: { text, intent },
    privacyLevel: 'private',
    qualityScore: 1,
    createdAt,
  };
}
