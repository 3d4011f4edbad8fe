import type { Fault } from './support/fault';

/** The app was updated, and a tab with the version before is still open and goes on writing. */
export const oldTab: Fault = {
  title: 'upgrade with an old tab open',
  target: '0 old-shape rows, 0 lost, opens < 5 s',
  limitMs: 5_000,
  async run(lab, tally) {
    for (let round = 0; round < (lab.isLong ? 20 : 2); round += 1) {
      const browser = await lab.start();
      const old = await browser.open();
      await old.evaluate(async () => {
        const app = await harness.startOldApp('claude-echo');
        const world = globalThis as { kept?: string[]; refused?: number };
        world.kept = [];
        world.refused = 0;
        const keepWriting = async () => {
          for (;;) {
            const note = harness.samples.sampleNote('from the old tab');
            try {
              await app.write(note);
              world.kept?.push(note.id);
            } catch {
              world.refused = (world.refused ?? 0) + 1;
            }
            await new Promise((resolve) => setTimeout(resolve, 2));
          }
        };
        void keepWriting();
        while (world.kept.length < 20) await new Promise((resolve) => setTimeout(resolve, 5));
      });

      const page = await browser.open();
      const upgraded = await page.evaluate(async () => {
        const startedAt = performance.now();
        const { vault, samples } = harness;
        const opened = await vault.unlock();
        const tookMs = performance.now() - startedAt;
        const answer = opened.ok ? opened.value.kind : opened.error.kind;
        const written = await vault.write([
          { op: 'put', table: 'notes', row: samples.sampleNote('from the new tab') },
        ]);
        return { answer, tookMs, isWritten: written.ok };
      });
      tally.took(upgraded.tookMs);
      const atUpgrade = await old.evaluate(() => (globalThis as { kept?: string[] }).kept ?? []);
      await old.waitForTimeout(300);
      const later = await old.evaluate(() => {
        const { kept = [], refused = 0 } = globalThis as { kept?: string[]; refused?: number };
        return { kept: kept.length, refused };
      });
      const found = await page.evaluate(async () => {
        const { vault, samples, raw } = harness;
        const listed = await samples.worked(vault.list('notes'));
        const status = await samples.worked(vault.status());
        const stored = await raw.rawRows(raw.learningOf('claude-echo'), 'notes');
        return {
          ids: listed.rows.map(({ id }) => id as string),
          quarantined: listed.quarantined.length,
          counted: status.kind === 'open' ? status.counts.notes : undefined,
          stored: stored.length,
          oldShape: stored.filter(({ format }) => format === 1).length,
        };
      });

      const problems: string[] = [];
      if (upgraded.answer !== 'open') problems.push(`the new tab answered ${upgraded.answer}`);
      if (!upgraded.isWritten) problems.push('the new tab cannot write');
      if (later.kept > atUpgrade.length)
        problems.push(`the old tab kept ${later.kept - atUpgrade.length} rows more`);
      if (later.refused === 0) problems.push('the old tab was refused nothing');
      const ids = new Set(found.ids);
      const lost = atUpgrade.filter((id) => !ids.has(id)).length;
      if (lost > 0) problems.push(`${lost} rows of the old tab are lost`);
      if (found.oldShape > atUpgrade.length)
        problems.push(`${found.oldShape - atUpgrade.length} old-shape rows after the upgrade`);
      if (found.quarantined > 0) problems.push(`${found.quarantined} rows do not open`);
      if (found.counted !== found.stored) problems.push(`${found.counted} rows counted of ${found.stored}`);
      tally.tried(...problems);
      await browser.kill();
    }
  },
};
