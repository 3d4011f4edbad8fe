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

  get size(): number {
    return this.#byText.size;
  }

  countOf(intent: string): number {
    return this.all.filter((example) => example.intent === intent).length;
  }

  /** What was meant by this very text; `undefined` when it was never given, or is forgotten. */
  intentOf(text: string): string | undefined {
    return this.#byText.get(keyOf(text))?.intent;
  }

  /** Returns what is no longer so: the text's meaning before, where it was another one, and what is forgotten for it. */
  put(example: IntentExample): readonly IntentExample[] {
    const key = keyOf(example.text);
    const before = this.#byText.get(key);
    this.#byText.delete(key);
    this.#byText.set(key, example);
    const gone = before === undefined || before.intent === example.intent ? [] : [before];
    for (const [oldest, forgotten] of this.#byText) {
      if (this.#byText.size <= this.#limit) break;
      this.#byText.delete(oldest);
      gone.push(forgotten);
    }
    return gone;
  }

  /** Another store of the same size. */
  holding(examples: readonly IntentExample[]): ExampleStore {
    const store = new ExampleStore(this.#limit);
    for (const example of examples) store.put(example);
    return store;
  }
}

/** Texts that differ in nothing but capitals and signs are one. */
const keyOf = (text: string): string => wordsOf(text).join(' ');
