import type { Fault } from './support/fault';

/** Somebody with the files edits what the audit log says, cuts it, swaps it, or takes it away. */
export const auditTampered: Fault = {
  title: 'audit log tampered with',
  target: '100 % detected',
  async run(lab, tally) {
    const browser = await lab.start();
    const page = await browser.open();
    const seen = await page.evaluate(
      async (every) => {
        const { samples } = harness;
        const { vault, name } = samples.freshVault();
        await samples.worked(vault.create('convenience'));
        for (let at = 0; at < 3; at += 1) {
          await samples.worked(vault.lock());
          await samples.worked(vault.unlock());
        }
        const early = await harness.auditTables(name);
        await samples.worked(vault.rotateKeys());
        const whole = await harness.auditTables(name);
        const verdict = async () => {
          const verified = await vault.verifyAudit();
          return verified.ok ? verified.value.kind : verified.error.kind;
        };

        const undetected: string[] = [];
        let tries = 0;
        const tamper = async (what: string, entries: typeof whole.entries, heads: typeof whole.heads) => {
          tries += 1;
          await harness.putAuditTables(name, { entries, heads });
          const answer = await verdict();
          if (answer !== 'broken') undetected.push(`${what}: ${answer}`);
          await harness.putAuditTables(name, whole);
        };
        const first = await verdict();
        if (first !== 'intact') undetected.push(`untouched, it is ${first}`);

        const { entries, heads } = whole;
        for (const [at, entry] of entries.entries()) {
          for (const [index, edited] of harness.editsOf(entry, ['sequence'], 1).entries())
            if ((index + at) % every === 0)
              await tamper(`entry ${at + 1}, ${edited.what}`, entries.with(at, edited.row), heads);
          await tamper(`entry ${at + 1} taken out`, entries.toSpliced(at, 1), heads);
          const swapped = { ...entries[(at + 1) % entries.length], sequence: entry['sequence'] };
          await tamper(`entry ${at + 1} replaced by the next`, entries.with(at, swapped), heads);
        }
        await tamper(
          'an entry put in',
          [...entries, { ...entries.at(-1), sequence: entries.length + 1 }],
          heads,
        );
        await tamper('cut at the end', entries.slice(0, -1), heads);
        await tamper('all entries taken away', [], heads);
        await tamper('entries and head taken away', [], []);
        await tamper('head taken away', entries, []);
        await tamper('older head', entries, early.heads);
        await tamper('older entries', early.entries, heads);
        for (const [at, head] of heads.entries())
          for (const [index, edited] of harness.editsOf(head, ['id'], 1).entries())
            if (index % every === 0)
              await tamper(`head, ${edited.what}`, entries, heads.with(at, edited.row));

        const last = await verdict();
        if (last !== 'intact') undetected.push(`put back as it was, it is ${last}`);
        return { tries: tries + 2, undetected, entries: entries.length };
      },
      lab.isLong ? 1 : 17,
    );
    for (let at = seen.undetected.length; at < seen.tries; at += 1) tally.tried();
    for (const problem of seen.undetected) tally.tried(problem);
    tally.expect(seen.entries >= 5, `only ${seen.entries} entries to tamper with`);
  },
};
