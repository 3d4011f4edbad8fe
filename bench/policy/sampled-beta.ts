import { type Random, sampledNormal } from '../../src/core/random';

/** A draw from Beta(a, b), as a ratio of two gamma variables. `a`, `b` > 0. */
export function sampledBeta(a: number, b: number, random: Random): number {
  const x = sampledGamma(a, random);
  const y = sampledGamma(b, random);
  // Both underflow only for tiny parameters, whose mass is at the ends.
  return x + y === 0 ? (random() < a / (a + b) ? 1 : 0) : x / (x + y);
}

/** Marsaglia and Tsang, ACM Transactions on Mathematical Software 26, 2000. */
function sampledGamma(shape: number, random: Random): number {
  if (shape < 1) return sampledGamma(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = sampledNormal(random);
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    const u = 1 - random();
    if (Math.log(u) < 0.5 * x ** 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}
