import type { Clock } from '../../src/core/clock';
import { type Aggregates, aggregate, aggregatedSince } from '../aggregate/aggregates';
import { type PeriodKind, periodKinds } from '../aggregate/periods';
import type { ReportStore } from '../store/report-store';
import { utcDay } from '../store/utc-day';

/** However many look at the numbers, the database is asked this often. */
const KEPT_MS = 10_000;

/** Estimates as they were at most ten seconds ago. */
export class AggregatesSource {
  readonly #store: Pick<ReportStore, 'countsSince'>;
  readonly #clock: Clock;
  readonly #kept = new Map<PeriodKind, { readonly until: number; readonly answer: Promise<Aggregates> }>();

  constructor(store: Pick<ReportStore, 'countsSince'>, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  async get(kind: PeriodKind): Promise<Aggregates> {
    const kept = this.#kept.get(kind);
    const now = this.#clock.monotonic();
    if (kept !== undefined && now < kept.until) return kept.answer;
    const answer = this.#ask(kind);
    this.#kept.set(kind, { until: now + KEPT_MS, answer });
    // A failure is not kept: the next one asks again.
    answer.catch(() => this.#kept.delete(kind));
    return answer;
  }

  async #ask(kind: PeriodKind): Promise<Aggregates> {
    const today = utcDay(this.#clock.now());
    return aggregate(await this.#store.countsSince(aggregatedSince(today, kind)), today, kind);
  }
}

/** @returns `undefined` for anything that is no kind of period */
export const parsePeriodKind = (value: unknown): PeriodKind | undefined =>
  periodKinds.find((kind) => kind === value);
