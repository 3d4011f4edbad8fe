import { type IntentExample, type IntentHead, IntentModel } from '../../src/behaviour/intent/intent-model';
import { KeptDirections } from '../../src/behaviour/intent/kept-directions';
import type { TextDirections } from '../../src/behaviour/intent/text-directions';
import { seededRandom } from '../../src/core/random';
import { option, printTable, type TidyRow, writeJsonIfAsked } from '../report';
import { meanAndSpread } from '../speech/statistics';
import { type Classifier, mostSimilarExample, nearestCentroid } from './baselines';
import { calibrate } from './calibrate';
import { drawExamples, type IntentDataset, readBanking, readClinc } from './datasets';
import { openHostedModel } from './hosted-model';
import { readTextTable } from './text-table-file';
import { headTrainer } from './train-head';

/**
 * How well typed texts are told apart after a few examples, and texts that mean none of it are told from them, on two
 * public data sets. Each row is the mean over draws of the examples, and their spread.
 *
 *     npm run bench:intent -- --data DIR [--seeds 5] [--only CLINC150] [--k 1,5,10,all] [--net] [--model DIR] [--json FILE]
 *     npm run bench:intent -- --data DIR --calibrate [--net]
 *
 * `--net` measures Echo with its dense head beside Echo without; without `--calibrate` as if it were always used.
 * `--model` compares texts by the sentence encoder in a folder, as an operator hosts it, instead of by the table.
 * DIR has `clinc/data/data_full.json` and `banking/banking_data/{train,test}.csv`.
 */
const folder = option('data');
if (folder === undefined) throw new Error('--data DIR is missing: the folder with clinc/ and banking/');
const seeds = Number(option('seeds') ?? 5);
const sizes = (option('k') ?? '1,5,10,all')
  .split(',')
  .map((k) => (k === 'all' ? Number.POSITIVE_INFINITY : Number(k)));
const datasets = [readClinc(folder), readBanking(folder)].filter(
  ({ name }) => (option('only') ?? name) === name,
);
const directions = await directionsAsked();
const trainHead = process.argv.includes('--net') ? await headTrainer(directions) : undefined;

if (process.argv.includes('--calibrate')) {
  await calibrate(readBanking(folder), directions, trainHead);
} else {
  const rows: TidyRow[] = [];
  for (const dataset of datasets) for (const k of sizes) rows.push(...(await measure(dataset, k)));
  printTable(rows, ['data', 'k', 'method', 'accuracy', 'spread', 'auroc', 'aurocSpread', 'fitMs', 'textMs']);
  writeJsonIfAsked(rows);
}

/** Those that ship, or with `--model` those of a model as an operator hosts it. */
async function directionsAsked(): Promise<TextDirections> {
  const model = option('model');
  if (model === undefined) return readTextTable();
  const { encoder, close } = await openHostedModel(model);
  const kept = new KeptDirections(encoder);
  const before = performance.now();
  const texts = datasets.flatMap(({ train, test, outOfScope }) => [
    ...[...train, ...test].map(({ text }) => text),
    ...outOfScope,
  ]);
  await kept.prepare(texts);
  const eachMs = (performance.now() - before) / texts.length;
  console.error(JSON.stringify({ space: kept.id, dimensions: kept.dimensions, texts: texts.length, eachMs }));
  await close();
  return kept;
}

interface Run {
  /** Per cent. */
  readonly accuracy: number;
  readonly auroc: number | undefined;
  readonly fitMs: number;
  readonly textMs: number;
}

type Train = (examples: readonly IntentExample[]) => Classifier | Promise<Classifier>;

async function measure(dataset: IntentDataset, k: number): Promise<readonly TidyRow[]> {
  const isFull = k === Number.POSITIVE_INFINITY;
  const methods: Readonly<Record<string, Train>> = {
    echo: (examples) => echoClassifier(new IntentModel(examples, directions)),
    ...(trainHead === undefined
      ? {}
      : {
          'echo, with net': async (examples) =>
            echoClassifier(new IntentModel(examples, directions), await trainHead(examples)),
        }),
    'echo, letters only': (examples) => echoClassifier(new IntentModel(examples, undefined)),
    'most similar example': mostSimilarExample,
    'nearest centroid': nearestCentroid,
  };
  const rows: TidyRow[] = [];
  for (const [method, train] of Object.entries(methods)) {
    // Against 15,000 examples it takes an hour, and says nothing about few examples. A net is trained on 800 at most.
    if (isFull && (method === 'most similar example' || method === 'echo, with net')) continue;
    const runs: Run[] = [];
    for (let seed = 0; seed < (isFull ? 1 : seeds); seed += 1) {
      const examples = drawExamples(dataset.train, k, seededRandom(seed + 1));
      const before = performance.now();
      const classify = await train(examples);
      const fitMs = performance.now() - before;
      const answers = dataset.test.map(({ text, intent }) => ({ intent, answer: classify(text) }));
      const textMs = (performance.now() - before - fitMs) / dataset.test.length;
      const right = answers.filter(({ intent, answer }) => answer.intent === intent).length;
      const inScope = answers.map(({ answer }) => answer.score);
      const outOfScope = dataset.outOfScope.map((text) => classify(text).score);
      runs.push({
        accuracy: (100 * right) / answers.length,
        auroc: outOfScope.length === 0 ? undefined : areaUnderRoc(inScope, outOfScope),
        fitMs,
        textMs,
      });
    }
    const accuracy = meanAndSpread(runs.map((run) => run.accuracy));
    const aurocs = runs.flatMap((run) => run.auroc ?? []);
    const auroc = aurocs.length === 0 ? undefined : meanAndSpread(aurocs);
    const row = {
      data: dataset.name,
      k: isFull ? 'all' : k,
      method,
      accuracy: accuracy.value,
      spread: accuracy.spread,
      ...(auroc === undefined ? {} : { auroc: auroc.value.toFixed(3), aurocSpread: auroc.spread.toFixed(3) }),
      fitMs: Math.round(meanAndSpread(runs.map((run) => run.fitMs)).value),
      textMs: meanAndSpread(runs.map((run) => run.textMs)).value,
    };
    console.error(JSON.stringify(row));
    rows.push(row);
  }
  return rows;
}

function echoClassifier(model: IntentModel, head?: IntentHead): Classifier {
  return (text) => {
    const [best] = model.rank(text, head);
    return { intent: best?.intent ?? '', score: best?.confidence ?? 0 };
  };
}

/** Chance that a text of the first kind scores higher than one of the second; ties count half. */
function areaUnderRoc(higher: readonly number[], lower: readonly number[]): number {
  const all = [
    ...higher.map((score) => ({ score, isHigher: true })),
    ...lower.map((score) => ({ score, isHigher: false })),
  ];
  all.sort((a, b) => a.score - b.score);
  let ranks = 0;
  for (let from = 0; from < all.length; ) {
    let to = from;
    while (to < all.length && all[to]?.score === all[from]?.score) to += 1;
    for (let at = from; at < to; at += 1) if (all[at]?.isHigher === true) ranks += (from + to + 1) / 2;
    from = to;
  }
  return (ranks - (higher.length * (higher.length + 1)) / 2) / (higher.length * lower.length);
}
