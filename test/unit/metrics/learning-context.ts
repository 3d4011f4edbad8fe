import type { Clock } from '../../../src/core/clock';
import type { UserId } from '../../../src/core/ids';
import { seededRandom } from '../../../src/core/random';
import type { LearningContext } from '../../../src/learning/learner';
import { Logger } from '../../../src/metrics/logging/logger';

export function learningContext(userId: UserId, clock: Clock): LearningContext {
  return {
    userId,
    agentId: 'test',
    sessionId: 'one',
    clock,
    random: seededRandom(1),
    logger: new Logger({ level: 'error', sinks: [], clock }).component('test'),
    signal: new AbortController().signal,
  };
}
