import { assert } from '../core/assert';
import { formatExposition } from './exposition';
import type { Metric } from './metric-family';

/** The metrics of one page, each name once. */
export class MetricRegistry {
  readonly #metrics = new Map<string, Metric>();

  /** Throws when the name is taken: two metrics of one name are a bug. */
  register<M extends Metric>(metric: M): M {
    assert(!this.#metrics.has(metric.name), 'a metric of this name exists', metric.name);
    this.#metrics.set(metric.name, metric);
    return metric;
  }

  /** All of them in the text format that Prometheus reads. */
  expose(): string {
    return formatExposition([...this.#metrics.values()].map((metric) => metric.collect()));
  }
}
