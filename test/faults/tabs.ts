import type { Page } from 'playwright';
import type { Fault } from './support/fault';
import type { LabBrowser } from './support/lab-browser';

/** The tab that works with the vault dies while it writes; the one that waited goes on by itself. */
export const holderCrashed: Fault = {
  title: 'tab that holds the vault crashed',
  target: 'the other takes over < 1 s, 0 lost, 0 written while waiting',
  limitMs: 1_000,
  async run(lab, tally) {
    const browser = await lab.start();
    let holder = await openTab(browser);
    await holder.evaluate(async () => {
      const created = await echo.vault.create('convenience');
      if (!created.ok) throw new Error(`no vault: ${created.error.kind}`);
    });
    let kept = await keepAdding(holder, 'tab 0');
    const all = new Set<string>();
    for (let round = 1; round <= (lab.isLong ? 30 : 5); round += 1) {
      const next = await openTab(browser);
      await next.waitForFunction(() => echo.state.isElsewhere);
      const keptNext = await keepAdding(next, `tab ${round}`);
      await holder.waitForTimeout(200);
      const keptWaiting = keptNext.size;
      const crashedAt = Date.now();
      await browser.crash(holder);
      await next.waitForFunction(() => globalThis.openSince !== undefined);
      const tookMs = (await next.evaluate(() => globalThis.openSince ?? Number.NaN)) - crashedAt;
      for (const text of kept) all.add(text);
      await next.waitForTimeout(100);
      const notes = await next.evaluate(() => echo.state.notes.map(({ text }) => text));
      const lost = [...all].filter((text) => !notes.includes(text)).length;

      const problems: string[] = [];
      if (kept.size === 0) problems.push('the holder kept nothing');
      if (keptWaiting > 0) problems.push(`the waiting tab kept ${keptWaiting} notes`);
      if (keptNext.size === 0) problems.push('the tab that took over keeps nothing');
      if (lost > 0) problems.push(`${lost} notes that the crashed tab had kept are not there`);
      tally.tried(...problems);
      tally.took(tookMs);
      [holder, kept] = [next, keptNext];
    }
  },
};

/** Two tabs take the vault from each other again and again, and both write all the time. */
export const tabsContend: Fault = {
  title: 'two tabs write at once',
  target: 'one writer, 0 updates lost',
  async run(lab, tally) {
    const browser = await lab.start();
    const tabs = [await openTab(browser), await openTab(browser)] as const;
    await tabs[0].evaluate(() => echo.vault.create('convenience').then(() => undefined));
    const kept = [await keepAdding(tabs[0], 'first'), await keepAdding(tabs[1], 'second')] as const;
    for (let round = 0; round < (lab.isLong ? 60 : 10); round += 1) {
      const taker = round % 2 === 0 ? 1 : 0;
      await tabs[taker].waitForFunction(() => echo.state.isElsewhere);
      await tabs[taker].evaluate(() => echo.vault.takeOver());
      await tabs[taker].waitForFunction(() => globalThis.openSince !== undefined);
      const before = kept[taker].size;
      await tabs[taker].waitForTimeout(150);
      const holders = await Promise.all(
        tabs.map((tab) => tab.evaluate(() => globalThis.openSince !== undefined)),
      );
      const problems: string[] = [];
      const holding = holders.filter((isHolding) => isHolding).length;
      if (holding !== 1) problems.push(`${holding} tabs have the vault`);
      if (kept[taker].size === before) problems.push('the tab that took the vault keeps nothing');
      tally.tried(...problems);
    }
    for (const tab of tabs) await tab.evaluate(stopAdding);
    const reader = await browser.open();
    const found = await reader.evaluate(async () => {
      await harness.samples.worked(harness.vault.unlock());
      const { rows, quarantined } = await harness.samples.worked(harness.vault.list('notes'));
      return { texts: rows.map(({ text }) => text), quarantined: quarantined.length };
    });
    const there = new Set(found.texts);
    const lost = [...kept[0], ...kept[1]].filter((text) => !there.has(text));
    tally.expect(lost.length === 0, `${lost.length} notes were kept and are not there`);
    tally.expect(found.quarantined === 0, `${found.quarantined} notes do not open`);
    tally.expect(there.size === found.texts.length, 'a note is there twice');
  },
};

function stopAdding(): void {
  Object.assign(globalThis, { isDone: true });
}

async function openTab(browser: LabBrowser): Promise<Page> {
  const tab = await browser.open('echo.html');
  await tab.waitForFunction(() => echo.state.vault.kind !== 'opening' || echo.state.isElsewhere);
  return tab;
}

/** Adds notes on and on; the set grows with every one the vault said it had kept. */
async function keepAdding(tab: Page, prefix: string): Promise<Set<string>> {
  const kept = new Set<string>();
  await tab.exposeFunction('kept', (text: string) => kept.add(text));
  await tab.evaluate((text) => {
    const world = globalThis as unknown as { kept(text: string): void; isDone?: boolean };
    const keepOn = async () => {
      for (let at = 0; world.isDone !== true; at += 1) {
        const note = `${text}, note ${at}`;
        if ((await echo.notes.add(note)).ok) world.kept(note);
        await new Promise((resolve) => setTimeout(resolve, 4));
      }
    };
    void keepOn();
  }, prefix);
  return kept;
}
