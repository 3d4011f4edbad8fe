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

      const damages: [what: string, damaged: Record<string, unknown>][] = [];
      const flips = (what: string, bytes: Uint8Array, damaged: (flipped: Uint8Array) => typeof row) => {
        for (let at = 0; at < bytes.length; at += 1) {
          for (let turn = 0; turn < bits; turn += 1) {
            const flipped = bytes.slice();
            flipped[at] = (flipped[at] ?? 0) ^ (1 << ((at + turn) % 8));
            damages.push([`${what}, byte ${at}`, damaged(flipped)]);
          }
        }
        for (const length of [0, bytes.length - 1])
          damages.push([`${what} cut to ${length} bytes`, damaged(bytes.slice(0, length))]);
      };
      for (const [column, value] of Object.entries(row)) {
        if (column === 'id') continue;
        if (value instanceof Uint8Array) flips(column, value, (flipped) => ({ ...row, [column]: flipped }));
        if (typeof value === 'number')
          for (let bit = 0; bit < 16; bit += 1)
            damages.push([`${column}, bit ${bit}`, { ...row, [column]: value ^ (1 << bit) }]);
        if (typeof value === 'string') damages.push([column, { ...row, [column]: `${value}x` }]);
        const { [column]: _, ...without } = row;
        // Rows of the first format had no tokens, and none is what this row has.
        if (column !== 'tokens') damages.push([`no ${column}`, without]);
        damages.push([`${column} of another type`, { ...row, [column]: { a: 1 } }]);
        if (column !== 'tokens' && other[column] !== value)
          damages.push([`${column} of another row`, { ...row, [column]: other[column] }]);
      }
      damages.push(['a token too many', { ...row, tokens: [new Uint8Array(16)] }]);
      damages.push(['another row in its place', { ...other, id: row['id'] }]);

      const undetected: string[] = [];
      for (const [what, damaged] of damages) {
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
