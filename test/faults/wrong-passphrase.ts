import { median } from '../../bench/report';
import type { Fault } from './support/fault';

const PASSPHRASE = 'nine calm grey herons';
/** How far the mean time of a refusal may be from that of an acceptance. */
const MOST_DIFFERENCE = 0.35;

/** Somebody guesses. Each guess pays the full price of the key derivation, so the short run makes few. */
export const wrongPassphrase: Fault = {
  title: 'wrong passphrase',
  target: '0 accepted, as slow as the right one',
  async run(lab, tally) {
    const browser = await lab.start();
    const page = await browser.open();
    await page.evaluate(async (passphrase) => {
      await harness.samples.worked(harness.vault.create('passphrase', passphrase));
      await harness.samples.worked(harness.vault.lock());
    }, PASSPHRASE);
    const guesses = lab.isLong ? 1_000 : 12;
    const nearMisses = [
      '',
      ' ',
      PASSPHRASE.slice(1),
      PASSPHRASE.slice(0, -1),
      `${PASSPHRASE} `,
      ` ${PASSPHRASE}`,
      PASSPHRASE.toUpperCase(),
      PASSPHRASE.replace('e', 'е'),
      `${PASSPHRASE}\u0000`,
    ];
    const wrongMs: number[] = [];
    const rightMs: number[] = [];
    for (let at = 0; at < guesses; at += 1) {
      const guess =
        nearMisses[at] ??
        Math.floor(lab.random() * 2 ** 48)
          .toString(36)
          .padStart(9, 'x');
      const { answer, tookMs } = await page.evaluate(tryToOpen, guess);
      tally.expect(answer === 'wrong-passphrase', `guess ${at} was answered with ${answer}`);
      if (guess !== '') wrongMs.push(tookMs);
      if (at % Math.ceil(guesses / 6) === 0) {
        const right = await page.evaluate(tryToOpen, PASSPHRASE);
        tally.expect(right.answer === 'open', `the right passphrase was answered with ${right.answer}`);
        rightMs.push(right.tookMs);
        await page.evaluate(() => harness.vault.lock().then(() => undefined));
      }
    }
    const [wrong, right] = [median(wrongMs), median(rightMs)];
    const difference = Math.abs(wrong - right) / right;
    tally.expect(
      difference <= MOST_DIFFERENCE,
      `a wrong one takes ${Math.round(wrong)} ms, the right one ${Math.round(right)} ms`,
    );
    tally.took(Math.max(...wrongMs, ...rightMs));
  },
};

async function tryToOpen(passphrase: string) {
  const startedAt = performance.now();
  const opened = await harness.vault.unlock(passphrase);
  const tookMs = performance.now() - startedAt;
  return { answer: opened.ok ? opened.value.kind : opened.error.kind, tookMs };
}
