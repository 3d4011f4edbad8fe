import { median, option, printTable, type TidyRow, writeJsonIfAsked } from '../../bench/report';
import { atRest } from './at-rest';
import { auditTampered } from './audit-tampered';
import { badBackups } from './bad-backups';
import { clockJumps } from './clock-jumps';
import { corruptRecords } from './corrupt-records';
import { editedKdf } from './edited-kdf';
import { closeEndpointLab, endpointFaults } from './endpoint/faults';
import { evicted, evictedUnderApp } from './evicted';
import { fullDisk } from './full-disk';
import { graphicsCrashed } from './graphics-crashed';
import { browserKilled, rendererKilled, writeTorn } from './killed-mid-write';
import { oldTab } from './old-tab';
import { rotationKilled } from './rotation-killed';
import { shredded } from './shredded';
import { type Fault, Tally } from './support/fault';
import { serveHarness } from './support/harness-server';
import { Lab } from './support/lab';
import { holderCrashed, tabsContend } from './tabs';
import { unopenableStore } from './unopenable-store';
import { wrongKeys } from './wrong-keys';
import { wrongPassphrase } from './wrong-passphrase';

/**
 * `npm run test:faults`: makes to the store, its keys, tabs, space and clock whatever may happen to them, in real
 * Chromium, and counts what is lost. `--long` tries as often as `security.md` asks before a release; `--only WORD`
 * runs the faults whose title has that word; `--json FILE` writes the table.
 */

const faults: readonly Fault[] = [
  rendererKilled,
  browserKilled,
  writeTorn,
  fullDisk,
  evicted,
  evictedUnderApp,
  corruptRecords,
  unopenableStore,
  graphicsCrashed,
  wrongPassphrase,
  wrongKeys,
  editedKdf,
  rotationKilled,
  holderCrashed,
  tabsContend,
  oldTab,
  clockJumps,
  auditTampered,
  badBackups,
  atRest,
  shredded,
  ...endpointFaults,
];

const MOST_PROBLEMS_SHOWN = 5;

async function endure(fault: Fault, lab: Lab): Promise<TidyRow> {
  const tally = new Tally();
  const startedAt = performance.now();
  try {
    await fault.run(lab, tally);
  } catch (failure) {
    tally.tried(`the test itself failed: ${failure instanceof Error ? (failure.stack ?? failure) : failure}`);
  }
  await lab.tidy();
  const verdict = tally.skipped !== undefined ? 'skipped' : tally.hasMet(fault) ? 'met' : 'NOT MET';
  const tookSeconds = (performance.now() - startedAt) / 1000;
  const mark = { met: '✓', skipped: '–', 'NOT MET': '✗' }[verdict];
  console.log(`${mark} ${fault.title} (${tookSeconds.toFixed(1)} s)`);
  if (tally.skipped !== undefined) console.log(`    skipped: ${tally.skipped}`);
  for (const problem of tally.problems.slice(0, MOST_PROBLEMS_SHOWN)) console.log(`    ${problem}`);
  const unseen = tally.problems.length - MOST_PROBLEMS_SHOWN;
  if (unseen > 0) console.log(`    and ${unseen} more`);
  return {
    fault: fault.title,
    tries: tally.tries,
    survived: tally.survived,
    lost: tally.lost,
    ...(tally.waitsMs.length === 0
      ? {}
      : { medianMs: Math.round(median(tally.waitsMs)), slowestMs: Math.round(Math.max(...tally.waitsMs)) }),
    target: fault.target,
    verdict,
  };
}

const only = option('only') ?? '';
const harness = await serveHarness();
const lab = new Lab(harness.url, process.argv.includes('--long'));
const rows: TidyRow[] = [];
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(
    signal,
    () => void Promise.all([lab.close(), closeEndpointLab()]).finally(() => process.exit(1)),
  );
try {
  for (const fault of faults.filter(({ title }) => title.includes(only))) rows.push(await endure(fault, lab));
} finally {
  await lab.close();
  await closeEndpointLab();
  await harness.stop();
}

console.log('');
printTable(rows, ['fault', 'tries', 'survived', 'lost', 'medianMs', 'slowestMs', 'target', 'verdict']);
writeJsonIfAsked(rows);
const counted = (verdict: string): number => rows.filter((row) => row.verdict === verdict).length;
const failed = counted('NOT MET');
const skipped = counted('skipped');
console.log(`\n${counted('met')} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed === 0 && rows.length > 0 ? 0 : 1);
