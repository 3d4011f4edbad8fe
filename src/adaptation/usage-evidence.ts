import type { LearningData } from '../learning/learning-data';
import { type ActionDecision, type ActionFeedback, USUAL_COSTS } from './action-policy';
import type { RecentUse } from './adaptation-strategy';
import type { Metric, Observation } from './measured-effect';

/** What adaptations are judged by. */
export const METRICS = {
  /** Utterances that were corrected, or whose action was taken back or turned down. */
  complaints: { name: 'complaints', kind: 'share', better: 'lower' },
  /** Utterances taken for a phrase when none was said, or not known although one was. */
  misheard: { name: 'misheard', kind: 'share', better: 'lower' },
  /** Utterances that were not known and said again at once. */
  repeats: { name: 'repeats', kind: 'share', better: 'lower' },
  /** Seconds of the person's time that questions, windows and unwanted actions took, at the usual costs. */
  'bother-seconds': { name: 'bother-seconds', kind: 'mean', better: 'lower' },
  /** Seconds from the end of speech to the decision. */
  'decision-seconds': { name: 'decision-seconds', kind: 'mean', better: 'lower' },
  /** Seconds that one operation of the learning system takes. */
  'operation-seconds': { name: 'operation-seconds', kind: 'mean', better: 'lower' },
} as const satisfies Readonly<Record<string, Metric>>;
export type MetricName = keyof typeof METRICS;

/** One utterance, and what became of it. */
interface Heard {
  readonly id: string;
  readonly at: number;
  readonly sessionId: string;
  readonly phraseId: string | undefined;
  readonly confidence: number;
  readonly recognition: string;
  /** How its action came to be proposed. */
  readonly decision: ActionDecision['kind'];
  readonly isDone: boolean;
  readonly isDeclined: boolean;
  readonly decisionSeconds: number | undefined;
  readonly satisfaction: number | undefined;
  isUndone: boolean;
  /** How the policy learnt of it; a complaint may come late. */
  learntAs: 'content' | 'complaint' | undefined;
  /** What the person said it was; `null` for nothing. */
  correctedTo: string | null | undefined;
}

/** Two tries at the same thing follow each other within this. */
const AGAIN_WITHIN_MS = 8_000;
const MOST_HEARD = 400;
const MOST_RECENT = 40;

/**
 * What learning data says about how Echo is doing: made anew from the vault at every opening, so that what is forgotten
 * there is forgotten here. Ids, times and outcomes only.
 */
export class UsageEvidence {
  #heard: Heard[] = [];

  /** Oldest first. What was said twice about one utterance counts once. */
  add({
    content,
    createdAt,
    sessionId = '',
  }: Pick<LearningData, 'content' | 'createdAt' | 'sessionId'>): void {
    const { interactionType } = content;
    if (interactionType === 'correction') this.#correct(content['subjectId'], content['after']);
    else if (interactionType === 'undo') this.#undo(content['utteranceId']);
    else this.#hear(content, createdAt, sessionId);
  }

  forget(): void {
    this.#heard = [];
  }

  /** Oldest first. */
  observations(metric: string): readonly Observation[] {
    switch (metric as MetricName) {
      case 'complaints':
        return this.#heard.map((one) => ({ at: one.at, value: Number(isComplaint(one)) }));
      case 'misheard':
        return this.#heard.map((one) => ({ at: one.at, value: Number(isFalseTrigger(one) || isMiss(one)) }));
      case 'repeats':
        return this.#heard.map((one, index) => ({ at: one.at, value: Number(this.#isRepeated(one, index)) }));
      case 'bother-seconds':
        return this.#heard.flatMap((one) =>
          one.phraseId === undefined ? [] : [{ at: one.at, value: botherSeconds(one) }],
        );
      case 'decision-seconds':
        return this.#heard.flatMap(({ at, decisionSeconds }) =>
          decisionSeconds === undefined ? [] : [{ at, value: decisionSeconds }],
        );
      default:
        return [];
    }
  }

  /** @param looked ids of utterances whose details were looked at */
  recentUse(looked: ReadonlySet<string>): RecentUse {
    const recent = this.#heard.slice(-MOST_RECENT);
    const shareOf = (is: (one: Heard, index: number) => boolean): number =>
      recent.length === 0 ? 0 : recent.filter(is).length / recent.length;
    const skipped = this.#heard.length - recent.length;
    return {
      utterances: recent.length,
      falseTriggerShare: shareOf(isFalseTrigger),
      missShare: shareOf(isMiss),
      repeatShare: shareOf((one, index) => this.#isRepeated(one, skipped + index)),
      complaintShare: shareOf(isComplaint),
      lookedCloserShare: shareOf(({ id }) => looked.has(id)),
    };
  }

  /**
   * What the policy has not learnt from yet. The last utterance is left out until another one was said: its story may
   * not be over.
   *
   * @param isLastOver another one is being said now
   * @param forgotten phrase id → what was said up to then is not to count
   */
  takeFeedback(isLastOver: boolean, forgotten: ReadonlyMap<string, number>): readonly ActionFeedback[] {
    const over = isLastOver ? this.#heard : this.#heard.slice(0, -1);
    return over.flatMap((one) => {
      const isComplained = isComplaint(one);
      const isNew = one.learntAs === undefined || (isComplained && one.learntAs === 'content');
      if (!isNew || one.at <= (forgotten.get(one.phraseId ?? '') ?? -1)) return [];
      one.learntAs = isComplained ? 'complaint' : 'content';
      return feedbackOf(one) ?? [];
    });
  }

  #hear(content: LearningData['content'], at: number, sessionId: string): void {
    const { utteranceId, phraseId, confidence, recognition, outcome, latencyMs, satisfaction, decision } =
      content;
    if (typeof utteranceId !== 'string' || this.#find(utteranceId) !== undefined) return;
    this.#heard.push({
      id: utteranceId,
      at,
      sessionId,
      phraseId: typeof phraseId === 'string' ? phraseId : undefined,
      confidence: typeof confidence === 'number' ? confidence : 0,
      recognition: typeof recognition === 'string' ? recognition : 'unknown',
      decision: decision === 'ask' || decision === 'undo-window' ? decision : 'act',
      isDone: outcome === 'done' || outcome === 'undone',
      isDeclined: content['declined'] === true,
      decisionSeconds: typeof latencyMs === 'number' ? latencyMs / 1_000 : undefined,
      satisfaction: typeof satisfaction === 'number' ? satisfaction : undefined,
      isUndone: false,
      learntAs: undefined,
      correctedTo: undefined,
    });
    if (this.#heard.length > MOST_HEARD) this.#heard.shift();
  }

  #undo(id: unknown): void {
    const one = this.#find(id);
    if (one !== undefined) one.isUndone = true;
  }

  #correct(id: unknown, after: unknown): void {
    const one = this.#find(id);
    if (one === undefined) return;
    const to = typeof after === 'object' && after !== null && 'phraseId' in after ? after.phraseId : null;
    one.correctedTo = typeof to === 'string' ? to : null;
  }

  #find(id: unknown): Heard | undefined {
    return this.#heard.findLast((one) => one.id === id);
  }

  #isRepeated(one: Heard, index: number): boolean {
    const next = this.#heard[index + 1];
    return (
      one.phraseId === undefined &&
      one.correctedTo === undefined &&
      next?.sessionId === one.sessionId &&
      next.at - one.at <= AGAIN_WITHIN_MS
    );
  }
}

/** Answering "did you mean" is recorded as a correction as well: it is none when it says what was guessed. */
const isCorrected = ({ correctedTo, phraseId }: Heard): boolean =>
  correctedTo !== undefined && correctedTo !== (phraseId ?? null);

const isComplaint = (one: Heard): boolean => isCorrected(one) || one.isUndone || one.isDeclined;

const isFalseTrigger = ({ correctedTo, phraseId }: Heard): boolean =>
  phraseId !== undefined && correctedTo === null;

const isMiss = ({ correctedTo, recognition }: Heard): boolean =>
  typeof correctedTo === 'string' && recognition === 'unknown';

/** What was turned down in time did no harm. What an action that nobody wanted would have cost more is not recorded. */
function botherSeconds(one: Heard): number {
  const { ask, window, unwanted } = USUAL_COSTS;
  const waited = { act: 0, ask, 'undo-window': window }[one.decision];
  return waited + (isComplaint(one) && one.isDone ? unwanted.undoable : 0);
}

function feedbackOf(one: Heard): ActionFeedback | undefined {
  const { phraseId, confidence, isDone, satisfaction } = one;
  if (phraseId === undefined) return undefined;
  if (isComplaint(one)) return { phraseId, confidence, wanted: 0 };
  return isDone ? { phraseId, confidence, wanted: satisfaction ?? 1 } : undefined;
}
