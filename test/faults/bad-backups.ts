import type { Fault } from './support/fault';

/** A backup that was cut short, edited, or is none: it is refused as a whole, and the vault stays as it is. */
export const badBackups: Fault = {
  title: 'backup truncated or edited',
  target: 'refused, nothing changed',
  async run(lab, tally) {
    const browser = await lab.start();
    const page = await browser.open();
    const seen = await page.evaluate(
      async (tries) => {
        const { samples, raw } = harness;
        const passphrase = 'a box of backups';
        const { vault: source } = samples.freshVault();
        await samples.worked(source.create('convenience'));
        for (let n = 1; n <= 5; n += 1) await samples.worked(source.write(harness.numberedWrite(n)));
        const whole = await samples.worked(source.exportBackup(passphrase));

        const { vault, name } = samples.freshVault();
        await samples.worked(vault.create('convenience'));
        await samples.worked(vault.write([{ op: 'put', table: 'notes', row: samples.sampleNote('mine') }]));
        const before = await fingerprint();

        const damages: [string, Uint8Array][] = [
          ['nothing', new Uint8Array(0)],
          ['a byte more', Uint8Array.from([...whole, 0])],
          ['twice', Uint8Array.from([...whole, ...whole])],
          ['noise', crypto.getRandomValues(new Uint8Array(4_096))],
        ];
        const step = Math.max(1, Math.floor(whole.length / tries));
        for (let at = 0; at < whole.length; at += at < 200 ? Math.max(1, Math.floor(2_000 / tries)) : step) {
          const flipped = whole.slice();
          flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
          damages.push([`byte ${at} of ${whole.length} changed`, flipped]);
          // The file's own digest made right again, as somebody would who edits on purpose.
          const forged = flipped.slice();
          const body = forged.slice(0, -32);
          forged.set(new Uint8Array(await crypto.subtle.digest('SHA-256', body)), body.length);
          if (at < body.length) damages.push([`byte ${at} changed, digest forged`, forged]);
          if (at > 0) damages.push([`cut after byte ${at}`, whole.slice(0, at)]);
        }

        const problems: string[] = [];
        for (const [what, file] of damages) {
          const answer = await vault.importBackup(file, passphrase);
          if (answer.ok) problems.push(`${what}: accepted`);
          else if (answer.error.kind !== 'bad-backup' && answer.error.kind !== 'wrong-passphrase')
            problems.push(`${what}: answered with ${JSON.stringify(answer.error)}`);
          if ((await fingerprint()) !== before) problems.push(`${what}: something was changed`);
        }
        const good = await vault.importBackup(whole, passphrase);
        const found = await harness.findState(vault);
        if (!good.ok || found.writes !== 5) problems.push('the undamaged file is not accepted');
        return { tries: damages.length + 1, problems: [...problems, ...found.problems] };

        async function fingerprint(): Promise<string> {
          const bytes = await raw.everyByte(name);
          const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes));
          return new Uint8Array(digest).join();
        }
      },
      lab.isLong ? 400 : 8,
    );
    for (let at = 0; at < seen.tries - seen.problems.length; at += 1) tally.tried();
    for (const problem of seen.problems) tally.tried(problem);
  },
};
