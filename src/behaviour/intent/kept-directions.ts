import type { SentenceEncoder } from './sentence-encoder';
import type { TextDirections } from './text-directions';

/** Directions of so many texts are remembered: all examples there can be, and as many names. */
const MOST_KEPT = 50_000;
/** Texts that the encoder is given at a time: longer calls would hold up whatever else the thread has to do. */
const AT_ONCE = 8;
const STEPS = 127;

/** Directions as they are stored: 8 bits a number. All zero: none. */
export type StoredDirection = Int8Array;

/**
 * Directions that an encoder gave, so that no text is encoded twice. They are rounded to 8 bits before they are used the
 * first time, so that what was stored and what is encoded anew are the same.
 */
export class KeptDirections implements TextDirections {
  readonly #encoder: SentenceEncoder;
  readonly #kept = new Map<string, StoredDirection>();

  constructor(encoder: SentenceEncoder) {
    this.#encoder = encoder;
  }

  get id(): string {
    return this.#encoder.id;
  }

  get dimensions(): number {
    return this.#encoder.dimensions;
  }

  /** Encodes those that are not there yet. Rejects as the encoder does. */
  async prepare(texts: readonly string[]): Promise<void> {
    const missing = [...new Set(texts)].filter((text) => !this.#kept.has(text));
    for (let from = 0; from < missing.length; from += AT_ONCE) {
      const some = missing.slice(from, from + AT_ONCE);
      const encoded = await this.#encoder.encode(some);
      for (const [at, text] of some.entries()) {
        const direction = encoded[at];
        if (direction?.length !== this.dimensions || !direction.every(Number.isFinite))
          throw new TypeError('no direction for a text');
        this.#kept.set(text, rounded(direction));
      }
    }
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) break;
      this.#kept.delete(oldest);
    }
  }

  /** What an earlier visit stored. */
  take(text: string, direction: StoredDirection): void {
    if (direction.length === this.dimensions && direction.some((value) => value !== 0))
      this.#kept.set(text, direction);
  }

  /** `undefined` for a text that was not prepared. */
  stored(text: string): StoredDirection | undefined {
    return this.#kept.get(text);
  }

  embed(text: string): Float32Array {
    const direction = this.#kept.get(text);
    if (direction === undefined) return new Float32Array(this.dimensions);
    const norm = Math.sqrt(direction.reduce((sum, value) => sum + value * value, 0));
    return Float32Array.from(direction, (value) => (norm === 0 ? 0 : value / norm));
  }

  clear(): void {
    this.#kept.clear();
  }
}

function rounded(direction: Float32Array): StoredDirection {
  const largest = direction.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return Int8Array.from(direction, (value) => (largest === 0 ? 0 : Math.round((STEPS * value) / largest)));
}
