import type { Page } from 'playwright';
import { SOFTWARE_GPU_FLAGS } from '../../scripts/chromium';
import type { Fault } from './support/fault';

const PHRASES = ['good morning', 'tea timer', 'lights out'];
/** Twenty-seven recordings: enough for the encoder to be tuned to, which begins when nothing was taught for a moment. */
const TEACHINGS = 9;
const PATIENCE_MS = 90_000;

/**
 * The browser's graphics process dies while WebGL encodes utterances, and while it tunes the encoder. What was said must
 * still be recognised, on another backend, and what is kept must be worth keeping: after a reload it is read back, or
 * trained again, and every phrase is known.
 */
export const graphicsCrashed: Fault = {
  title: 'graphics process crashed in the middle',
  target: 'the utterance is recognised on another backend, no bad weight kept',
  async run(lab, tally) {
    const browser = await lab.start(lab.newProfile(), SOFTWARE_GPU_FLAGS);
    const page = await browser.open('echo.html');
    await page.evaluate(() => {
      echo.setSettings((settings) => ({ ...settings, compute: { ...settings.compute, backend: 'webgl' } }));
    });
    if (!(await startsOnGraphics(page))) return tally.skip('WebGL does not start in time here');
    await page.evaluate(async () => {
      const created = await echo.vault.create('convenience');
      if (!created.ok) throw new Error(`no vault: ${created.error.kind}`);
    });
    for (let turn = 0; turn < TEACHINGS; turn += 1) await teach(page, PHRASES[turn % PHRASES.length] ?? '');

    // Both ears, before anything goes wrong.
    while (problemsOf(await said(page, 'lights out')).length > 0) await page.waitForTimeout(100);

    await page.waitForFunction(() => echo.state.tuning.kind === 'training', undefined, {
      timeout: PATIENCE_MS,
    });
    const whileTuning = await page.evaluate(() => echo.state.tuning.kind === 'training');
    await browser.crashGraphics();
    const first = await said(page, 'good morning');
    const backend = await page.evaluate(() =>
      echo.state.backend.kind === 'ready' ? echo.state.backend.backend : 'none',
    );
    await page.waitForFunction(() => echo.state.tuning.kind === 'trained', undefined, {
      timeout: PATIENCE_MS,
    });
    tally.tried(
      ...(whileTuning ? [] : ['the crash came when nothing was being tuned']),
      ...problemsOf(first),
      ...(backend === 'none' ? ['no backend was left'] : []),
    );

    for (let round = 0; round < (lab.isLong ? 10 : 2); round += 1) {
      // Asked for and not waited for: the crash comes while the encoder works on it.
      const saying = said(page, 'tea timer');
      await browser.crashGraphics();
      tally.tried(...problemsOf(await saying));
    }

    await page.reload();
    await page.waitForFunction(() => echo.state.tuning.kind === 'trained', undefined, {
      timeout: PATIENCE_MS,
    });
    for (const phrase of PHRASES) tally.tried(...problemsOf(await said(page, phrase)));
  },
};

/** Graphics in software that start too slowly are passed over by Echo; they start faster when asked again. */
async function startsOnGraphics(page: Page): Promise<boolean> {
  for (let attempt = 0; attempt < 6; attempt += 1) {
    await page.reload();
    await page.waitForFunction(
      () => echo.state.backend.kind === 'ready' && echo.state.samples.length > 0,
      undefined,
      { timeout: PATIENCE_MS },
    );
    const backend = await page.evaluate(() => echo.state.backend);
    if (backend.kind === 'ready' && backend.backend === 'webgl') return true;
  }
  return false;
}

interface Said {
  readonly phrase: string;
  readonly outcome: string;
  readonly heardAs: string;
  readonly scorers: readonly string[];
}

function problemsOf({ phrase, outcome, heardAs, scorers }: Said): string[] {
  const problems: string[] = [];
  if (heardAs !== phrase) problems.push(`${phrase} was taken for ${heardAs} (${outcome})`);
  if (!scorers.includes('encoder')) problems.push(`${phrase} was heard by ${scorers.join(' and ')} only`);
  return problems;
}

/** Phrases are taught under names of their own, each name with the recordings of one phrase. */
async function teach(page: Page, phrase: string): Promise<void> {
  await page.evaluate(async (name) => {
    const drafts = [];
    for (const { id, phrase: of, use } of echo.state.samples) {
      if (of !== name || use !== 'teach') continue;
      const take = await echo.phrases.sampleTake(id);
      if (!take.ok) throw new Error(`no take from ${id}`);
      drafts.push(take.value.id);
    }
    const known = echo.state.phrases.find((each) => each.name === name);
    const saved = await echo.phrases.save({
      ...(known && { id: known.id }),
      name,
      action: { kind: 'none' },
      drafts,
    });
    if (!saved.ok) throw new Error(`${name} was not saved: ${saved.error.kind}`);
  }, phrase);
}

function said(page: Page, phrase: string): Promise<Said> {
  return page.evaluate(async (name) => {
    const clip = echo.state.samples.find((sample) => sample.phrase === name && sample.use === 'say');
    if (clip === undefined) throw new Error(`no clip of ${name}`);
    const before = echo.state.history[0]?.id;
    await echo.talk.saySample(clip.id);
    while (echo.state.history[0]?.id === before) await new Promise((resolve) => setTimeout(resolve, 10));
    const recognition = echo.state.history[0]?.recognition;
    const nearest = recognition?.candidates[0]?.phraseId;
    return {
      phrase: name,
      outcome: recognition?.outcome ?? 'nothing',
      heardAs: echo.state.phrases.find(({ id }) => id === nearest)?.name ?? 'nothing',
      scorers: recognition?.scorers ?? [],
    };
  }, phrase);
}
