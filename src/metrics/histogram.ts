import { assert } from '../core/assert';
import type { Metric, MetricFamily, MetricSample } from './metric-family';
import { assertMetricName, LabelledSeries, type LabelSpec, type LabelsOf } from './metric-labels';

interface Distribution {
  /** Per bucket, not cumulative; the last is for what is above every bound. */
  readonly counts: number[];
  sum: number;
}

export interface HistogramTotals {
  readonly count: number;
  readonly sum: number;
}

/** How often values fell under which bound. The bounds are fixed, so that two devices can be compared. */
export class Histogram<const Spec extends LabelSpec> implements Metric {
  readonly name: string;
  readonly #help: string;
  readonly #bounds: readonly number[];
  readonly #series: LabelledSeries<Spec, Distribution>;

  /** @param bounds upper bounds, inclusive and rising; one for everything above is added */
  constructor(name: string, help: string, labels: Spec, bounds: readonly number[]) {
    assertMetricName(name);
    const isRising = bounds.every((bound, index) => index === 0 || bound > (bounds[index - 1] ?? Number.NaN));
    assert(bounds.length > 0 && bounds.every(Number.isFinite) && isRising, 'bounds that rise', bounds);
    this.name = name;
    this.#help = help;
    this.#bounds = bounds;
    this.#series = new LabelledSeries(labels, () => ({
      counts: new Array<number>(bounds.length + 1).fill(0),
      sum: 0,
    }));
  }

  observe(labels: LabelsOf<Spec>, value: number): void {
    assert(Number.isFinite(value), 'a value to observe', value);
    const distribution = this.#series.at(labels);
    const found = this.#bounds.findIndex((bound) => value <= bound);
    const bucket = found === -1 ? this.#bounds.length : found;
    distribution.counts[bucket] = (distribution.counts[bucket] ?? 0) + 1;
    distribution.sum += value;
  }

  totals(labels: LabelsOf<Spec>): HistogramTotals {
    const { counts, sum } = this.#series.at(labels);
    return { count: counts.reduce((total, count) => total + count, 0), sum };
  }

  collect(): MetricFamily {
    const samples = [...this.#series].flatMap(({ labels, value: { counts, sum } }) => {
      let below = 0;
      const buckets: MetricSample[] = counts.map((count, index) => {
        below += count;
        const bound = this.#bounds[index];
        const limit = bound === undefined ? '+Inf' : String(bound);
        return { suffix: '_bucket', labels: [...labels, ['le', limit]], value: below };
      });
      return [
        ...buckets,
        { suffix: '_sum' as const, labels, value: sum },
        { suffix: '_count' as const, labels, value: below },
      ];
    });
    return { name: this.name, help: this.#help, type: 'histogram', samples };
  }
}
