import type { Fault } from './support/fault';

/** The browser will not open the store: nothing is deleted, the reason is told, and it works once it opens. */
export const unopenableStore: Fault = {
  title: 'store will not open',
  target: '0 deletes, a reason < 15 s, works again',
  limitMs: 15_000,
  async run(lab, tally) {
    const browser = await lab.start();
    const page = await browser.open();
    for (const way of ['throws', 'fails', 'aborts', 'newer', 'blocked'] as const) {
      const seen = await page.evaluate(async (obstacle) => {
        const { samples, raw, Vault } = harness;
        const { vault, name } = samples.freshVault();
        const note = samples.sampleNote('kept');
        if (obstacle === 'blocked') {
          const old = await harness.startOldApp(name);
          await old.write(note);
          old.close();
        } else {
          await samples.worked(vault.create('convenience'));
          await samples.worked(vault.write([{ op: 'put', table: 'notes', row: note }]));
        }
        const obstacles = harness.obstacles(name);
        const deletes = obstacles.countDeletes();
        const clear = await obstacles[obstacle]();
        const later = new Vault({ name });
        const answers: string[] = [];
        let tookMs = 0;
        for (const call of [() => later.unlock(), () => later.status(), () => later.create('convenience')]) {
          const startedAt = performance.now();
          answers.push(await obstacles.within(20_000, call()));
          tookMs = Math.max(tookMs, performance.now() - startedAt);
          if (obstacle === 'blocked') break;
        }
        const deleted = deletes();
        await clear();
        const notes =
          obstacle === 'newer'
            ? await raw.rawRows(raw.learningOf(name), 'notes')
            : await later.unlock().then(() => later.list('notes').then((l) => (l.ok ? l.value.rows : [])));
        return { answers, tookMs, deletes: deleted, notes: notes.length };
      }, way);
      tally.took(seen.tookMs);
      const problems = seen.answers
        .filter((answer) => answer !== 'unavailable')
        .map((answer) => `${way}: a call answered ${answer}`);
      if (seen.deletes > 0) problems.push(`${way}: ${seen.deletes} deletes`);
      if (seen.notes !== 1) problems.push(`${way}: ${seen.notes} notes instead of 1 afterwards`);
      tally.tried(...problems);
    }
  },
};
