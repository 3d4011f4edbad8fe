import * as v from 'valibot';
import { isId, type UserId } from '../../core/ids';
import { type DataPrivacyLevel, DataPrivacyLevelSchema } from '../../learning/data-privacy-level';
import type { LearningData } from '../../learning/learning-data';
import { VaultFailure } from '../vault-failure';
import type { LearningDataQuery } from './learning-store';
import { decodeCursor, type Position } from './page-cursor';

const MOST_ROWS_PER_PAGE = 1_000;
const ROWS_PER_PAGE = 100;
const MOST_TYPES = 64;

const moment = v.pipe(v.number(), v.integer());
const QuerySchema = v.strictObject({
  userId: v.optional(v.custom<UserId>(isId, 'must be an id')),
  dataTypes: v.optional(v.pipe(v.array(v.string()), v.maxLength(MOST_TYPES))),
  from: v.optional(moment),
  until: v.optional(moment),
  minimumQuality: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  privacyLevels: v.optional(v.array(DataPrivacyLevelSchema)),
  limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_ROWS_PER_PAGE))),
  order: v.optional(v.picklist(['newest-first', 'oldest-first'])),
  cursor: v.optional(v.string()),
});

/** A query that makes sense, with everything filled in that was left out. */
export interface CheckedQuery {
  readonly userId: UserId | undefined;
  /** Each once, in order. */
  readonly dataTypes: readonly string[] | undefined;
  /** Epoch milliseconds, inclusive, and exclusive. */
  readonly from: number;
  readonly until: number;
  readonly minimumQuality: number;
  readonly privacyLevels: readonly DataPrivacyLevel[] | undefined;
  readonly limit: number;
  readonly order: 'newest-first' | 'oldest-first';
  readonly after: Position | undefined;
  /** Equal for queries that ask for the same rows in the same order. */
  readonly conditions: string;
}

const refused = (detail: string): VaultFailure => new VaultFailure({ kind: 'invalid-request', detail });

/** @throws VaultFailure `invalid-request` */
export async function checkQuery(query: LearningDataQuery): Promise<CheckedQuery> {
  const parsed = v.safeParse(QuerySchema, query);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw refused(`${v.getDotPath(issue) ?? '(query)'}: ${issue.message}`);
  }
  const asked = parsed.output;
  const distinct = <T extends string>(values: readonly T[] | undefined): readonly T[] | undefined =>
    values === undefined ? undefined : [...new Set(values)].sort();
  const filled = {
    userId: asked.userId,
    dataTypes: distinct(asked.dataTypes),
    from: Math.max(0, asked.from ?? 0),
    until: Math.min(asked.until ?? Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    minimumQuality: asked.minimumQuality ?? 0,
    privacyLevels: distinct(asked.privacyLevels),
    order: asked.order ?? 'newest-first',
  };
  const conditions = JSON.stringify([
    filled.userId ?? null,
    filled.dataTypes ?? null,
    filled.from,
    filled.until,
    filled.minimumQuality,
    filled.privacyLevels ?? null,
    filled.order,
  ]);
  const after = asked.cursor === undefined ? undefined : await decodeCursor(asked.cursor, conditions);
  if (asked.cursor !== undefined && after === undefined) {
    throw refused('cursor: was changed, or belongs to another query');
  }
  return { ...filled, limit: asked.limit ?? ROWS_PER_PAGE, after, conditions };
}

/** Whether a row is one of those asked for; its place among the pages aside. */
export const matchesQuery = (row: LearningData, query: CheckedQuery): boolean =>
  row.createdAt >= query.from &&
  row.createdAt < query.until &&
  row.qualityScore >= query.minimumQuality &&
  (query.userId === undefined || row.userId === query.userId) &&
  (query.dataTypes?.includes(row.dataType) ?? true) &&
  (query.privacyLevels?.includes(row.privacyLevel) ?? true);
