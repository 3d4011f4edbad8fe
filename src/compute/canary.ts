import { matMul, mul, softmax, sub, sum, type Tensor2D, tensor2d, tidy } from '@tensorflow/tfjs-core';

const KERNEL = [0.5, -1, 0.25, 1, 0.75, -0.5];
const INPUT = [1, 2, -1, 0.5, -1, 0.25];
const PICK = [1, 0, 0, 1];

/**
 * Worked out by hand in double precision: `softmax(INPUT · KERNEL)` and its gradient by INPUT where
 * the picked probabilities are summed. Coarse enough for half-precision graphics.
 */
const KNOWN = [
  0.2227001, 0.7772999, 0.8596638, 0.1403362, 0.2596572, -0.1298286, 0.216381, -0.180963, 0.0904815,
  -0.1508025,
];
const TOLERANCE = 2e-3;

/**
 * A fixed small computation with a known answer, forward and backward. A backend that lost its device
 * may answer zeros without an error (WebGL does); this notices.
 */
export async function canaryLives(): Promise<boolean> {
  const [probabilities, gradient] = tidy(() => {
    const kernel = tensor2d(KERNEL, [3, 2]);
    const pick = tensor2d(PICK, [2, 2]);
    const forward: Tensor2D = softmax(matMul<Tensor2D>(tensor2d(INPUT, [2, 3]), kernel));
    const picked = mul(forward, pick);
    const byLogits = mul(forward, sub(pick, sum(picked, 1, true)));
    return [forward, matMul(byLogits, kernel, false, true)] as const;
  });
  try {
    const answer = [...(await probabilities.data()), ...(await gradient.data())];
    return (
      answer.length === KNOWN.length &&
      answer.every((value, index) => Math.abs(value - (KNOWN[index] ?? Number.NaN)) < TOLERANCE)
    );
  } finally {
    probabilities.dispose();
    gradient.dispose();
  }
}
