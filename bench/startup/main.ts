import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { chromium, type Page } from 'playwright';
import { build, preview } from 'vite';
import { chromiumFlags, ensureChromium } from '../../scripts/chromium';
import { median, option, printTable, type TidyRow, writeJsonIfAsked } from '../report';

/**
 * `npm run bench:startup`: the production build in Chromium. How much is downloaded before the first screen
 * answers, and how long that takes on a first visit and from the service worker. The baseline, an empty page
 * from the same server in the same browser, tells how much of it is the machine.
 */

const RUNS = Number(option('runs') ?? 7);
const OUT = 'dist-bench';

process.env['ECHO_OUT'] = OUT;
await build({ logLevel: 'error' });
const server = await preview({
  configFile: false,
  logLevel: 'error',
  base: './',
  build: { outDir: OUT },
  preview: { host: '127.0.0.1', port: 4790, strictPort: false },
});
const url = server.resolvedUrls?.local[0] ?? '';

interface Visit {
  readonly interactiveMs: number;
  readonly bodies: readonly { readonly url: string; readonly bytes: Buffer }[];
}

async function visit(page: Page, address: string, isReady: string): Promise<Visit> {
  const bodies: Promise<{ url: string; bytes: Buffer } | undefined>[] = [];
  let isInteractive = false;
  page.on('response', (response) => {
    if (isInteractive) return;
    bodies.push(
      response.body().then(
        (bytes) => ({ url: response.url(), bytes }),
        // A response that the service worker answered from its cache has no body here.
        () => undefined,
      ),
    );
  });
  await page.goto(address, { waitUntil: 'commit' });
  const handle = await page.waitForFunction(
    (selector) => (document.querySelector(selector) === null ? false : performance.now()),
    isReady,
    { polling: 'raf' },
  );
  const interactiveMs = Number(await handle.jsonValue());
  isInteractive = true;
  const found = await Promise.all(bodies);
  return { interactiveMs, bodies: found.filter((body) => body !== undefined) };
}

/** The first screen's button answers; before, nothing can be done. */
const READY = 'form button[type="submit"], [data-talk-ring]';

async function measure(): Promise<{ cold: Visit; warm: number; baseline: number }> {
  const profile = mkdtempSync(join(tmpdir(), 'claude-echo-bench-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: ensureChromium(),
    args: chromiumFlags(),
  });
  try {
    const empty = await context.newPage();
    const baseline = await visit(empty, `${url}icons/icon.svg`, 'svg');
    const page = await context.newPage();
    const cold = await visit(page, url, READY);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.close();
    const again = await context.newPage();
    const warm = await visit(again, url, READY);
    return { cold, warm: warm.interactiveMs, baseline: baseline.interactiveMs };
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

const runs = [];
for (let run = 0; run < RUNS; run += 1) runs.push(await measure());
await server.close();
rmSync(OUT, { recursive: true, force: true });

const [first] = runs;
if (first === undefined) throw new Error('at least one run is needed: --runs 1');
const files = first.cold.bodies.map(({ url: address, bytes }) => ({
  file: new URL(address).pathname,
  rawKb: bytes.length / 1000,
  gzipKb: gzipSync(bytes, { level: 9 }).length / 1000,
  brotliKb: brotliCompressSync(bytes).length / 1000,
}));
printTable(files, ['file', 'rawKb', 'gzipKb', 'brotliKb']);

const sum = (key: 'rawKb' | 'gzipKb' | 'brotliKb'): number =>
  files.reduce((total, file) => total + file[key], 0);
const rows: TidyRow[] = [
  { bench: 'startup', metric: 'brotliKbBeforeInteraction', value: sum('brotliKb') },
  { bench: 'startup', metric: 'gzipKbBeforeInteraction', value: sum('gzipKb') },
  { bench: 'startup', metric: 'requestsBeforeInteraction', value: files.length },
  {
    bench: 'startup',
    metric: 'coldInteractiveMs',
    value: median(runs.map(({ cold }) => cold.interactiveMs)),
  },
  { bench: 'startup', metric: 'serviceWorkerInteractiveMs', value: median(runs.map(({ warm }) => warm)) },
  { bench: 'startup', metric: 'emptyPageMs', value: median(runs.map(({ baseline }) => baseline)) },
];
console.log(`\nmedians of ${RUNS} runs, each in a fresh profile`);
printTable(rows, ['metric', 'value']);
writeJsonIfAsked(rows);
