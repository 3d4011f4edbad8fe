import { createHash, createHmac } from 'node:crypto';
import { frozenAnswer } from '../../src/insights/frozen-answer';
import { keyedBits, type Sign, toDraw } from '../../src/insights/keyed-bits';
import { bucketCount, type MetricId } from '../../src/insights/protocol/metrics';
import { type ResponseWeights, respond } from '../../src/insights/protocol/randomised-response';

/** Answers one question in one epoch for a device whose true bucket is `value`. */
export type Answers = (sign: Sign, metric: MetricId, epoch: number, value: number) => Promise<number>;

/** As the app does. */
export const asTheApp: Answers = frozenAnswer;

/** As the app does, with other weights: what a bug in them would do. */
export function withWeights(weights: ResponseWeights): Answers {
  return async (sign, metric, epoch, value) =>
    respond(weights, value, toDraw(await keyedBits(sign, 'answer', metric, epoch, value)));
}

/** The raw key of a device: the same number, the same key. */
export const keyOfDevice = (device: number): Buffer =>
  createHash('sha256').update(`device ${device}`).digest();

/** HMAC-SHA-256 as `node:crypto` has it: the same function as WebCrypto's, which would take four times as long. */
export function signerOf(key: Buffer): Sign {
  return async (message) => createHmac('sha256', key).update(message).digest();
}

/** @throws Error when the two implementations do not agree */
export async function checkSigner(): Promise<void> {
  const raw = keyOfDevice(0);
  const key = await crypto.subtle.importKey(
    'raw',
    new Uint8Array(raw),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  const message = new TextEncoder().encode('the same bytes');
  const expected = Buffer.from(await crypto.subtle.sign('HMAC', key, message));
  if (!expected.equals(Buffer.from(await signerOf(raw)(message)))) throw new Error('HMAC is not HMAC here');
}

/** True shares of buckets by Zipf's law: the second is half as frequent as the first, the third a third. */
export function zipfShares(buckets: number): readonly number[] {
  const weights = Array.from({ length: buckets }, (_, at) => 1 / (at + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** True buckets of a population with these shares, as exactly as whole devices allow. */
export function population(devices: number, metric: MetricId): Uint8Array {
  const truths = new Uint8Array(devices);
  let from = 0;
  let share = 0;
  for (const [bucket, each] of zipfShares(bucketCount(metric)).entries()) {
    share += each;
    const to = Math.round(share * devices);
    truths.fill(bucket, from, to);
    from = to;
  }
  return truths;
}

/** How often each bucket is said, and how often it is true. */
export interface Tally {
  readonly said: number[];
  readonly true: number[];
}

/** Asks every device once. @param epoch another one, other noise */
export async function askAll(
  signers: readonly Sign[],
  truths: Uint8Array,
  metric: MetricId,
  epoch: number,
  answers: Answers = asTheApp,
): Promise<Tally> {
  const buckets = bucketCount(metric);
  const tally: Tally = { said: Array(buckets).fill(0), true: Array(buckets).fill(0) };
  for (const [device, truth] of truths.entries()) {
    const sign = signers[device];
    if (sign === undefined) throw new Error(`no device ${device}`);
    const answer = await answers(sign, metric, epoch, truth);
    tally.said[answer] = (tally.said[answer] ?? 0) + 1;
    tally.true[truth] = (tally.true[truth] ?? 0) + 1;
  }
  return tally;
}
