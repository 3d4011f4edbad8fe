/** Lanczos coefficients (g = 7, n = 9); relative error below 1e-13 for x > 0. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const;

function logGamma(x: number): number {
  // Reflection keeps the series where it converges.
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const shifted = x - 1;
  const t = shifted + 7.5;
  const sum = LANCZOS.reduce(
    (total, coefficient, index) => (index === 0 ? coefficient : total + coefficient / (shifted + index)),
    0,
  );
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum);
}

const MOST_TERMS = 500;
const CLOSE_ENOUGH = 1e-14;
const TINY = 1e-300;

const awayFromZero = (value: number): number => (Math.abs(value) < TINY ? TINY : value);

/** The continued fraction of the incomplete beta function (DLMF 8.17.22), by Lentz's method. */
function continuedFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= MOST_TERMS; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < CLOSE_ENOUGH) break;
  }
  return value;
}

/** Chance that a Beta(a, b) variable is at most `x`: the regularised incomplete beta function. `a`, `b` > 0. */
export function betaCumulative(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2)
    ? (front * continuedFraction(x, a, b)) / a
    : 1 - (front * continuedFraction(1 - x, b, a)) / b;
}

/** The value that a Beta(a, b) variable stays below with chance `share`, in [0, 1]. By bisection, to 1e-12. */
export function betaQuantile(share: number, a: number, b: number): number {
  return bisected((x) => betaCumulative(x, a, b) < share, 0, 1);
}

/** The value that Student's t with `degrees` of freedom stays below with chance `share` > 0.5. */
export function studentQuantile(share: number, degrees: number): number {
  // P(|T| > t) is the incomplete beta function at ν / (ν + t²).
  const x = betaQuantile(2 * (1 - share), degrees / 2, 0.5);
  return x <= 0 ? Number.POSITIVE_INFINITY : Math.sqrt((degrees * (1 - x)) / x);
}

/** The value that a standard normal variable stays below with chance `share` > 0.5. */
export function normalQuantile(share: number): number {
  return studentQuantile(share, 1e7);
}

function bisected(isBelow: (x: number) => boolean, from: number, to: number): number {
  let [low, high] = [from, to];
  for (let step = 0; step < 60 && high - low > 1e-12; step += 1) {
    const middle = (low + high) / 2;
    if (isBelow(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
