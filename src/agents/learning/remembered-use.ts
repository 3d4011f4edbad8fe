import type { ActionFeedback } from '../../adaptation/action-policy';
import type { RecentUse } from '../../adaptation/adaptation-strategy';
import type { Observation } from '../../adaptation/measured-effect';
import { UsageEvidence } from '../../adaptation/usage-evidence';
import type { UserId } from '../../core/ids';
import type { LearningData } from '../../learning/learning-data';
import type { LearningStore } from '../../vault/learning-data/learning-store';
import type { AdaptationMemoryContent } from './adaptation-memory';
import { CORRECTION_DATA, INTERACTION_DATA } from './behaviour-patterns';
import { learningDataOf, type ObservedEvent } from './event-data';

const MOST_LOOKED = 200;
/** Records that the evidence is made anew from at opening: utterances, and what was said about them. */
const MOST_RECORDS = 800;

/**
 * What the person did and thought of what Echo did: made anew from the vault's records at opening, with the two things
 * that no record tells, which details were looked at and which phrases are not to be judged by their past.
 */
export class RememberedUse {
  readonly #evidence = new UsageEvidence();
  #looked: readonly string[] = [];
  /** Phrase id → what was said up to then does not count. */
  #forgotten = new Map<string, number>();

  /** What has to be remembered besides the records. */
  get remembered(): Pick<AdaptationMemoryContent, 'looked' | 'forgotten'> {
    return { looked: [...this.#looked], forgotten: [...this.#forgotten] };
  }

  /** @param records oldest first */
  recall(
    records: readonly LearningData[],
    remembered: Pick<AdaptationMemoryContent, 'looked' | 'forgotten'> | undefined,
  ): void {
    // What was said about an utterance may bear the same time: the utterances come first.
    for (const record of records.filter((each) => !isAbout(each))) this.#evidence.add(record);
    for (const record of records.filter(isAbout)) this.#evidence.add(record);
    if (remembered === undefined) return;
    this.#looked = remembered.looked;
    this.#forgotten = new Map(remembered.forgotten);
  }

  /** Something was said, taken back or corrected. */
  add(event: ObservedEvent): void {
    this.#evidence.add(learningDataOf(event));
  }

  /** @returns whether nobody had looked at it before */
  lookedCloser(utteranceId: string): boolean {
    if (this.#looked.includes(utteranceId)) return false;
    this.#looked = [...this.#looked, utteranceId].slice(-MOST_LOOKED);
    return true;
  }

  /** @param at epoch milliseconds; what was said of the phrase up to then does not count any more */
  forgetPhrase(phraseId: string, at: number): void {
    this.#forgotten.set(phraseId, at);
  }

  forget(): void {
    this.#evidence.forget();
    this.#looked = [];
    this.#forgotten.clear();
  }

  /** Oldest first. */
  observations(metric: string): readonly Observation[] {
    return this.#evidence.observations(metric);
  }

  recentUse(): RecentUse {
    return this.#evidence.recentUse(new Set(this.#looked));
  }

  /** What the policy has not learnt from yet. @param isLastOver another utterance is being said now */
  takeFeedback(isLastOver: boolean): readonly ActionFeedback[] {
    return this.#evidence.takeFeedback(isLastOver, this.#forgotten);
  }
}

/** The newest records that `RememberedUse` can be made from, oldest first; none where they cannot be read. */
export async function newestUse(
  store: Pick<LearningStore, 'retrieveLearningData'>,
  userId: UserId,
): Promise<readonly LearningData[]> {
  const page = await store.retrieveLearningData({
    userId,
    dataTypes: [INTERACTION_DATA, CORRECTION_DATA],
    limit: MOST_RECORDS,
    order: 'newest-first',
  });
  return page.ok ? page.value.rows.toReversed() : [];
}

const isAbout = ({ content, dataType }: LearningData): boolean =>
  dataType === CORRECTION_DATA || content['interactionType'] === 'undo';
