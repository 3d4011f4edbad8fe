import { keyedBits, type Sign, toDraw } from './keyed-bits';
import { bucketCount, type MetricId } from './protocol/metrics';
import { respond, responseWeights } from './protocol/randomised-response';

/**
 * The answer of randomised response to one question in one epoch. Drawn from HMAC(K_dp, metric | epoch | value)
 * and not from a random number generator: asked again, the device says the same again, so that nothing is learnt
 * from asking often.
 *
 * @param value the true bucket
 */
export async function frozenAnswer(
  sign: Sign,
  metric: MetricId,
  epoch: number,
  value: number,
): Promise<number> {
  const draw = toDraw(await keyedBits(sign, 'answer', metric, epoch, value));
  return respond(responseWeights(bucketCount(metric)), value, draw);
}
