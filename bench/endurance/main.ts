import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { chromiumFlags, ensureChromium } from '../../scripts/chromium';
import type { LatencyBench } from '../latency/page';
import { option, printTable, type TidyRow, writeJsonIfAsked } from '../report';
import { serveEnginePage } from '../serve-page';

/**
 * `npm run bench:endurance [-- --utterances 10000 --every 1000]`: whether memory stays flat. The production engine in
 * Chromium, taught the built-in phrases, is told utterance after utterance, with encoder, history and vault as ever; the
 * garbage is collected before each look. The baseline is the first look, after a tenth of them: what grows from there on
 * would grow for ever.
 */

declare const bench: LatencyBench;

const UTTERANCES = Number(option('utterances') ?? 10_000);
const EVERY = Number(option('every') ?? UTTERANCES / 10);
const OUT = 'dist-bench-endurance';

const server = await serveEnginePage(OUT, {
  port: 4796,
  // Only a page that shares its process with nobody may ask how much memory it and its workers hold.
  headers: {
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
  },
});
const folder = mkdtempSync(join(tmpdir(), 'claude-echo-endurance-'));
const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
  executablePath: ensureChromium(),
  args: [...chromiumFlags(), '--enable-blink-features=ForceEagerMeasureMemory'],
});

/** What page and workers hold after a collection of garbage, in MiB: all of it, and each by the file it was made from. */
async function heldMiB(page: Page): Promise<Readonly<Record<string, number>>> {
  const { bytes, breakdown } = await page.evaluate(async () => {
    interface Measured {
      readonly bytes: number;
      readonly breakdown: readonly {
        readonly bytes: number;
        readonly attribution: readonly { readonly url: string; readonly scope: string }[];
      }[];
    }
    const { measureUserAgentSpecificMemory: measure } = performance as Performance & {
      measureUserAgentSpecificMemory?: () => Promise<Measured>;
    };
    return (await measure?.call(performance)) ?? { bytes: Number.NaN, breakdown: [] };
  });
  const held: Record<string, number> = { heldMiB: bytes / 2 ** 20 };
  for (const { bytes: part, attribution } of breakdown)
    for (const { url, scope } of attribution) {
      const name = scope === 'Window' ? 'page' : (/([\w.]+)-[\w-]+\.js$/.exec(url)?.[1] ?? url);
      held[`held by ${name}`] = (held[`held by ${name}`] ?? 0) + part / 2 ** 20;
    }
  return held;
}

/** Memory of the process that holds page and workers, in bytes; Linux only. */
async function residentBytes(): Promise<number> {
  const session = await context.browser()?.newBrowserCDPSession();
  if (session === undefined) return Number.NaN;
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0));
  return 1_024 * Math.max(...sizes);
}

const rows: TidyRow[] = [];
try {
  const page = await context.newPage();
  await page.goto(server.url);
  await page.waitForFunction(() => typeof bench === 'object' && bench.ready());
  await page.evaluate(() => bench.create());
  await page.evaluate(() => bench.teachSamples());
  for (let told = 0; told < UTTERANCES; told += EVERY) {
    const { accepted, encoded } = await page.evaluate((count) => bench.saySamples(count), EVERY);
    const conditions = { bench: 'endurance', utterances: told + EVERY };
    const tensors = await page.evaluate(() => bench.tensors());
    const seen: TidyRow[] = Object.entries(await heldMiB(page)).map(([metric, value]) => ({
      ...conditions,
      metric,
      value,
    }));
    seen.push(
      { ...conditions, metric: 'residentMiB', value: (await residentBytes()) / 2 ** 20 },
      { ...conditions, metric: 'tensors', value: tensors?.tensors ?? Number.NaN },
      { ...conditions, metric: 'tensorKiB', value: (tensors?.bytes ?? Number.NaN) / 2 ** 10 },
      { ...conditions, metric: 'acceptedShare', value: accepted / EVERY },
      { ...conditions, metric: 'encodedShare', value: encoded / EVERY },
    );
    rows.push(...seen);
    console.log(seen.map(({ metric, value }) => `${metric} ${Number(value).toFixed(2)}`).join('  '));
  }
} finally {
  await context.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
  rmSync(OUT, { recursive: true, force: true });
}
printTable(rows, ['utterances', 'metric', 'value']);
writeJsonIfAsked(rows);
