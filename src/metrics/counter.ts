import { assert } from '../core/assert';
import type { Metric, MetricFamily } from './metric-family';
import { assertMetricName, LabelledSeries, type LabelSpec, type LabelsOf } from './metric-labels';

/** Something that only grows. Every combination of labels starts at 0 and is exposed from the start. */
export class Counter<const Spec extends LabelSpec> implements Metric {
  readonly name: string;
  readonly #help: string;
  readonly #series: LabelledSeries<Spec, number>;

  constructor(name: string, help: string, labels: Spec) {
    assertMetricName(name);
    this.name = name;
    this.#help = help;
    this.#series = new LabelledSeries(labels, () => 0);
  }

  increment(labels: LabelsOf<Spec>, by = 1): void {
    assert(Number.isFinite(by) && by >= 0, 'a counter only grows', by);
    this.#series.replace(labels, this.#series.at(labels) + by);
  }

  value(labels: LabelsOf<Spec>): number {
    return this.#series.at(labels);
  }

  collect(): MetricFamily {
    const samples = [...this.#series].map(({ labels, value }) => ({ suffix: '' as const, labels, value }));
    return { name: this.name, help: this.#help, type: 'counter', samples };
  }
}
