import { assert } from '../core/assert';
import type { Metric, MetricFamily } from './metric-family';
import { assertMetricName } from './metric-labels';

/** Something that goes up and down. Until it is known it is not exposed: 0 would be an answer. */
export class Gauge implements Metric {
  readonly name: string;
  readonly #help: string;
  #value: number | undefined;

  constructor(name: string, help: string, initial?: number) {
    assertMetricName(name);
    this.name = name;
    this.#help = help;
    this.#value = initial;
  }

  get value(): number | undefined {
    return this.#value;
  }

  /** `undefined`: no longer known. */
  set(value: number | undefined): void {
    assert(value === undefined || Number.isFinite(value), 'a gauge shows a number', value);
    this.#value = value;
  }

  add(change: number): void {
    this.set((this.#value ?? 0) + change);
  }

  collect(): MetricFamily {
    const samples =
      this.#value === undefined ? [] : [{ suffix: '' as const, labels: [], value: this.#value }];
    return { name: this.name, help: this.#help, type: 'gauge', samples };
  }
}
