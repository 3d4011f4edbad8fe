import { writeUntil } from './support/acknowledged-writes';
import type { Fault } from './support/fault';

const NOTES = 240;

/**
 * New keys are made and every row is sealed anew while somebody else writes, and the browser dies in the middle of
 * it, again and again. Every other life begins another rotation before the last one ended.
 */
export const rotationKilled: Fault = {
  title: 'browser killed while keys rotate',
  target: '0 unreadable, old keys dropped at the end',
  async run(lab, tally) {
    let browser = await lab.start();
    let page = await browser.open();
    await page.evaluate(async (notes) => {
      const { vault, samples } = harness;
      await samples.worked(vault.create('convenience'));
      const writes = Array.from({ length: notes }, (_, at) => ({
        op: 'put' as const,
        table: 'notes' as const,
        row: samples.sampleNote(`note ${at}`),
      }));
      await samples.worked(vault.write(writes));
    }, NOTES);

    let writes = 0;
    let interrupted = 0;
    for (let round = 0; round < (lab.isLong ? 50 : 7); round += 1) {
      await page.evaluate(startRotating, round % 2 === 0);
      const seen = await writeUntil(page, writes, 3);
      await new Promise((resolve) => setTimeout(resolve, lab.random() * 200));
      if (round % 3 === 2) await browser.crash(page);
      else {
        await browser.kill();
        browser = await lab.start(browser.profile);
      }
      page = await browser.open();
      const found = await page.evaluate(readEverything);
      interrupted += found.retired > 0 ? 1 : 0;
      const problems = [...found.problems, ...seen.refused];
      if (found.writes < seen.acknowledged)
        problems.push(`write ${seen.acknowledged} was acknowledged, ${found.writes} are there`);
      if (found.notes !== NOTES) problems.push(`${found.notes} of ${NOTES} notes open`);
      if (found.keyless > 0) problems.push(`${found.keyless} rows are under a key that is gone`);
      tally.tried(...problems);
      writes = found.writes;
    }
    tally.expect(interrupted > 0, 'no kill ever fell into the middle of a rotation');

    await page.evaluate(async () => harness.rotateToTheEnd(await harness.secondSession()));
    const end = await page.evaluate(readEverything);
    const problems = [...end.problems];
    if (end.notes !== NOTES) problems.push(`${end.notes} of ${NOTES} notes open at the end`);
    if (end.retired > 0) problems.push(`${end.retired} old keys are there at the end`);
    if (end.keyless > 0) problems.push(`${end.keyless} rows are under a key that is gone`);
    tally.tried(...problems);
  },
};

/** In a session of its own, as in another tab: the one that writes has to notice. */
async function startRotating(isNew: boolean): Promise<void> {
  const { samples, vault } = harness;
  await samples.worked(vault.unlock());
  const session = await harness.secondSession();
  if (isNew) await samples.worked(session.rotateKeys());
  void harness.rotateToTheEnd(session);
}

async function readEverything() {
  const { vault, samples, raw } = harness;
  await samples.worked(vault.unlock());
  const state = await samples.worked(vault.keyState());
  const known = new Set([...state.levels, ...state.retired].map(({ keyId }) => keyId));
  let keyless = 0;
  for (const table of ['notes', 'phrases', 'takes', 'audio']) {
    const stored = await raw.rawRows(raw.learningOf('claude-echo'), table);
    keyless += stored.filter(({ keyId }) => !known.has(String(keyId))).length;
  }
  const notes = (await samples.worked(vault.list('notes'))).rows.filter(({ text }) =>
    text.startsWith('note '),
  );
  return { ...(await harness.findState(vault)), retired: state.retired.length, keyless, notes: notes.length };
}
