import type { Page } from 'playwright';
import { writeUntil } from './support/acknowledged-writes';
import type { Fault, Tally } from './support/fault';
import type { Lab } from './support/lab';
import type { LabBrowser } from './support/lab-browser';

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
      await harness.vault.unlock();
      return harness.findState(harness.vault);
    });
    const problems = [...found.problems, ...seen.refused];
    if (found.writes < seen.acknowledged)
      problems.push(`write ${seen.acknowledged} was acknowledged, ${found.writes} are there`);
    tally.tried(...problems);
    writes = found.writes;
  }
}
