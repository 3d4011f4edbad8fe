/** Where texts point: texts that mean the same point the same way. */
export interface TextDirections {
  /** Names the space and its version. Directions of two spaces have nothing to do with each other. */
  readonly id: string;
  readonly dimensions: number;
  /** A direction of length 1 and `dimensions` numbers; all zero for a text without a word. */
  embed(text: string): Float32Array;
}

/** Directions that were costly to come by, to be stored beside the texts they are of. */
export interface StoredDirections {
  /** The `id` of their space. */
  readonly space: string;
  readonly dimensions: number;
  /** Of each text `dimensions` numbers of 8 bits; those of some may be missing. */
  readonly directions: ReadonlyMap<string, Int8Array>;
}

/** What knows the directions that can be had at the moment. */
export interface TextSpaces {
  /**
   * @param texts what `embed` will be asked for
   * @returns `undefined` where there is nothing but letters to go by
   */
  directionsFor(texts: readonly string[]): Promise<TextDirections | undefined>;
  /** What is worth storing with these texts; `undefined` where making it anew costs nothing. */
  store(texts: readonly string[]): StoredDirections | undefined;
  /** Brings back what `store` gave; it is used if it is of the space that is used. */
  offer(stored: StoredDirections | undefined): void;
  /** Forgets every text, for a locked vault. */
  forget(): void;
}

/** One space whose directions cost nothing, or letters alone. */
export function spaceOfItsOwn(directions: TextDirections | undefined): TextSpaces {
  return {
    directionsFor: async () => directions,
    store: () => undefined,
    offer: () => undefined,
    forget: () => undefined,
  };
}
