/** One line of the exposition. */
export interface MetricSample {
  /** Appended to the name of the family: empty, `_bucket`, `_sum` or `_count`. */
  readonly suffix: '' | '_bucket' | '_sum' | '_count';
  readonly labels: readonly (readonly [name: string, value: string])[];
  readonly value: number;
}

/** All that a metric says at one moment. */
export interface MetricFamily {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly samples: readonly MetricSample[];
}

export interface Metric {
  readonly name: string;
  collect(): MetricFamily;
}
