import type { TextDirections } from './text-directions';
import { countedFeatures } from './text-features';

/** A text as the features it has; every other one is 0. `ids` are features of one space. */
export interface TextVector {
  readonly ids: Int32Array;
  readonly values: Float32Array;
}

/** Share of the similarity that comes from the very letters; the rest comes from the directions. */
const LETTERS_SHARE = 0.5;

/**
 * Where texts are compared: their own words and letters, each weighted by how few of the texts seen have it, beside the
 * direction that they point in. Similarity is the dot product, 1 for the same text.
 *
 * A feature that was never seen counts as the rarest: it belongs to no class, and so makes a text that has many of them
 * unlike everything, which is what tells that none of the classes is meant.
 */
export class TextSpace {
  readonly #directions: TextDirections | undefined;
  readonly #features = new Map<string, number>();
  readonly #rarity: number[] = [];
  readonly #unseenRarity: number;

  /** @param texts all that there is to learn from; how rare a feature is, is counted over these */
  constructor(texts: readonly string[], directions: TextDirections | undefined) {
    this.#directions = directions;
    const occurrences: number[] = [];
    for (const text of texts) {
      for (const feature of countedFeatures(text).keys()) {
        const id = this.#features.get(feature) ?? this.#features.size;
        this.#features.set(feature, id);
        occurrences[id] = (occurrences[id] ?? 0) + 1;
      }
    }
    const rarityOf = (count: number): number => Math.log((texts.length + 1) / (count + 0.5));
    this.#rarity = occurrences.map(rarityOf);
    this.#unseenRarity = rarityOf(0);
  }

  /** Features there are, those of the directions after those of the letters. */
  get featureCount(): number {
    return this.#features.size + (this.#directions?.dimensions ?? 0);
  }

  /** `undefined` for a text without a word. */
  vectorOf(text: string): TextVector | undefined {
    const counted = countedFeatures(text);
    if (counted.size === 0) return undefined;
    const ids: number[] = [];
    const values: number[] = [];
    let squares = 0;
    for (const [feature, weight] of counted) {
      const id = this.#features.get(feature);
      const value = weight * (id === undefined ? this.#unseenRarity : (this.#rarity[id] ?? 0));
      squares += value * value;
      if (id === undefined) continue;
      ids.push(id);
      values.push(value);
    }
    const embedded = this.#directions?.embed(text);
    const lettersShare = embedded === undefined ? 1 : LETTERS_SHARE;
    const scale = squares === 0 ? 0 : Math.sqrt(lettersShare / squares);
    const scaled = values.map((value) => value * scale);
    embedded?.forEach((value, dimension) => {
      ids.push(this.#features.size + dimension);
      scaled.push(value * Math.sqrt(1 - LETTERS_SHARE));
    });
    return { ids: Int32Array.from(ids), values: Float32Array.from(scaled) };
  }
}
