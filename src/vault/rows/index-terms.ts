import type { UserId } from '../../core/ids';
import type { RecordOf, TableName } from '../../learning/records';
import type { IndexTerm } from '../crypto/blind-index';

/**
 * What learning data is found by. Never a person or a kind alone, whose few values would show by their
 * frequency: only together with the day, which is in the clear anyway.
 *
 * @param day whole days (UTC) since 1970
 */
export const userDayTerm = (userId: UserId, day: number): IndexTerm => ({
  table: 'learningData',
  field: 'user+day',
  value: [userId, day],
});

export const userTypeDayTerm = (userId: UserId, dataType: string, day: number): IndexTerm => ({
  table: 'learningData',
  field: 'user+type+day',
  value: [userId, dataType, day],
});

/** The terms a row carries tokens of; most tables are small enough to be listed and have none. */
export function termsOfRow<T extends TableName>(
  table: T,
  row: RecordOf<T>,
  day: number,
): readonly IndexTerm[] {
  if (table !== 'learningData') return [];
  const { userId, dataType } = row as RecordOf<'learningData'>;
  return [userDayTerm(userId, day), userTypeDayTerm(userId, dataType, day)];
}
