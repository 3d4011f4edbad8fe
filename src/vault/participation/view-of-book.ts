import { budgetAt } from '../../insights/budget';
import type { NextReport } from '../../insights/draft-report';
import type {
  AnswerOdds,
  ParticipationView,
  ReportPreview,
  ReportReceipt,
} from '../../insights/participation-view';
import { type MetricId, metricBuckets, metricIds } from '../../insights/protocol/metrics';
import { responseProbabilities, responseWeights } from '../../insights/protocol/randomised-response';
import { type LedgerBook, spendsOf } from './ledger-book';

/** What the person sees of the ledger. */
export function viewOf(
  book: LedgerBook,
  {
    endpoint,
    nowMs,
    next,
    isTimeDoubtful,
  }: {
    readonly endpoint: string;
    readonly nowMs: number;
    readonly next: NextReport;
    readonly isTimeDoubtful: boolean;
  },
): ParticipationView {
  const isOn = book.state?.kind === 'joined';
  return {
    kind: isOn ? 'on' : 'off',
    endpoint,
    isMoved: book.state?.kind === 'joined' && book.state.endpoint !== endpoint,
    isTimeDoubtful,
    preview: queuedPreview(book) ?? draftPreview(next),
    notBeforeMs: next.kind === 'later' ? next.notBeforeMs : nowMs,
    budget: budgetAt(spendsOf(book), nowMs).windows,
    receipts: book.entries.map((entry): ReportReceipt => {
      const { id, metric, answer, epsilon, madeAtMs, body } = entry;
      const parcel = book.parcels.find((each) => each.id === id);
      const bucket = metricBuckets[metric][answer] ?? '';
      return { id, metric, bucket, epsilon, madeAtMs, body, delivery: parcel?.delivery ?? 'refused' };
    }),
    questions: metricIds.map(oddsOf),
  };
}

function oddsOf(metric: MetricId): AnswerOdds {
  const buckets = metricBuckets[metric];
  return { metric, buckets, ...responseProbabilities(responseWeights(buckets.length)) };
}

/** Of those that wait, the one that goes first. */
function queuedPreview({ entries, parcels }: LedgerBook): ReportPreview | undefined {
  const [first] = parcels
    .filter(({ delivery }) => delivery === 'waiting')
    .toSorted((a, b) => a.sendAfterMs - b.sendAfterMs);
  const entry = entries.find(({ id }) => id === first?.id);
  if (first === undefined || entry === undefined) return undefined;
  const { metric, answer } = entry;
  return { ...oddsOf(metric), value: undefined, answer, body: first.body, sendAfterMs: first.sendAfterMs };
}

function draftPreview(next: NextReport): ReportPreview | undefined {
  if (next.kind !== 'draft') return undefined;
  const { metric, value, answer, body } = next.draft;
  return { ...oddsOf(metric), value, answer, body, sendAfterMs: undefined };
}
