import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { chromiumFlags, chromiumVersion, ensureChromium } from '../../scripts/chromium';
import { median, option, percentile, printTable, type TidyRow, writeJsonIfAsked } from '../report';
import { DAYS } from './observations';
import type { StoreBench } from './page';

/**
 * `npm run bench:store`: the vault against Dexie alone, with the same rows in the same run of Chromium, taking
 * turns. `--full` goes on to a million rows, `--rows N` to as many; `--only bulk` (`single`, `rotation`, `large`)
 * measures one part. Rates depend on whatever else the machine does; ratios far less.
 */

declare const bench: StoreBench;

const OUT = 'dist-bench-store';
const PASSPHRASE = 'a bench of passphrases';
const LARGE = Number(option('rows') ?? (process.argv.includes('--full') ? 1_000_000 : 100_000));
const ROTATED = 5_000;
const only = option('only');
const isAsked = (part: string): boolean => only === undefined || only === part;

await build({
  configFile: false,
  root: 'bench/store',
  base: './',
  publicDir: false,
  logLevel: 'error',
  build: { outDir: join(process.cwd(), OUT), emptyOutDir: true, target: 'es2022' },
});
const server = await preview({
  configFile: false,
  logLevel: 'error',
  build: { outDir: OUT },
  preview: { host: '127.0.0.1', port: 4793, strictPort: false },
});
const executablePath = ensureChromium();
const profile = mkdtempSync(join(tmpdir(), 'claude-echo-bench-'));
const context = await chromium.launchPersistentContext(profile, { executablePath, args: chromiumFlags() });
const page = await context.newPage();
await page.goto(server.resolvedUrls?.local[0] ?? '');
await page.waitForFunction(() => typeof bench === 'object');
const devtools = await context.newCDPSession(page);

const rows: TidyRow[] = [];
const kinds = ['encrypted', 'plain'] as const;

/** `values` of both stores become one row, with what the vault reaches of plain Dexie. */
function compare(
  metric: string,
  count: number,
  unit: string,
  values: Record<(typeof kinds)[number], number>,
) {
  const isRate = unit.endsWith('/s');
  rows.push({
    bench: 'store',
    metric,
    rows: count,
    unit,
    ...values,
    ratio: isRate ? values.encrypted / values.plain : values.plain / values.encrypted,
  });
}

function report(metric: string, count: number, unit: string, encrypted: number): void {
  rows.push({ bench: 'store', metric, rows: count, unit, encrypted });
}

async function heapMiB(): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  return usedSize / 2 ** 20;
}

async function benchBulk(): Promise<void> {
  await page.evaluate(() => bench.open());
  for (const kind of kinds) await page.evaluate((given) => bench.store(given, 0, 2_000, 2_000), kind);
  await page.evaluate(() => bench.delete());
  for (const [count, repeats] of [
    [1_000, 9],
    [10_000, 5],
    [100_000, 1],
  ] as const) {
    const stored = { encrypted: [] as number[], plain: [] as number[] };
    const read = { encrypted: [] as number[], plain: [] as number[] };
    for (let turn = 0; turn < repeats; turn += 1) {
      await page.evaluate(() => bench.open());
      // Slices of both take turns, so that whatever else the machine does hits both alike.
      const slice = Math.min(count, 10_000);
      const took = { encrypted: 0, plain: 0 };
      for (let from = 0; from < count; from += slice) {
        const order = (turn + from / slice) % 2 === 0 ? kinds : [...kinds].reverse();
        for (const kind of order) {
          took[kind] += await page.evaluate(
            ([given, first, after, all]) => bench.store(given, first, after, all),
            [kind, from, from + slice, count] as const,
          );
        }
      }
      for (const kind of kinds) {
        stored[kind].push(count / (took[kind] / 1000));
        const readMs = await page.evaluate(([given, all]) => bench.readAll(given, all), [
          kind,
          count,
        ] as const);
        read[kind].push(count / (readMs / 1000));
      }
      await page.evaluate(() => bench.delete());
    }
    const medians = (values: typeof stored) => ({
      encrypted: median(values.encrypted),
      plain: median(values.plain),
    });
    compare('bulk store, 1,000 a call', count, 'rows/s', medians(stored));
    compare('read all, 1,000 a page', count, 'rows/s', medians(read));
  }
}

async function benchSingle(): Promise<void> {
  await page.evaluate(() => bench.open());
  const took = { encrypted: [] as number[], plain: [] as number[] };
  for (let turn = 0; turn < 6; turn += 1) {
    for (const kind of kinds)
      took[kind].push(...(await page.evaluate((given) => bench.single(given, 50), kind)));
  }
  for (const share of [0.5, 0.95]) {
    compare(`single write p${share * 100}`, 1, 'ms', {
      encrypted: percentile(took.encrypted, share),
      plain: percentile(took.plain, share),
    });
  }
  await page.evaluate(() => bench.delete());
}

async function benchRotation(): Promise<void> {
  await page.evaluate(() => bench.open());
  await page.evaluate((count) => bench.store('encrypted', 0, count, count), ROTATED);
  const rates: number[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    const { tookMs, resealed } = await page.evaluate(() => bench.rotate());
    if (resealed !== ROTATED) throw new Error(`${resealed} of ${ROTATED} rows were sealed anew`);
    rates.push(resealed / (tookMs / 1000));
  }
  report('rotation of every key, 500 a step', ROTATED, 'rows/s', median(rates));
  await page.evaluate(() => bench.delete());
}

async function benchLarge(): Promise<void> {
  await page.evaluate(() => bench.open());
  const heapBefore = await heapMiB();
  const storeMs = { encrypted: 0, plain: 0 };
  for (let from = 0; from < LARGE; from += 20_000) {
    for (const kind of kinds) {
      storeMs[kind] += await page.evaluate(
        ([given, first, all, days]) => bench.store(given, first, first + 20_000, all, days),
        [kind, from, LARGE, DAYS] as const,
      );
    }
    if (LARGE > 100_000 && (from + 20_000) % 100_000 === 0) console.log(`${from + 20_000} rows stored`);
  }
  compare('bulk store into a large store', LARGE, 'rows/s', {
    encrypted: LARGE / (storeMs.encrypted / 1000),
    plain: LARGE / (storeMs.plain / 1000),
  });
  report('heap after storing, beyond an empty store', LARGE, 'MiB', (await heapMiB()) - heapBefore);
  const took = { encrypted: [] as number[], plain: [] as number[] };
  for (let turn = 0; turn < 6; turn += 1) {
    for (const kind of kinds)
      took[kind].push(...(await page.evaluate((given) => bench.ask(given, 40), kind)).took);
  }
  const again = await page.evaluate(() => bench.askAgain(100));
  for (const share of [0.5, 0.95]) {
    compare(`query of person, kind and month p${share * 100}`, LARGE, 'ms', {
      encrypted: percentile(took.encrypted, share),
      plain: percentile(took.plain, share),
    });
    report(`the same query again, from memory p${share * 100}`, LARGE, 'ms', percentile(again, share));
  }
  report('heap with a full cache, beyond an empty store', LARGE, 'MiB', (await heapMiB()) - heapBefore);
  const opening: number[] = [];
  for (let turn = 0; turn < 7; turn += 1) opening.push(await page.evaluate(() => bench.openVault()));
  report('open the vault', LARGE, 'ms', median(opening));
  // A million rows opened one by one take minutes, and are known from a tenth of them.
  if (LARGE <= 100_000) {
    report('statistics of everything', LARGE, 'ms', await page.evaluate(() => bench.statistics()));
  }
  await page.evaluate((given) => bench.protect(given), PASSPHRASE);
  const hashing: number[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    hashing.push(await page.evaluate((given) => bench.openVault(given), PASSPHRASE));
  }
  report('open the vault, passphrase hash included', LARGE, 'ms', median(hashing));
}

try {
  if (isAsked('bulk')) await benchBulk();
  if (isAsked('single')) await benchSingle();
  if (isAsked('rotation')) await benchRotation();
  if (isAsked('large')) await benchLarge();
} finally {
  await context.close();
  await server.close();
  rmSync(OUT, { recursive: true, force: true });
  rmSync(profile, { recursive: true, force: true });
}
console.log(`${chromiumVersion(executablePath)}; ratio: what the vault reaches of plain Dexie`);
printTable(rows, ['metric', 'rows', 'unit', 'encrypted', 'plain', 'ratio']);
writeJsonIfAsked(rows);
