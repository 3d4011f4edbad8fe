import type { Fault } from './support/fault';

/** Every bit that a row at rest is made of is changed, one at a time. */
export const corruptRecords: Fault = {
  title: 'record corrupted',
  target: '100 % set aside, the others work',
  async run(lab, tally) {
    const browser = await lab.start();
    const page = await browser.open();
    const bitsPerByte = lab.isLong ? 8 : 1;
    const found = await page.evaluate(async (bits) => {
      const { samples, raw } = harness;
      const { vault, name } = samples.freshVault();
      await samples.worked(vault.create('convenience'));
      const [good, bad] = [samples.sampleNote('good'), samples.sampleNote('bad')];
      await samples.worked(vault.write([good, bad].map((row) => ({ op: 'put', table: 'notes', row }))));
      const rows = await raw.rawRows(raw.learningOf(name), 'notes');
      const row = rows.find(({ id }) => id === bad.id) ?? {};
      const other = rows.find(({ id }) => id === good.id) ?? {};

      const damages: { what: string; row: typeof row }[] = [...harness.editsOf(row, ['id'], bits)];
      for (const column of ['keyId', 'version', 'iv', 'sealed'])
        if (row[column] !== other[column])
          damages.push({ what: `${column} of another row`, row: { ...row, [column]: other[column] } });
      damages.push({ what: 'a token too many', row: { ...row, tokens: [new Uint8Array(16)] } });
      damages.push({ what: 'another row in its place', row: { ...other, id: row['id'] } });

      const undetected: string[] = [];
      for (const { what, row: damaged } of damages) {
        await raw.putRaw(raw.learningOf(name), 'notes', damaged);
        const listed = await samples.worked(vault.list('notes'));
        const single = await samples.worked(vault.get('notes', bad.id));
        const isNamed = listed.quarantined.length === 1 && listed.quarantined[0] === bad.id;
        if (!isNamed || single !== undefined) undetected.push(`${what}: not detected`);
        else if (listed.rows[0]?.text !== 'good') undetected.push(`${what}: takes the other row with it`);
      }
      await raw.putRaw(raw.learningOf(name), 'notes', row);
      const whole = await samples.worked(vault.list('notes'));
      if (whole.rows.length !== 2) undetected.push('the row put back as it was does not open');
      return { damages: damages.length, undetected };
    }, bitsPerByte);
    tally.tries += found.damages - found.undetected.length;
    tally.survived += found.damages - found.undetected.length;
    for (const problem of found.undetected) tally.tried(problem);
  },
};
