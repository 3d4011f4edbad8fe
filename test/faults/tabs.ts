import type { Page } from 'playwright';
import type { Fault } from './support/fault';
import type { LabBrowser } from './support/lab-browser';

/** Time for what is bound to happen, on a machine that has much else to do. */
const PATIENCE_MS = 20_000;

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
    let kept = await keepAdding(holder, prefixOf(0));
    const all = new Set<string>();
    for (let round = 1; round <= (lab.isLong ? 30 : 5); round += 1) {
      const next = await openTab(browser);
      await next.waitForFunction(() => echo.state.isElsewhere);
      const keptNext = await keepAdding(next, prefixOf(round));
      const isKeeping = await keepsMore(kept, 10);
      const keptWaiting = keptNext.size;
      const crashedAt = Date.now();
      await browser.crash(holder);
      await next.waitForFunction(() => globalThis.openSince !== undefined);
      const tookMs = (await next.evaluate(() => globalThis.openSince ?? Number.NaN)) - crashedAt;
      for (const text of kept.keys()) all.add(text);
      const isNextKeeping = await keepsMore(keptNext, 5);
      const notes = await next.evaluate(() => echo.state.notes.map(({ text }) => text));
      const lost = [...all].filter((text) => !notes.includes(text)).length;

      const problems: string[] = [];
      if (!isKeeping) problems.push('the holder kept nothing');
      if (keptWaiting > 0) problems.push(`the waiting tab kept ${keptWaiting} notes`);
      if (!isNextKeeping) problems.push('the tab that took over keeps nothing');
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
  target: 'one writer, the other follows < 1 s, 0 updates lost',
  limitMs: 1_000,
  async run(lab, tally) {
    const browser = await lab.start();
    const tabs = [await openTab(browser), await openTab(browser)] as const;
    await tabs[0].evaluate(() => echo.vault.create('convenience').then(() => undefined));
    const kept = [await keepAdding(tabs[0], prefixOf(0)), await keepAdding(tabs[1], prefixOf(1))] as const;
    const tenures: Tenure[] = [];
    for (let round = 0; round < (lab.isLong ? 60 : 10); round += 1) {
      const [taker, loser] = round % 2 === 0 ? ([1, 0] as const) : ([0, 1] as const);
      await tabs[taker].waitForFunction(() => echo.state.isElsewhere);
      const claimedAt = await tabs[taker].evaluate(async () => {
        const askedAt = Date.now();
        await echo.vault.takeOver();
        return askedAt;
      });
      const openAt = await openedAt(tabs[taker]);
      tenures.push({ tab: taker, claimedAt, openAt });
      const hasFollowed = await follows(tabs[loser]);
      if (hasFollowed)
        tally.took((await tabs[loser].evaluate(() => globalThis.closedSince ?? Number.NaN)) - claimedAt);
      const isKeeping = await keepsMore(kept[taker], 10);

      const problems: string[] = [];
      if (!hasFollowed) problems.push('the other tab goes on showing the vault');
      if (await tabs[taker].evaluate(() => globalThis.openSince === undefined))
        problems.push('the tab that took the vault does not have it any more');
      if (!isKeeping) problems.push('the tab that took the vault keeps nothing');
      tally.tried(...problems);
    }
    for (const tab of tabs) await tab.evaluate(stopAdding);
    const reader = await browser.open();
    const found = await reader.evaluate(async () => {
      await harness.samples.worked(harness.vault.unlock());
      const { rows, quarantined } = await harness.samples.worked(harness.vault.list('notes'));
      const notes = rows.map(({ text, createdAt }) => ({ text, createdAt }));
      return { notes, quarantined: quarantined.length };
    });
    const there = new Set(found.notes.map(({ text }) => text));
    const lost = [...kept[0].keys(), ...kept[1].keys()].filter((text) => !there.has(text));
    const strays = found.notes.filter((note) => isStray(note, tenures, kept));
    tally.expect(strays.length === 0, `${strays.length} notes were written beside the tab with the vault`);
    tally.expect(lost.length === 0, `${lost.length} notes were kept and are not there`);
    tally.expect(found.quarantined === 0, `${found.quarantined} notes do not open`);
    tally.expect(there.size === found.notes.length, 'a note is there twice');
  },
};

/** One tab's time with the vault, in epoch milliseconds. */
interface Tenure {
  readonly tab: 0 | 1;
  readonly claimedAt: number;
  readonly openAt: number;
}

/**
 * Whether a note was written by a tab that another one had taken the vault from. A note is as old as the call that
 * wrote it, so one that began after the other tab had the vault, or had kept something in it, came too late.
 */
function isStray(
  { text, createdAt }: { readonly text: string; readonly createdAt: number },
  tenures: readonly Tenure[],
  kept: readonly ReadonlyMap<string, number>[],
): boolean {
  return tenures.some(({ tab, claimedAt, openAt }, at) => {
    const answers = [...(kept[tab]?.values() ?? [])].filter((keptAt) => keptAt >= claimedAt);
    const from = Math.min(openAt, ...answers);
    const until = tenures[at + 1]?.claimedAt ?? Number.POSITIVE_INFINITY;
    return createdAt > from && createdAt < until && !text.startsWith(`${prefixOf(tab)},`);
  });
}

/** Epoch milliseconds. */
async function openedAt(tab: Page): Promise<number> {
  const since = await tab.waitForFunction(() => globalThis.openSince);
  return (await since.jsonValue()) ?? Number.NaN;
}

/** Whether the tab comes to show that another one has the vault. */
async function follows(tab: Page): Promise<boolean> {
  const isShown = () => globalThis.openSince === undefined && echo.state.isElsewhere;
  return tab.waitForFunction(isShown, undefined, { timeout: PATIENCE_MS }).then(
    () => true,
    () => false,
  );
}

const prefixOf = (tab: number): string => `tab ${tab}`;

/** Whether so many notes more are kept before long. */
async function keepsMore(kept: ReadonlyMap<string, number>, more: number): Promise<boolean> {
  const [enough, deadline] = [kept.size + more, performance.now() + PATIENCE_MS];
  while (kept.size < enough && performance.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 10));
  return kept.size >= enough;
}

function stopAdding(): void {
  Object.assign(globalThis, { isDone: true });
}

async function openTab(browser: LabBrowser): Promise<Page> {
  const tab = await browser.open('echo.html');
  await tab.waitForFunction(() => echo.state.vault.kind !== 'opening' || echo.state.isElsewhere);
  return tab;
}

/** Adds notes on and on; the map grows with every one the vault said it had kept, and when, in epoch milliseconds. */
async function keepAdding(tab: Page, prefix: string): Promise<Map<string, number>> {
  const kept = new Map<string, number>();
  await tab.exposeFunction('kept', (text: string, at: number) => kept.set(text, at));
  await tab.evaluate((text) => {
    const world = globalThis as unknown as { kept(text: string, at: number): void; isDone?: boolean };
    const keepOn = async () => {
      for (let at = 0; world.isDone !== true; at += 1) {
        const note = `${text}, note ${at}`;
        if ((await echo.notes.add(note)).ok) world.kept(note, Date.now());
        await new Promise((resolve) => setTimeout(resolve, 4));
      }
    };
    void keepOn();
  }, prefix);
  return kept;
}
