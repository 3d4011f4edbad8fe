import type { DataPrivacyLevel } from '../../learning/data-privacy-level';
import { type RecordOf, recordSchemas, type TableName } from '../../learning/records';

export const tableNames = Object.keys(recordSchemas) as readonly TableName[];

/** Only learning data says by itself how private it is; every other table has one level. */
const levelOfTable: Readonly<Record<Exclude<TableName, 'learningData'>, DataPrivacyLevel>> = {
  audio: 'confidential',
  takes: 'confidential',
  models: 'confidential',
  phrases: 'private',
  interactions: 'private',
  notes: 'private',
  timers: 'private',
  profiles: 'private',
};

/** The level whose keys seal a row, so that losing one key never opens rows of another. */
export function levelOfRow<T extends TableName>(table: T, row: RecordOf<T>): DataPrivacyLevel {
  if (table === 'learningData') return (row as RecordOf<'learningData'>).privacyLevel;
  return levelOfTable[table as Exclude<TableName, 'learningData'>];
}

type MomentOf = { readonly [T in TableName]: (row: RecordOf<T>) => number | undefined };

const momentOf: MomentOf = {
  audio: () => undefined,
  takes: (row) => row.recordedAt,
  models: (row) => row.trainedAt,
  phrases: (row) => row.createdAt,
  interactions: (row) => row.heardAt,
  notes: (row) => row.createdAt,
  timers: (row) => row.startedAt,
  learningData: (row) => row.createdAt,
  profiles: (row) => row.createdAt,
};

const DAY_MS = 86_400_000;

/** Whole days (UTC) since 1970. */
export const dayOf = (epochMs: number): number => Math.floor(epochMs / DAY_MS);

/**
 * Whole days (UTC) since 1970 of the moment a row is about; of `nowMs` where it names none. The only
 * time that is stored in the clear: enough for retention, too coarse to follow somebody's day.
 */
export function dayOfRow<T extends TableName>(table: T, row: RecordOf<T>, nowMs: number): number {
  return dayOf(momentOf[table](row) ?? nowMs);
}
