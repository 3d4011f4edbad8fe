import type { Spend } from '../../src/insights/budget';
import { draftReport, type MetricValues } from '../../src/insights/draft-report';
import { DAY_MS, epochOf } from '../../src/insights/epoch';
import { estimateCell, movedByFakes } from '../../src/insights/protocol/estimate';
import { bucketCount, type MetricId, metricIds } from '../../src/insights/protocol/metrics';
import { responseWeights } from '../../src/insights/protocol/randomised-response';
import { askAll, asTheApp, keyOfDevice, population, signerOf } from './devices';

const START_MS = Date.UTC(2026, 0, 1);
const YES_NO: MetricId = 'action-undone';

/** What was said most often; of a tie, what was said first. */
function mostSaid(answers: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? 0;
}

/**
 * Somebody links every answer of a device to one yes-or-no question and believes the majority.
 *
 * @param epochs in how many epochs the device is asked
 * @param timesAnEpoch how often in each
 * @returns share of devices whose truth is recovered
 */
export async function averaged(devices: number, epochs: number, timesAnEpoch: number): Promise<number> {
  let recovered = 0;
  for (let device = 0; device < devices; device += 1) {
    const sign = signerOf(keyOfDevice(device));
    const truth = device % 2;
    const answers: number[] = [];
    for (let epoch = 0; epoch < epochs; epoch += 1) {
      for (let time = 0; time < timesAnEpoch; time += 1) {
        answers.push(await asTheApp(sign, YES_NO, epoch, truth));
      }
    }
    if (mostSaid(answers) === truth) recovered += 1;
  }
  return recovered / devices;
}

export interface LinkedYear {
  /** Of truths behind yes-or-no questions that were answered. */
  readonly recovered: number;
  readonly reportsOnAverage: number;
  readonly reportsAtMost: number;
  readonly repeatsAtMost: number;
}

/** A year of the rules as they are, tried every day, with every report linked to its device. */
export async function linkedYear(devices: number): Promise<LinkedYear> {
  let [recovered, truths, reports, reportsAtMost, repeatsAtMost] = [0, 0, 0, 0, 0];
  for (let device = 0; device < devices; device += 1) {
    const sign = signerOf(keyOfDevice(device));
    const values = Object.fromEntries(
      metricIds.map((metric, at) => [metric, (device * 7 + at * 3) % bucketCount(metric)]),
    ) as MetricValues;
    const spends: (Spend & { readonly answer: number })[] = [];
    for (let day = 0; day < 365; day += 1) {
      const nowMs = START_MS + day * DAY_MS;
      const next = await draftReport(sign, nowMs, spends, values);
      if (next.kind === 'draft') spends.push({ ...next.draft, epoch: epochOf(nowMs), atMs: nowMs });
    }
    reports += spends.length;
    reportsAtMost = Math.max(reportsAtMost, spends.length);
    for (const metric of metricIds) {
      const answers = spends.filter((spend) => spend.metric === metric).map(({ answer }) => answer);
      repeatsAtMost = Math.max(repeatsAtMost, answers.length);
      if (answers.length === 0 || bucketCount(metric) !== 2) continue;
      truths += 1;
      if (mostSaid(answers) === values[metric]) recovered += 1;
    }
  }
  return {
    recovered: recovered / truths,
    reportsOnAverage: reports / devices,
    reportsAtMost,
    repeatsAtMost,
  };
}

/** Fakes who all say the rarest bucket: how far it moves, in points, and how far it can at most. */
export async function poisoned(
  metric: MetricId,
  devices: number,
  rounds: number,
): Promise<{ readonly movedPoints: number; readonly boundPoints: number }> {
  const buckets = bucketCount(metric);
  const weights = responseWeights(buckets);
  const truths = population(devices, metric);
  const signers = Array.from(truths, (_, device) => signerOf(keyOfDevice(device)));
  const fakes = devices / 99;
  const target = buckets - 1;
  let moved = 0;
  for (let round = 0; round < rounds; round += 1) {
    const { said } = await askAll(signers, truths, metric, 2_000_000 + round);
    const honest = estimateCell(weights, said[target] ?? 0, devices).share;
    const fooled = estimateCell(weights, (said[target] ?? 0) + fakes, devices + fakes).share;
    moved += fooled - honest;
  }
  return { movedPoints: (100 * moved) / rounds, boundPoints: 100 * movedByFakes(weights, 0.01) };
}
