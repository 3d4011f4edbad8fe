/** A stream of numbers in [0, 1). Learners get one from their context, never `Math.random`. */
export type Random = () => number;

/**
 * Seeded generator for reproducible learning and benchmarks (mulberry32, Tommy Ettinger, public domain
 * algorithm). Not for secrets: those come from `crypto.getRandomValues`.
 *
 * @example
 * const random = seededRandom(42);
 * random(); // the same first number every time
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A new array with the items in random order (Fisher–Yates). */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const pick = Math.floor(random() * (last + 1));
    [result[last], result[pick]] = [result[pick] as T, result[last] as T];
  }
  return result;
}

/** A draw from the standard normal distribution (Box and Muller, 1958). */
export function sampledNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
