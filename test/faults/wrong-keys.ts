import type { Fault } from './support/fault';

/** Guessed and altered recovery codes and passkey secrets, codes that were replaced, and ways in taken away. */
export const wrongKeys: Fault = {
  title: 'wrong recovery code or passkey',
  target: '0 accepted',
  async run(lab, tally) {
    const browser = await lab.start();
    const page = await browser.open();
    const seen = await page.evaluate(
      async (guesses) => {
        const { samples } = harness;
        const { vault, name } = samples.freshVault();
        const prf = crypto.getRandomValues(new Uint8Array(32));
        await samples.worked(vault.create('passphrase', 'nine calm grey herons'));
        const replaced = await samples.worked(vault.makeRecoveryCode());
        const code = await samples.worked(vault.makeRecoveryCode());
        const handle = { credentialId: new Uint8Array(16), prfSalt: new Uint8Array(32) };
        await samples.worked(vault.addPasskey({ ...handle, prf: prf.slice() }));
        const answers: { what: string; answer: string; isRight: boolean }[] = [];
        const show = async (what: string, secret: Parameters<typeof vault.unlock>[0], isRight = false) => {
          const opened = await new harness.Vault({ name }).unlock(secret);
          answers.push({ what, answer: opened.ok ? opened.value.kind : opened.error.kind, isRight });
        };
        const byCode = (text: string) => ({ kind: 'recovery-code', code: text }) as const;
        const byPasskey = (output: Uint8Array<ArrayBuffer>) => ({ kind: 'passkey', prf: output }) as const;

        await show('the code', byCode(code), true);
        await show('the code in small letters', byCode(code.toLowerCase().replaceAll('-', ' ')), true);
        await show('the passkey', byPasskey(prf.slice()), true);
        await show('the code before this one', byCode(replaced));
        await show('the code as a passphrase', code);
        await show('no code', byCode(''));
        await show('half a code', byCode(code.slice(0, 20)));
        await show('the code twice', byCode(`${code}${code}`));
        await show('nothing', undefined);
        for (let at = 0; at < 32; at += 1) {
          const letter = code[at] === '0' ? '1' : '0';
          if (code[at] !== '-')
            await show(`letter ${at} changed`, byCode(code.slice(0, at) + letter + code.slice(at + 1)));
          const altered = prf.slice();
          altered[at] = (altered[at] ?? 0) ^ (1 << (at % 8));
          await show(`passkey, byte ${at} changed`, byPasskey(altered));
        }
        for (const length of [0, 31, 33, 64])
          await show(`passkey of ${length} bytes`, byPasskey(new Uint8Array(length)));
        for (let at = 0; at < guesses; at += 1)
          await show(`guess ${at}`, byPasskey(crypto.getRandomValues(new Uint8Array(32))));
        // Codes of other vaults: every letter and the check are right, only the secret is not.
        const { vault: other } = samples.freshVault();
        await samples.worked(other.create('passphrase', 'nine calm grey herons'));
        for (let at = 0; at < Math.min(guesses, 40); at += 1)
          await show(`code ${at} of another vault`, byCode(await samples.worked(other.makeRecoveryCode())));

        await samples.worked(vault.removePasskey());
        await samples.worked(vault.removeRecoveryCode());
        await show('the passkey that was removed', byPasskey(prf.slice()));
        await show('the code that was removed', byCode(code));
        return answers;
      },
      lab.isLong ? 1_000 : 40,
    );
    for (const { what, answer, isRight } of seen)
      tally.expect(
        isRight ? answer === 'open' : answer === 'wrong-passphrase' || answer === 'mistyped-code',
        `${what}: ${answer}`,
      );
  },
};
