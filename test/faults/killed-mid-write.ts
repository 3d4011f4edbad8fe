import type { Page } from 'playwright';
import { writeUntil } from './support/acknowledged-writes';
import type { Fault, Tally } from './support/fault';
import type { Lab } from './support/lab';
import type { LabBrowser } from './support/lab-browser';
import { tearLastWrite } from './support/torn-log';

/** How the tab ends; answers with the browser to look at the remains with. */
type Kill = (lab: Lab, browser: LabBrowser, page: Page) => Promise<LabBrowser>;

const TARGET = '0 torn, 0 acknowledged lost';

export const rendererKilled: Fault = {
  title: 'tab killed mid-write',
  target: TARGET,
  run: (lab, tally) =>
    killAgainAndAgain(lab, tally, lab.isLong ? 100 : 12, async (_, browser, page) => {
      await browser.crash(page);
      return browser;
    }),
};

export const browserKilled: Fault = {
  title: 'browser killed mid-write',
  target: TARGET,
  run: (lab, tally) =>
    killAgainAndAgain(lab, tally, lab.isLong ? 100 : 6, async (running, browser) => {
      await browser.kill();
      return running.start(browser.profile);
    }),
};

/**
 * The moment that a kill rarely hits: half of a write is in the browser's log. That half is no harm by itself, but the
 * browser writes on behind it, and then takes everything for damaged when it is started once more.
 */
export const writeTorn: Fault = {
  title: 'browser killed within a write',
  target: TARGET,
  run: (lab, tally) =>
    killAgainAndAgain(lab, tally, lab.isLong ? 20 : 4, async (running, browser) => {
      await browser.kill();
      if (!tearLastWrite(browser.profile)) tally.skip('this browser keeps its databases in another way');
      return running.start(browser.profile);
    }),
};

/** Every life goes on from what the one before left, and is killed at another moment of its writing. */
async function killAgainAndAgain(lab: Lab, tally: Tally, kills: number, kill: Kill): Promise<void> {
  let browser = await lab.start();
  let page = await browser.open();
  await page.evaluate(async () => harness.samples.worked(harness.vault.create('convenience')));
  let writes = 0;
  for (let life = 0; life < kills; life += 1) {
    const seen = await writeUntil(page, writes, 2 + Math.floor(lab.random() * 8));
    await new Promise((resolve) => setTimeout(resolve, lab.random() * 25));
    browser = await kill(lab, browser, page);
    page = await browser.open();
    const found = await page.evaluate(async () => {
      const { kind } = await harness.samples.worked(harness.vault.unlock());
      return kind === 'open' ? harness.findState(harness.vault) : kind;
    });
    if (typeof found === 'string') {
      tally.tried(`after write ${seen.acknowledged} the vault is ${found}`);
      return;
    }
    const problems = [...found.problems, ...seen.refused];
    if (found.writes < seen.acknowledged)
      problems.push(`write ${seen.acknowledged} was acknowledged, ${found.writes} are there`);
    tally.tried(...problems);
    writes = found.writes;
  }
}
