import type { IntentExample } from './intent-model';
import { wordsOf } from './text-features';

/**
 * Texts and what was meant by them, given longest ago first. One text has one meaning: the one given last. The surplus
 * is forgotten from the front.
 */
export class ExampleStore {
  readonly #limit: number;
  readonly #byText = new Map<string, IntentExample>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get all(): readonly IntentExample[] {
    return [...this.#byText.values()];
  }

  countOf(intent: string): number {
    return this.all.filter((example) => example.intent === intent).length;
  }

  put(example: IntentExample): void {
    const key = wordsOf(example.text).join(' ');
    this.#byText.delete(key);
    this.#byText.set(key, example);
    for (const oldest of this.#byText.keys()) {
      if (this.#byText.size <= this.#limit) break;
      this.#byText.delete(oldest);
    }
  }

  /** Another store of the same size. */
  holding(examples: readonly IntentExample[]): ExampleStore {
    const store = new ExampleStore(this.#limit);
    for (const example of examples) store.put(example);
    return store;
  }
}
