import type { Fault } from './support/fault';

/** Everything was deleted, but somebody kept a copy of the sealed rows, and even of what was in the keys' store. */
export const shredded: Fault = {
  title: 'ciphertext kept after deletion',
  target: 'no key opens it',
  async run(lab, tally) {
    const browser = await lab.start();
    const page = await browser.open();
    for (const protection of ['convenience', 'passphrase'] as const) {
      const seen = await page.evaluate(async (kind) => {
        const { samples, raw } = harness;
        const passphrase = 'the one before deletion';
        const { vault, name } = samples.freshVault();
        await samples.worked(vault.create(kind, passphrase));
        for (let n = 1; n <= 3; n += 1) await samples.worked(vault.write(harness.numberedWrite(n)));
        const tables = ['notes', 'phrases', 'takes', 'audio'] as const;
        const kept = await Promise.all(tables.map((table) => raw.rawRows(raw.learningOf(name), table)));
        await samples.worked(vault.destroy());
        const left = (await indexedDB.databases()).filter((database) => database.name?.startsWith(name));

        // The same passphrase, the same place, a vault of today: its keys are all there are.
        await samples.worked(vault.create(kind, passphrase));
        let rows = 0;
        let opened = 0;
        for (const [at, table] of tables.entries()) {
          for (const row of kept[at] ?? []) {
            await raw.putRaw(raw.learningOf(name), table, row);
            rows += 1;
          }
          opened += (await samples.worked(vault.list(table))).rows.length;
        }
        const keys = (await raw.rawRows(raw.keysOf(name), 'slots')).length;
        return { rows, opened, left: left.length, keys };
      }, protection);
      for (let row = 0; row < seen.rows; row += 1)
        tally.expect(row >= seen.opened, `a row of a deleted ${protection} vault opens`);
      tally.expect(seen.left === 0, `${seen.left} databases are left after deletion`);
    }
  },
};
