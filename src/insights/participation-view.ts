import type { WindowBudget } from './budget';
import type { MetricId } from './protocol/metrics';

/** A question and its answers, with the chance of each to be said. */
export interface AnswerOdds {
  readonly metric: MetricId;
  /** Ids of the answers, in the order of their numbers. */
  readonly buckets: readonly string[];
  /** That the true answer is said. */
  readonly p: number;
  /** That one particular other answer is said. */
  readonly q: number;
}

/** A report that is about to be made, or waits for its hour. */
export interface ReportPreview extends AnswerOdds {
  /** True bucket; only known before the report is made, because it is kept nowhere. */
  readonly value: number | undefined;
  readonly answer: number;
  /** Exactly what is sent: UTF-8 JSON. */
  readonly body: Uint8Array<ArrayBuffer>;
  /** When it may be sent; `undefined` while it is not made. */
  readonly sendAfterMs: number | undefined;
}

/** What is kept of a report that was made. */
export interface ReportReceipt {
  readonly id: string;
  readonly metric: MetricId;
  /** Id of the answer that was said. */
  readonly bucket: string;
  readonly epsilon: number;
  readonly madeAtMs: number;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly delivery: 'waiting' | 'counted' | 'refused';
}

/** What the person can know about taking part. */
export type ParticipationView =
  /** The vault is locked. */
  | { readonly kind: 'closed' }
  /** The operator names nobody who could be told anything. */
  | { readonly kind: 'no-endpoint' }
  /** What was written down does not open, so nobody knows what was spent: nothing is made. */
  | { readonly kind: 'damaged'; readonly endpoint: string }
  | {
      readonly kind: 'off' | 'on';
      readonly endpoint: string;
      /** The operator names another endpoint than the one that was agreed to. */
      readonly isMoved: boolean;
      /** The device's clock jumped: nothing is made before it is clear what time it is. */
      readonly isTimeDoubtful: boolean;
      readonly preview: ReportPreview | undefined;
      /** None is made before this moment; in the past when nothing stands in the way. */
      readonly notBeforeMs: number;
      readonly budget: readonly WindowBudget[];
      /** Newest first. */
      readonly receipts: readonly ReportReceipt[];
      /** Every question there is. */
      readonly questions: readonly AnswerOdds[];
    };
