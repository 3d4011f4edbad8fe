import type { Fault } from './support/fault';
import { occurrencesInProfile } from './support/profile-search';

const PASSPHRASE = 'three-owls-9f31c7aa-in-a-barn';

/** Somebody has the device's files. Every table holds a word of its own, and none of them may be in the files. */
export const atRest: Fault = {
  title: 'files read at rest, locked',
  target: '0 words of any table in the profile',
  async run(lab, tally) {
    for (const protection of ['passphrase', 'convenience'] as const) {
      let browser = await lab.start();
      const page = await browser.open();
      const { words, control } = await page.evaluate(
        async ([kind, passphrase]) => {
          const { vault, samples } = harness;
          await samples.worked(vault.create(kind, passphrase));
          const { writes, words } = harness.wordInEveryTable();
          await samples.worked(vault.write(writes));
          // What a find looks like: the same kind of word, stored next to the vault without one.
          const control = `control-${crypto.randomUUID()}`;
          await harness.writeInTheClear(control);
          await samples.worked(vault.lock());
          return { words, control };
        },
        [protection, PASSPHRASE] as const,
      );
      await browser.quit();
      tally.expect(
        occurrencesInProfile(browser.profile, control) > 0,
        'the search does not find what is stored in the clear',
      );
      for (const word of protection === 'passphrase' ? [...words, PASSPHRASE] : words) {
        const found = occurrencesInProfile(browser.profile, word);
        tally.expect(found === 0, `${word} is in the files of the ${protection} vault ${found} times`);
      }

      browser = await lab.start(browser.profile);
      const reopened = await browser.open();
      const readable = await reopened.evaluate(
        async (passphrase) => {
          await harness.samples.worked(harness.vault.unlock(passphrase));
          const notes = await harness.samples.worked(harness.vault.list('notes'));
          return notes.rows.length;
        },
        protection === 'passphrase' ? PASSPHRASE : undefined,
      );
      tally.expect(readable === 1, `${readable} notes instead of 1 after unlocking again`);
      await browser.kill();
    }
  },
};
