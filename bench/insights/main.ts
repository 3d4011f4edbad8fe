import type { MetricId } from '../../src/insights/protocol/metrics';
import { option, printTable, type TidyRow, writeJsonIfAsked } from '../report';
import { cellErrors } from './accuracy';
import { averaged, linkedYear, poisoned } from './attacks';
import { checkSigner, keyOfDevice, signerOf } from './devices';
import { audit, biased } from './privacy-audit';
import { wholePath } from './whole-path';

/**
 * `npm run bench:insights`: populations of simulated devices, each with a key of its own, answer through the code of
 * the app, and the endpoint's code works back from the answers. Fails when a cell's error is more than 15 % from
 * theory, when ε is more than promised, when planted bias is not found, or when averaging pays. `--rounds N` and
 * `--draws N` for a shorter or a more exact run, `--only accuracy` (`path`, `audit`, `averaging`, `poisoning`) for one
 * part. Keys are fixed, so two runs of the same length are the same.
 */

const ROUNDS = Number(option('rounds') ?? 200);
const DRAWS = Number(option('draws') ?? 1_000_000);
const POPULATIONS = [1_000, 5_000, 20_000, 100_000];
const METRICS: readonly MetricId[] = ['action-undone', 'phrases-taught'];
const TOLERANCE = 0.15;
const MOST_RECOVERED = 0.75;

await checkSigner();
const signers = Array.from({ length: Math.max(...POPULATIONS) }, (_, device) =>
  signerOf(keyOfDevice(device)),
);
const failures: string[] = [];
const check = (isMet: boolean, what: string): void => {
  if (!isMet) failures.push(what);
};

async function compareWithTheory(): Promise<readonly TidyRow[]> {
  const rows: TidyRow[] = [];
  console.log(`Error of each cell, Zipf truth, ${ROUNDS} rounds, in points (1 point = 1 % of devices)\n`);
  for (const metric of METRICS) {
    for (const devices of POPULATIONS) {
      const { cells, isPublished } = await cellErrors(signers.slice(0, devices), metric, devices, ROUNDS);
      for (const { bucket, trueShare, errorPoints, theoryPoints, rawErrorPoints, covered } of cells) {
        const ratio = errorPoints / theoryPoints;
        const name = `${metric}, ${devices} devices, bucket ${bucket}`;
        check(Math.abs(ratio - 1) <= TOLERANCE, `${name}: error is ${ratio.toFixed(2)} of theory`);
        rows.push({
          bench: 'insights',
          part: 'accuracy',
          metric,
          devices,
          bucket,
          true: 100 * trueShare,
          error: errorPoints,
          theory: theoryPoints,
          ratio,
          'raw counts': rawErrorPoints,
          'in 95 %': 100 * covered,
          published: isPublished,
        });
      }
    }
  }
  printTable(rows, [
    'metric',
    'devices',
    'bucket',
    'true',
    'error',
    'theory',
    'ratio',
    'raw counts',
    'in 95 %',
    'published',
  ]);
  return rows;
}

async function walkTheWholePath(): Promise<readonly TidyRow[]> {
  console.log(
    '\nThe whole path, first report of every device: questions dealt, bytes encoded, parsed, counted\n',
  );
  const paths: TidyRow[] = [];
  for (const devices of POPULATIONS) {
    for (const { metric, estimate, trueShares } of await wholePath(
      signers.slice(0, devices),
      Date.UTC(2026, 0, 1),
    )) {
      const isPublished = estimate.kind === 'estimate';
      const cells = isPublished ? estimate.cells : [];
      const outside = cells.filter(({ low, high }, at) => {
        const share = trueShares[at] ?? 0;
        return share < low || share > high;
      }).length;
      paths.push({
        bench: 'insights',
        part: 'whole path',
        devices,
        metric,
        reports: estimate.reports,
        published: isPublished,
        'largest error': Math.max(
          0,
          ...cells.map(({ share }, at) => 100 * Math.abs(share - (trueShares[at] ?? 0))),
        ),
        'outside 95 %': outside,
      });
    }
  }
  printTable(paths, ['devices', 'metric', 'reports', 'published', 'largest error', 'outside 95 %']);
  return paths;
}

async function auditEpsilon(): Promise<readonly TidyRow[]> {
  console.log(`\nε from outside, ${DRAWS.toLocaleString('en')} draws a truth\n`);
  const audits: TidyRow[] = [];
  for (const metric of METRICS) {
    for (const [mechanism, answers] of [
      ['the app', undefined],
      ['with a planted bias of 0.01', biased(metric)],
    ] as const) {
      const { epsilon, lowerBound } = await audit(metric, DRAWS, answers);
      const isMet = answers === undefined ? lowerBound <= 1 : lowerBound > 1;
      check(isMet, `${metric}, ${mechanism}: the lower bound of ε is ${lowerBound.toFixed(4)}`);
      audits.push({
        bench: 'insights',
        part: 'audit',
        metric,
        mechanism,
        epsilon: epsilon.toFixed(4),
        'lower bound': lowerBound.toFixed(4),
        verdict: lowerBound <= 1 ? 'as promised' : 'more than promised',
      });
    }
  }
  printTable(audits, ['metric', 'mechanism', 'epsilon', 'lower bound', 'verdict']);
  return audits;
}

async function averageAnswers(): Promise<readonly TidyRow[]> {
  console.log('\nAveraging: every answer of a device linked, the majority believed, a yes-or-no question\n');
  const year = await linkedYear(2_000);
  const attacks: TidyRow[] = [
    { attack: 'one answer', recovered: await averaged(10_000, 1, 1) },
    {
      attack: '365 answers to one question in one epoch',
      recovered: await averaged(2_000, 1, 365),
      limit: true,
    },
    { attack: 'a year under the rules, tried daily', recovered: year.recovered, limit: true },
    { attack: 'if there were fresh noise: 24 answers', recovered: await averaged(5_000, 24, 1) },
    { attack: 'if there were fresh noise: 365 answers', recovered: await averaged(1_000, 365, 1) },
  ].map((row) => ({ bench: 'insights', part: 'averaging', ...row, recovered: 100 * row.recovered }));
  for (const { attack, recovered, limit } of attacks) {
    if (limit === true)
      check(Number(recovered) <= 100 * MOST_RECOVERED, `${attack}: ${Number(recovered).toFixed(1)} %`);
  }
  check(year.repeatsAtMost <= 1, `a question was answered ${year.repeatsAtMost} times in a year`);
  printTable(attacks, ['attack', 'recovered']);
  console.log(
    `A year makes ${year.reportsOnAverage.toFixed(1)} reports on average, ${year.reportsAtMost} at most, each question at most once.`,
  );
  return attacks;
}

async function poisonCounts(): Promise<readonly TidyRow[]> {
  console.log('\nPoisoning: one report in a hundred is made up and names the rarest bucket\n');
  const poisonings: TidyRow[] = [];
  for (const metric of METRICS) {
    const { movedPoints, boundPoints } = await poisoned(metric, 19_800, 5);
    poisonings.push({
      bench: 'insights',
      part: 'poisoning',
      metric,
      'moved, points': movedPoints,
      'at most': boundPoints,
    });
  }
  printTable(poisonings, ['metric', 'moved, points', 'at most']);
  return poisonings;
}

const parts = {
  accuracy: compareWithTheory,
  path: walkTheWholePath,
  audit: auditEpsilon,
  averaging: averageAnswers,
  poisoning: poisonCounts,
};
const only = option('only');
const measured: TidyRow[] = [];
for (const [part, measure] of Object.entries(parts)) {
  if (only === undefined || only === part) measured.push(...(await measure()));
}
writeJsonIfAsked(measured);
if (failures.length > 0) {
  console.error(`\nNot as promised:\n${failures.join('\n')}`);
  process.exitCode = 1;
} else console.log('\nEvery check is met.');
