import { newId, type UserId } from '../../../src/core/ids';
import type { LearningData } from '../../../src/learning/learning-data';
import {
  LearningDataManager,
  type LearningDataManagerOptions,
} from '../../../src/vault/learning-data/learning-data-manager';
import type {
  LearningDataQuery,
  LearningStore,
  NewLearningData,
} from '../../../src/vault/learning-data/learning-store';
import { freshVault, NOON_MS, worked } from './sample-rows';

export const DAY_MS = 86_400_000;

export const sampleData = (userId: UserId, change: Partial<NewLearningData> = {}): NewLearningData => ({
  userId,
  agentId: 'conversation',
  sessionId: 'morning',
  dataType: 'user-interaction',
  content: { action: 'test', result: 'success' },
  privacyLevel: 'private',
  createdAt: NOON_MS,
  ...change,
});

/** A new vault with a manager on it. */
export async function openManager(options: LearningDataManagerOptions = {}) {
  const { vault, name } = freshVault();
  await worked(vault.create('convenience'));
  return { vault, name, manager: new LearningDataManager(vault, options), userId: newId<UserId>() };
}

/** Every page of a query put together. */
export async function allPages(store: LearningStore, query: LearningDataQuery) {
  const pages: (readonly LearningData[])[] = [];
  const quarantined: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await worked(
      store.retrieveLearningData(cursor === undefined ? query : { ...query, cursor }),
    );
    pages.push(page.rows);
    quarantined.push(...page.quarantined);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return { pages, rows: pages.flat(), quarantined };
}
