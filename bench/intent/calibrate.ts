import { signalValues } from '../../src/behaviour/intent/intent-confidence';
import { IntentModel } from '../../src/behaviour/intent/intent-model';
import type { TextDirections } from '../../src/behaviour/intent/text-directions';
import { seededRandom, shuffled } from '../../src/core/random';
import { drawExamples, type IntentDataset } from './datasets';
import type { TrainHead } from './train-head';

interface Judged {
  readonly values: readonly number[];
  readonly isRight: boolean;
}

const EPISODES = 60;
const TEXTS_EACH = 60;

/**
 * Fits the confidence of `intent-confidence.ts`: in each episode somebody has 5 to 50 of the intents with 1 to 10
 * examples each, and types texts of those, and a third as often texts of intents they do not have. Prints the weights, and
 * how far the confidence was off in episodes that were not used to fit it.
 */
export async function calibrate(
  dataset: IntentDataset,
  directions: TextDirections,
  trainHead: TrainHead | undefined,
): Promise<void> {
  const random = seededRandom(7);
  const judged: (readonly Judged[])[] = [];
  for (let at = 0; at < EPISODES; at += 1) judged.push(await episode(dataset, directions, trainHead, random));
  const fitting = judged.slice(0, EPISODES / 2).flat();
  const held = judged.slice(EPISODES / 2).flat();
  const fitted = fitLogistic(fitting);
  console.log(JSON.stringify(fitted));
  const bins = Array.from({ length: 10 }, () => ({ count: 0, confidence: 0, right: 0 }));
  for (const { values, isRight } of held) {
    const confidence = logistic(values, fitted);
    const bin = bins[Math.min(9, Math.floor(confidence * 10))];
    if (bin === undefined) continue;
    bin.count += 1;
    bin.confidence += confidence;
    bin.right += isRight ? 1 : 0;
  }
  let off = 0;
  for (const { count, confidence, right } of bins) {
    if (count === 0) continue;
    off += Math.abs(confidence - right) / held.length;
    console.log(`said ${(confidence / count).toFixed(2)}  was ${(right / count).toFixed(2)}  of ${count}`);
  }
  console.log(`expected calibration error ${off.toFixed(3)} over ${held.length} texts`);
}

async function episode(
  dataset: IntentDataset,
  directions: TextDirections,
  trainHead: TrainHead | undefined,
  random: () => number,
): Promise<readonly Judged[]> {
  const intents = shuffled([...new Set(dataset.train.map(({ intent }) => intent))], random);
  const own = new Set(intents.slice(0, 5 + Math.floor(random() * 46)));
  // A net needs more: people whose net is used have been at it for a while.
  const sizes = trainHead === undefined ? [1, 2, 3, 5, 10] : [5, 10, 15, 20, 30];
  const each = sizes[Math.floor(random() * 5)] ?? 1;
  const examples = drawExamples(
    dataset.train.filter(({ intent }) => own.has(intent)),
    each,
    random,
  );
  const model = new IntentModel(examples, directions);
  const head = await trainHead?.(examples);
  const taught = new Set(examples.map(({ text }) => text));
  const others = shuffled(dataset.train, random).filter(({ text }) => !taught.has(text));
  const typed = [
    ...others.filter(({ intent }) => own.has(intent)).slice(0, (3 * TEXTS_EACH) / 4),
    ...others.filter(({ intent }) => !own.has(intent)).slice(0, TEXTS_EACH / 4),
  ];
  return typed.flatMap(({ text, intent }) => {
    const answer = model.judge(text, head);
    if (answer === undefined || (head !== undefined && !answer.isOfHead)) return [];
    return [{ values: signalValues(answer.signals), isRight: answer.scored[0]?.intent === intent }];
  });
}

interface Weights {
  readonly bias: number;
  readonly weights: readonly number[];
}

const logistic = (values: readonly number[], { bias, weights }: Weights): number =>
  1 / (1 + Math.exp(-values.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), bias)));

/** Plain gradient descent on the log loss; there are six numbers to find. */
function fitLogistic(judged: readonly Judged[]): Weights {
  const count = judged[0]?.values.length ?? 0;
  let bias = 0;
  let weights = new Array<number>(count).fill(0);
  for (let step = 0; step < 20_000; step += 1) {
    const slopes = new Array<number>(count).fill(0);
    let slope = 0;
    for (const { values, isRight } of judged) {
      const off = logistic(values, { bias, weights }) - (isRight ? 1 : 0);
      slope += off / judged.length;
      for (const [at, value] of values.entries())
        slopes[at] = (slopes[at] ?? 0) + (off * value) / judged.length;
    }
    bias -= slope;
    weights = weights.map((weight, at) => weight - (slopes[at] ?? 0));
  }
  return { bias: rounded(bias), weights: weights.map(rounded) };
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
