import { type Clock, systemClock } from '../../src/core/clock';
import type { UserId } from '../../src/core/ids';
import { seededRandom } from '../../src/core/random';
import type { LearningContext } from '../../src/learning/learner';
import { Logger } from '../../src/metrics/logging/logger';

/** What a learner is given. Its log goes nowhere, and its dice always fall the same. */
export function learningContext(userId: UserId, clock: Clock = systemClock): LearningContext {
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
