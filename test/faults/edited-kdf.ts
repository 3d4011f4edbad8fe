import type { Fault } from './support/fault';

const PASSPHRASE = 'nine calm grey herons';

/** Somebody edits how the passphrase is stretched, to make guessing cheap or to stop the device. */
export const editedKdf: Fault = {
  title: 'key derivation edited',
  target: '0 accepted, none tried that stops the device',
  limitMs: 10_000,
  async run(lab, tally) {
    const browser = await lab.start();
    const page = await browser.open();
    const seen = await page.evaluate(async (passphrase) => {
      const { samples, raw, Vault } = harness;
      const { vault, name } = samples.freshVault();
      await samples.worked(vault.create('passphrase', passphrase));
      const slots = await raw.rawRows(raw.keysOf(name), 'slots');
      const slot = slots.find(({ kind }) => kind === 'passphrase');
      const kdf = slot?.['kdf'];
      if (slot === undefined || typeof kdf !== 'object' || kdf === null)
        throw new Error('there is no slot to edit');

      const salt = crypto.getRandomValues(new Uint8Array(16));
      // Below the floor or absurd: refused before anything is computed. Within bounds: they give another key.
      const untried: Record<string, unknown> = {
        'less memory than the floor': { ...kdf, memoryKiB: 1_024, iterations: 1 },
        'one KiB below the floor': { ...kdf, memoryKiB: 19 * 1_024 - 1 },
        'one round': { ...kdf, iterations: 1 },
        'no rounds': { ...kdf, iterations: 0 },
        'a short salt': { ...kdf, salt: salt.slice(0, 8) },
        'no salt': { ...kdf, salt: undefined },
        'four lanes': { ...kdf, parallelism: 4 },
        'PBKDF2, cheap': { algorithm: 'pbkdf2-sha-256', iterations: 1_000, salt },
        'no stretching': { algorithm: 'none', salt },
        'a terabyte of memory': { ...kdf, memoryKiB: 2 ** 30 },
        'years of rounds': { ...kdf, iterations: 2 ** 31 },
        'rounds as text': { ...kdf, iterations: '3' },
        'half a round': { ...kdf, iterations: 2.5 },
        'no parameters': undefined,
      };
      const tried: Record<string, unknown> = {
        'the floor': { ...kdf, memoryKiB: 19 * 1_024, iterations: 2 },
        'another salt': { ...kdf, salt },
        'PBKDF2 at the floor': { algorithm: 'pbkdf2-sha-256', iterations: 1_300_000, salt },
      };
      const answers: { what: string; answer: string; expected: string; tookMs: number }[] = [];
      for (const [what, edited] of Object.entries({ ...untried, ...tried })) {
        await raw.putRaw(raw.keysOf(name), 'slots', { ...slot, kdf: edited });
        const startedAt = performance.now();
        const opened = await new Vault({ name }).unlock(passphrase);
        const tookMs = performance.now() - startedAt;
        const expected = what in untried ? 'unavailable' : 'wrong-passphrase';
        answers.push({ what, answer: opened.ok ? opened.value.kind : opened.error.kind, expected, tookMs });
      }
      await raw.putRaw(raw.keysOf(name), 'slots', slot);
      const whole = await new Vault({ name }).unlock(passphrase);
      return { answers, whole: whole.ok ? whole.value.kind : whole.error.kind };
    }, PASSPHRASE);
    for (const { what, answer, expected, tookMs } of seen.answers) {
      tally.expect(answer === expected, `${what}: ${answer} after ${Math.round(tookMs)} ms`);
      tally.took(tookMs);
    }
    tally.expect(seen.whole === 'open', `put back as it was, it answered ${seen.whole}`);
  },
};
