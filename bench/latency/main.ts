import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { chromiumFlags, ensureChromium } from '../../scripts/chromium';
import { SAMPLE_RATE_HZ } from '../../src/core/units';
import { FakeMicrophone } from '../../test/e2e/support/fake-microphone';
import { joined, silence } from '../../test/support/signals';
import { clipPath, decodeClip, listClips, type VoiceClip } from '../../test/support/voices';
import { loadEncoderModel } from '../encoder-file';
import { median, option, percentile, printTable, type TidyRow, writeJsonIfAsked } from '../report';
import { serveEnginePage } from '../serve-page';
import { timeEncodes } from './encode-timing';
import type { LatencyBench } from './page';

/**
 * `npm run bench:latency`: the production engine in Chromium, its microphone fed by recordings. Two people's
 * words are taught by file (`--phrases 40`, `--takes 5`), others of their recordings are played one after another,
 * hands-free, and each decision is timed from the endpoint, that is beyond the hangover. The baseline, a library
 * of two phrases in the same browser, tells what does not grow with the library.
 *
 * The encoder's share is measured beside it, without the engine, in Node and in Chromium, on the backends that
 * need no graphics card, and so is loading it from the browser's cache; `--only encode` measures nothing else.
 */

declare const bench: LatencyBench;

const PHRASES = Number(option('phrases') ?? 40);
const TAKES = Number(option('takes') ?? 5);
const UTTERANCES = Number(option('utterances') ?? 60);
const GAP_SECONDS = 0.9;
/** Nobody corrects twice in one breath; what follows a correction on the screen is over by then. */
const BETWEEN_CORRECTIONS_MS = 300;
const OUT = 'dist-bench';

const server = await serveEnginePage(OUT, { port: 4792 });

const bySpeakerAndWord = new Map<string, VoiceClip[]>();
for (const clip of listClips()) {
  if (!clip.set.endsWith('commands') || clip.set.startsWith('english')) continue;
  const key = `${clip.speaker} ${clip.word}`;
  bySpeakerAndWord.set(key, [...(bySpeakerAndWord.get(key) ?? []), clip]);
}
const words = [...bySpeakerAndWord].filter(([, clips]) => clips.length > TAKES);

async function measure(phraseCount: number): Promise<{ decisions: number[]; corrections: number[] }> {
  const taught = words.slice(0, phraseCount);
  const spoken = Array.from({ length: UTTERANCES }, (_, index) => {
    const [, clips] = taught[index % taught.length] as (typeof taught)[number];
    return clips[TAKES + (Math.floor(index / taught.length) % (clips.length - TAKES))] as VoiceClip;
  });
  const folder = mkdtempSync(join(tmpdir(), 'claude-echo-bench-'));
  const microphone = new FakeMicrophone(join(folder, 'microphone.wav'));
  const sounds = await Promise.all(spoken.map(decodeClip));
  const stream = joined(...sounds.flatMap((sound) => [sound, silence(GAP_SECONDS)]));
  microphone.willHear(stream);
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: ensureChromium(),
    args: [...chromiumFlags(), ...microphone.flags('fake')],
  });
  try {
    const page = await context.newPage();
    await page.goto(server.url);
    await page.waitForFunction(() => typeof bench === 'object' && bench.ready());
    await page.evaluate(() => bench.create());
    for (const [name, clips] of taught) {
      const files = clips.slice(0, TAKES).map((clip) => ({
        name: basename(clip.path),
        mimeType: 'audio/flac',
        buffer: readFileSync(clipPath(clip)),
      }));
      await page.locator('input').setInputFiles(files);
      await page.evaluate((given) => bench.teach(given), name);
    }
    await page.waitForFunction(() => bench.state().tuning.kind !== 'training', undefined, {
      timeout: 120_000,
    });
    await page.evaluate(() => bench.handsFree());
    await page.waitForTimeout((stream.length / SAMPLE_RATE_HZ) * 1000 + 3_000);
    await page.evaluate(() => bench.stop());
    const heard = await page.evaluate(() => bench.heard());
    if (heard.length === 0) {
      throw new Error(
        `nothing was heard; the engine says ${JSON.stringify(await page.evaluate(() => bench.state()))}`,
      );
    }
    const corrections: number[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      await page.waitForTimeout(BETWEEN_CORRECTIONS_MS);
      corrections.push(await page.evaluate(() => bench.correct()));
    }
    return { decisions: heard.map(({ decisionMs }) => decisionMs), corrections };
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function inChromium<T>(work: (page: Page) => Promise<T>): Promise<T> {
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: [...chromiumFlags()] });
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.waitForFunction(() => typeof bench === 'object');
    return await work(page);
  } finally {
    await browser.close();
  }
}

async function encodeRows(): Promise<TidyRow[]> {
  const { weights } = await loadEncoderModel();
  const rows: TidyRow[] = [];
  for (const backend of ['wasm', 'cpu'] as const) {
    const places = {
      node: await timeEncodes(backend, weights),
      chromium: await inChromium((page) => page.evaluate((name) => bench.encode(name), backend)),
    };
    for (const [place, timesMs] of Object.entries(places)) {
      const conditions = { bench: 'encode', place, backend, soundMs: 1_000 };
      rows.push(
        { ...conditions, metric: 'encodeMsFastest', value: Math.min(...timesMs) },
        { ...conditions, metric: 'encodeMsP50', value: percentile(timesMs, 0.5) },
        { ...conditions, metric: 'encodeMsP95', value: percentile(timesMs, 0.95) },
      );
    }
  }
  const loads = await inChromium((page) => page.evaluate(() => bench.load(10)));
  const conditions = { bench: 'encode', place: 'chromium', backend: 'wasm' };
  rows.push(
    { ...conditions, metric: 'modelLoadMsP50', value: percentile(loads, 0.5) },
    { ...conditions, metric: 'modelLoadMsP95', value: percentile(loads, 0.95) },
  );
  return rows;
}

async function decisionRows(): Promise<TidyRow[]> {
  const rows: TidyRow[] = [];
  for (const phraseCount of [Math.min(2, words.length), Math.min(PHRASES, words.length)]) {
    const { decisions, corrections } = await measure(phraseCount);
    const conditions = { bench: 'latency', phrases: phraseCount, takes: TAKES, utterances: decisions.length };
    rows.push(
      { ...conditions, metric: 'decisionMsP50', value: percentile(decisions, 0.5) },
      { ...conditions, metric: 'decisionMsP95', value: percentile(decisions, 0.95) },
      { ...conditions, metric: 'correctionMs', value: median(corrections) },
    );
  }
  return rows;
}

const encoding = await encodeRows();
const deciding = option('only') === 'encode' ? [] : await decisionRows();
await server.close();
rmSync(OUT, { recursive: true, force: true });
console.log('time from log-mel frames of 1 s to embeddings');
printTable(encoding, ['place', 'backend', 'metric', 'value']);
if (deciding.length > 0) {
  console.log(
    '\ntime from the end of speech to the decision, beyond the hangover; and of one correction, stored',
  );
  printTable(deciding, ['phrases', 'takes', 'utterances', 'metric', 'value']);
}
writeJsonIfAsked([...encoding, ...deciding]);
