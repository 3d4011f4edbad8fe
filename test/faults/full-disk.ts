import type { Page } from 'playwright';
import type { Fault } from './support/fault';
import type { LabBrowser } from './support/lab-browser';

const SPARE_BYTES = 1_000_000;
const TOO_MANY_BYTES = 6_000_000;

/**
 * No space is left. Chromium remembers for a while how much there was, so the limit is set before anything opens.
 */
export const fullDisk: Fault = {
  title: 'disk full',
  target: 'refused as such, old data intact, < 1 s, works again',
  limitMs: 1_000,
  async run(lab, tally) {
    for (let round = 0; round < (lab.isLong ? 10 : 2); round += 1) {
      let browser = await lab.start();
      let page = await browser.open();
      await page.evaluate(async () => {
        const { worked } = harness.samples;
        await worked(harness.vault.create('convenience'));
        for (let n = 1; n <= 20; n += 1) await worked(harness.vault.write(harness.numberedWrite(n)));
      });
      const { usage = 0 } = await page.evaluate(() => navigator.storage.estimate());
      await browser.quit();

      browser = await lab.start(browser.profile);
      page = await browser.open('blank.html');
      await limitSpace(browser, page, usage + SPARE_BYTES);
      await page.goto(page.url().replace('blank.html', 'index.html'));
      const full = await page.evaluate(writeTooMuch, TOO_MANY_BYTES);
      tally.took(full.tookMs);
      tally.expect(full.answer === 'quota', `the answer to a full disk was ${full.answer}`);
      tally.tried(...full.found.problems);
      tally.expect(full.found.writes === 20, `${full.found.writes} of 20 writes are left`);

      await limitSpace(browser, page, undefined);
      await page.reload();
      const later = await page.evaluate(writeTooMuch, TOO_MANY_BYTES);
      tally.expect(later.answer === 'ok', `with space again, the same write answered ${later.answer}`);
      await browser.kill();
    }
  },
};

async function limitSpace(browser: LabBrowser, page: Page, quotaSize: number | undefined): Promise<void> {
  const session = await browser.debug(page);
  const { origin } = new URL(page.url());
  await session.send('Storage.overrideQuotaForOrigin', {
    origin,
    ...(quotaSize === undefined ? {} : { quotaSize }),
  });
}

/** One write that deletes as well, so that half of it would show. */
async function writeTooMuch(byteLength: number) {
  const { vault, samples } = harness;
  await samples.worked(vault.unlock());
  const [first] = (await samples.worked(vault.list('takes'))).rows;
  if (first === undefined) throw new Error('there is nothing to lose');
  const audio = samples.sampleAudio(crypto.randomUUID() as typeof first.id, byteLength);
  const startedAt = performance.now();
  const answer = await vault.write([
    { op: 'put', table: 'audio', row: audio },
    { op: 'delete', table: 'takes', id: first.id },
  ]);
  const tookMs = performance.now() - startedAt;
  return { answer: answer.ok ? 'ok' : answer.error.kind, tookMs, found: await harness.findState(vault) };
}
