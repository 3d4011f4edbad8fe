import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Echo, ImportProgress } from '../../src/echo';
import { startEcho } from './support/start-echo';
import { until } from './support/until';

/** Import of many audio files, with the browser's own decoder held up where a test needs it. */

let echo: Echo;
let files: readonly File[];

/** Every decoding waits for its turn to be opened; tells how many are under way. */
function holdDecoding(): { underWay(): number; most(): number; open(): void } {
  const decode = OfflineAudioContext.prototype.decodeAudioData;
  let underWay = 0;
  let most = 0;
  let openAll: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    openAll = resolve;
  });
  vi.spyOn(OfflineAudioContext.prototype, 'decodeAudioData').mockImplementation(async function (
    this: OfflineAudioContext,
    bytes,
  ) {
    underWay += 1;
    most = Math.max(most, underWay);
    await opened;
    underWay -= 1;
    return decode.call(this, bytes);
  });
  return { underWay: () => underWay, most: () => most, open: () => openAll() };
}

beforeEach(async () => {
  echo = startEcho();
  await until(() => echo.state.samples.length > 0 && echo.state.vault.kind !== 'opening', 'samples');
  if (echo.state.vault.kind !== 'absent') await echo.vault.destroy();
  expect((await echo.vault.create('convenience')).ok).toBe(true);
  const [clip] = echo.state.samples;
  const bytes = await (await fetch(clip?.url ?? '')).arrayBuffer();
  files = Array.from({ length: 12 }, (_, at) => new File([bytes], `take-${at}.flac`));
});

afterEach(async () => {
  vi.restoreAllMocks();
  await echo.vault.destroy();
  echo.close();
});

it('imports five files at a time, in their order, and tells how far it is', async () => {
  const decoding = holdDecoding();
  const progress: ImportProgress[] = [];
  const broken = [...files.slice(0, 3), new File(['no sound'], 'broken.wav'), ...files.slice(3)];
  const importing = echo.phrases.importTakes(broken, {
    signal: new AbortController().signal,
    onProgress: (step) => progress.push(step),
  });
  await until(() => decoding.underWay() === 5, 'five decodings');
  decoding.open();
  const results = await importing;
  expect(decoding.most()).toBe(5);
  expect(progress.map(({ done }) => done)).toEqual(Array.from({ length: 13 }, (_, at) => at + 1));
  expect(progress.every(({ total }) => total === 13)).toBe(true);
  expect(results.map(({ ok }) => ok)).toEqual(broken.map(({ name }) => name !== 'broken.wav'));
  expect(results[3]).toEqual({ ok: false, error: { kind: 'file-unreadable', name: 'broken.wav' } });
});

it('answers at once when it is cancelled, decodes no further file and keeps nothing of those under way', async () => {
  const decoding = holdDecoding();
  const controller = new AbortController();
  const progress: ImportProgress[] = [];
  const importing = echo.phrases.importTakes(files, {
    signal: controller.signal,
    onProgress: (step) => progress.push(step),
  });
  await until(() => decoding.underWay() === 5, 'five decodings');
  controller.abort();
  // Nothing opens the decoder before the answer is there.
  const results = await importing;
  expect(results).toEqual(files.map(() => ({ ok: false, error: { kind: 'cancelled' } })));
  decoding.open();
  await until(() => decoding.underWay() === 0, 'the decodings under way');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(decoding.most()).toBe(5);
  expect(OfflineAudioContext.prototype.decodeAudioData).toHaveBeenCalledTimes(5);
  expect(progress).toEqual([]);
});
