import type { Fault } from './support/fault';

/** The browser throws the origin's data away, while Echo is open and in the middle of writing. */
export const evicted: Fault = {
  title: 'store evicted in the session',
  target: 'stops < 1 s, nothing into an empty store',
  limitMs: 1_000,
  async run(lab, tally) {
    const browser = await lab.start();
    for (let round = 0; round < (lab.isLong ? 30 : 6); round += 1) {
      const page = await browser.open();
      await page.evaluate(async () => {
        await harness.vault.destroy();
        await harness.samples.worked(harness.vault.create('convenience'));
        const acknowledged: number[] = [];
        harness.streamWrites(
          harness.vault,
          0,
          (n) => acknowledged.push(n),
          (error) => {
            (globalThis as { refusedAt?: number }).refusedAt ??= Date.now();
            (globalThis as { refusal?: string }).refusal ??= error;
          },
        );
        while (acknowledged.length < 3) await new Promise((resolve) => setTimeout(resolve, 1));
      });
      const session = await browser.debug(page);
      const { origin } = new URL(page.url());
      const clearedAt = Date.now();
      await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
      const seen = await page.evaluate(async (since) => {
        const world = globalThis as { refusedAt?: number; refusal?: string };
        while (world.refusedAt === undefined && Date.now() - since < 5_000)
          await new Promise((resolve) => setTimeout(resolve, 5));
        const late = await harness.vault.write([
          { op: 'put', table: 'notes', row: harness.samples.sampleNote('too late') },
        ]);
        const status = await harness.vault.status();
        const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
        let rows = 0;
        for (const name of names.filter((found) => found.endsWith('-learning')))
          for (const table of ['owner', 'notes', 'takes', 'audio'])
            rows += (await harness.raw.rawRows(name, table)).length;
        return {
          stoppedAfterMs: (world.refusedAt ?? Number.POSITIVE_INFINITY) - since,
          refusal: world.refusal,
          lateAnswer: late.ok ? 'ok' : late.error.kind,
          status: status.ok ? status.value.kind : status.error.kind,
          rows,
        };
      }, clearedAt);
      tally.took(seen.stoppedAfterMs);
      const problems: string[] = [];
      if (seen.lateAnswer === 'ok') problems.push('a later write was acknowledged');
      if (seen.status !== 'absent') problems.push(`the status is ${seen.status}`);
      if (seen.rows > 0) problems.push(`${seen.rows} rows in the empty store`);
      tally.tried(...problems);
      await page.close();
    }
  },
};

/** As above, in the whole app: it must not begin again as if there had never been anything. */
export const evictedUnderApp: Fault = {
  title: 'store evicted under the app',
  target: 'says so < 1 s and after a restart, offers a restore',
  limitMs: 1_000,
  async run(lab, tally) {
    const browser = await lab.start();
    for (let round = 0; round < (lab.isLong ? 20 : 4); round += 1) {
      const page = await browser.open('echo.html');
      await page.waitForFunction(() => echo.state.vault.kind !== 'opening');
      await page.evaluate(async () => {
        const created = await echo.vault.create('convenience');
        if (!created.ok) throw new Error(`no vault: ${created.error.kind}`);
        await echo.notes.add('here');
      });
      const session = await browser.debug(page);
      const { origin } = new URL(page.url());
      await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
      const seen = await page.evaluate(async () => {
        const startedAt = performance.now();
        const added = await echo.notes.add('too late');
        const isLost = () => echo.state.vault.kind === 'absent' && echo.state.vault.wasLost;
        while (!isLost() && performance.now() - startedAt < 10_000)
          await new Promise((resolve) => setTimeout(resolve, 5));
        const tookMs = performance.now() - startedAt;
        const shown = JSON.stringify(echo.state.vault);
        return { isAdded: added.ok, isLost: isLost(), tookMs, shown, notes: echo.state.notes.length };
      });
      tally.took(seen.tookMs);
      await page.reload();
      await page.waitForFunction(() => echo.state.vault.kind !== 'opening');
      const isStillLost = await page.evaluate(
        () => echo.state.vault.kind === 'absent' && echo.state.vault.wasLost,
      );
      const problems: string[] = [];
      if (seen.isAdded) problems.push('a note was kept after the eviction');
      if (!seen.isLost) problems.push(`the app shows ${seen.shown}`);
      if (seen.notes > 0) problems.push(`${seen.notes} notes are still shown`);
      if (!isStillLost) problems.push('started again, the app shows a device that never had a vault');
      tally.tried(...problems);
      await page.close();
    }
  },
};
