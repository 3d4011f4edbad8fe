import type { Clock } from '../../core/clock';
import { type LearningDataId, newId } from '../../core/ids';
import { assessDataQuality } from '../../learning/data-quality';
import type { LearningData } from '../../learning/learning-data';
import { checkedRow } from '../rows/sealed-rows';
import { VaultFailure } from '../vault-failure';
import type { NewLearningData } from './learning-store';

/** All of a call is sealed before its one transaction begins, so this bounds the memory it takes. */
export const MOST_ROWS_PER_CALL = 10_000;

/**
 * Fills in what was left out, and checks the whole.
 *
 * @throws VaultFailure `invalid-row` when one does not fit, `invalid-request` when they are too many or two have
 * the same id
 */
export function completeLearningData(
  data: readonly NewLearningData[],
  clock: Pick<Clock, 'now'>,
): readonly LearningData[] {
  if (data.length > MOST_ROWS_PER_CALL) {
    throw new VaultFailure({
      kind: 'invalid-request',
      detail: `${data.length} rows, ${MOST_ROWS_PER_CALL} are the most`,
    });
  }
  const nowMs = clock.now();
  const given = new Set<LearningDataId>();
  return data.map((item) => {
    if (item.id !== undefined) {
      if (given.has(item.id))
        throw new VaultFailure({ kind: 'invalid-request', detail: 'an id occurs twice' });
      given.add(item.id);
    }
    const row = { ...item, id: item.id ?? newId<LearningDataId>(), createdAt: item.createdAt ?? nowMs };
    // Unchecked content could be anything, so the quality comes after the check; 0 fits until then.
    const { row: checked } = checkedRow({
      table: 'learningData',
      row: { ...row, qualityScore: item.qualityScore ?? 0 },
    });
    const fitting = checked as LearningData;
    if (item.qualityScore !== undefined) return fitting;
    return { ...fitting, qualityScore: assessDataQuality(fitting, nowMs).score };
  });
}
