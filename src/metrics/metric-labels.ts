import { assert } from '../core/assert';

/** Names of labels, each with every value it may have. Free values would let a person's words into a metric. */
export type LabelSpec = Readonly<Record<string, readonly string[]>>;

export type LabelsOf<Spec extends LabelSpec> = { readonly [Name in keyof Spec]: Spec[Name][number] };

const METRIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL_NAME = /^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/;
/** Histograms give their buckets this one. */
const RESERVED = 'le';

export function assertMetricName(name: string): void {
  assert(METRIC_NAME.test(name), 'no name for a metric', name);
}

/** One value for each combination of labels; which there are is settled when the metric is made. */
export class LabelledSeries<Spec extends LabelSpec, Value> {
  readonly #spec: Spec;
  readonly #series = new Map<string, { labels: readonly (readonly [string, string])[]; value: Value }>();

  /** @param initial makes the value of each combination before anything is counted */
  constructor(spec: Spec, initial: () => Value) {
    this.#spec = spec;
    let combinations: (readonly (readonly [string, string])[])[] = [[]];
    for (const [name, values] of Object.entries(spec)) {
      assert(LABEL_NAME.test(name) && name !== RESERVED, 'no name for a label', name);
      assert(values.length > 0 && new Set(values).size === values.length, 'values of a label', name);
      combinations = combinations.flatMap((labels) =>
        values.map((value) => [...labels, [name, value] as const]),
      );
    }
    for (const labels of combinations) this.#series.set(keyOf(labels), { labels, value: initial() });
  }

  at(labels: LabelsOf<Spec>): Value {
    return this.#entry(labels).value;
  }

  replace(labels: LabelsOf<Spec>, value: Value): void {
    this.#entry(labels).value = value;
  }

  [Symbol.iterator](): Iterator<{ labels: readonly (readonly [string, string])[]; value: Value }> {
    return this.#series.values();
  }

  #entry(labels: LabelsOf<Spec>) {
    const names = Object.keys(this.#spec);
    const given: Readonly<Record<string, string | undefined>> = labels;
    const entry = this.#series.get(keyOf(names.map((name) => [name, given[name] ?? ''])));
    const isComplete = entry !== undefined && Object.keys(given).length === names.length;
    assert(isComplete, 'labels outside of their lists', JSON.stringify(given));
    return entry;
  }
}

const keyOf = (labels: readonly (readonly [string, string])[]): string => JSON.stringify(labels);
