import type { StoredDirections } from './text-directions';

/** Directions of texts one after another, in the order of the texts; zeros where there is none. */
export function joinedDirections(
  texts: readonly string[],
  { dimensions, directions }: StoredDirections,
): Uint8Array<ArrayBuffer> {
  const joined = new Int8Array(texts.length * dimensions);
  for (const [at, text] of texts.entries()) {
    const direction = directions.get(text);
    if (direction !== undefined) joined.set(direction, at * dimensions);
  }
  return new Uint8Array(joined.buffer);
}

/** The inverse. @throws TypeError when there are not as many as texts */
export function splitDirections(
  texts: readonly string[],
  joined: Uint8Array,
  { space, dimensions }: Pick<StoredDirections, 'space' | 'dimensions'>,
): StoredDirections {
  if (joined.byteLength !== texts.length * dimensions) throw new TypeError('directions cut short');
  const numbers = new Int8Array(Uint8Array.from(joined).buffer);
  const directions = new Map(
    texts.map((text, at) => [text, numbers.slice(at * dimensions, (at + 1) * dimensions)]),
  );
  return { space, dimensions, directions };
}
