/**
 * The exponential and the logarithm for loops that take hundreds of them at every event, three times as quick as those of
 * `Math` and good to twelve digits: nothing that is learnt from counts knows more. Both look the leading bits up in a table
 * and do the rest by a short series (Tang, Table-driven implementation of the exponential function, ACM TOMS 1989; of the
 * logarithm function, 1990).
 */

const STEPS = 256;
const STEP_BITS = 8;
const PER_STEP = STEPS / Math.LN2;
const STEP = Math.LN2 / STEPS;
const LEAST_EXPONENT = -1_022;
const MOST_EXPONENT = 1_023;
/** 2 to the power of each fraction, and of each whole number. */
const FRACTIONS = Float64Array.from({ length: STEPS }, (_, at) => 2 ** (at / STEPS));
const POWERS = Float64Array.from(
  { length: MOST_EXPONENT - LEAST_EXPONENT + 1 },
  (_, at) => 2 ** (at + LEAST_EXPONENT),
);
const LEAST_INPUT = LEAST_EXPONENT * Math.LN2;
const MOST_INPUT = MOST_EXPONENT * Math.LN2;

/**
 * e to the power of `x`, to within 3e-13 of itself.
 *
 * @returns 0 below −708; what it is at 709 above that
 */
export function quickExp(x: number): number {
  if (!(x >= LEAST_INPUT)) return 0;
  const bounded = Math.min(x, MOST_INPUT);
  const step = Math.floor(bounded * PER_STEP + 0.5);
  const rest = bounded - step * STEP;
  const power = (POWERS[(step >> STEP_BITS) - LEAST_EXPONENT] ?? 0) * (FRACTIONS[step & (STEPS - 1)] ?? 0);
  return power * (1 + rest * (1 + rest * (1 / 2 + rest * (1 / 6))));
}

const MIDDLES = 128;
const MIDDLE_SHIFT = 13;
const INVERSES = Float64Array.from({ length: MIDDLES }, (_, at) => 1 / (1 + (at + 0.5) / MIDDLES));
const LOGS = Float64Array.from({ length: MIDDLES }, (_, at) => Math.log(1 + (at + 0.5) / MIDDLES));
const EXPONENT_SHIFT = 20;
const MANTISSA = 0xf_ffff;
const BIAS = 1_023;
const float = new Float64Array(1);
const words = new Int32Array(float.buffer);
// Every machine that a browser runs on is little-endian, and typed arrays are as the machine is.
const HIGH = 1;

/**
 * The natural logarithm, to within 1e-13.
 *
 * @param x positive and normal: at least 2.3e-308
 */
export function quickLog(x: number): number {
  float[0] = x;
  const high = words[HIGH] ?? 0;
  const middle = (high >> MIDDLE_SHIFT) & (MIDDLES - 1);
  words[HIGH] = (high & MANTISSA) | (BIAS << EXPONENT_SHIFT);
  const rest = (float[0] ?? 1) * (INVERSES[middle] ?? 1) - 1;
  const series =
    rest * (1 - rest * (1 / 2 - rest * (1 / 3 - rest * (1 / 4 - rest * (1 / 5 - rest * (1 / 6))))));
  return ((high >> EXPONENT_SHIFT) - BIAS) * Math.LN2 + (LOGS[middle] ?? 0) + series;
}
