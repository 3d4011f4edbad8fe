import { newId, type UserId } from '../../src/core/ids';
import { seededRandom } from '../../src/core/random';
import type { NewLearningData } from '../../src/vault/learning-data/learning-store';

export const USERS = 5;
export const TYPES = 8;
export const DAYS = 365;
/** A million a year: what one busy device could bring together. */
const ROWS_A_DAY = 2_740;
export const DAY_MS = 86_400_000;
/** Observations end here: 2025-06-01 UTC. */
export const END_MS = Date.UTC(2025, 5, 1);

const random = seededRandom(42);
const actions = ['speak', 'note', 'timer', 'link', 'webhook', 'copy'] as const;

export const users = Array.from({ length: USERS }, () => newId<UserId>());
export const typeName = (at: number): string => `observation-${at % TYPES}`;

/** As many days as `count` observations are collected in. */
export const daysOf = (count: number): number => count / ROWS_A_DAY;

/**
 * Five people, eight kinds of observation, evenly spread over `days`: observation `at` of `count`, in the order of
 * time, with about 300 bytes of content that does not repeat.
 */
export function observation(
  at: number,
  count: number,
  days: number,
): NewLearningData & { readonly createdAt: number } {
  return {
    userId: users[Math.floor(random() * USERS)] as UserId,
    agentId: 'conversation',
    sessionId: `session-${Math.floor(at / 40)}`,
    dataType: typeName(Math.floor(random() * TYPES)),
    content: {
      action: actions[Math.floor(random() * actions.length)] as string,
      result: random() < 0.9 ? 'success' : 'failed',
      confidence: random(),
      decisionMs: Math.round(random() * 80),
      phrase: crypto.randomUUID(),
      previous: [crypto.randomUUID(), crypto.randomUUID()],
      context: { hour: at % 24, isWeekend: at % 7 > 4, signalToNoiseDb: random() * 40 },
    },
    privacyLevel: 'private',
    createdAt: Math.floor(END_MS - days * DAY_MS * (1 - at / count)),
  };
}

/** Observations `from` to `to` of `count`. */
export const observations = (from: number, to: number, count: number, days = daysOf(count)) =>
  Array.from({ length: to - from }, (_, at) => observation(from + at, count, days));

/** The same question to both stores: a page of one person's observations of one kind in one month. */
export interface Question {
  readonly userId: UserId;
  readonly dataType: string;
  readonly from: number;
  readonly until: number;
}

export const PAGE_ROWS = 100;

export function question(): Question {
  const until = END_MS - Math.floor(random() * (DAYS - 30)) * DAY_MS;
  return {
    userId: users[Math.floor(random() * USERS)] as UserId,
    dataType: typeName(Math.floor(random() * TYPES)),
    from: until - 30 * DAY_MS,
    until,
  };
}
