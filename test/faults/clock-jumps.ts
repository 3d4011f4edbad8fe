import type { Fault } from './support/fault';

/**
 * The device's clock is set: years ahead and back, hours back, again and again, with Echo open and with Echo closed
 * in between. What has really expired must still go once the time can be believed.
 */
export const clockJumps: Fault = {
  title: 'clock jumps',
  target: '0 wrong deletes, no storm of new keys, due things happen',
  async run(lab, tally) {
    const browser = await lab.start();
    const page = await browser.open();
    const jumps: [what: string, jumpMs: number][] = [
      ['five years ahead', 5 * YEAR_MS],
      ['a century ahead', 100 * YEAR_MS],
      ['four hundred days ahead', 400 * DAY_MS],
      ['five years back', -5 * YEAR_MS],
      ['to 1970', Number.NEGATIVE_INFINITY],
      ['three hours back', -3 * HOUR_MS],
      ['forty days back', -40 * DAY_MS],
    ];
    for (const [at, [what, jumpMs]] of jumps.entries()) {
      // The short run takes turns.
      for (const isClosed of lab.isLong ? [false, true] : [at % 2 === 0]) {
        const seen = await page.evaluate(jumpAgainAndAgain, {
          jumpMs: Number.isFinite(jumpMs) ? jumpMs : null,
          isClosed,
          times: lab.isLong ? 20 : 2,
        });
        const how = `${what}, ${isClosed ? 'while closed' : 'while open'}`;
        const problems: string[] = [];
        if (seen.agesDays.join() !== '1,100,300') problems.push(`${how}: left are the ages ${seen.agesDays}`);
        if (seen.quarantined > 0) problems.push(`${how}: ${seen.quarantined} rows do not open`);
        // Of four levels, each may have got one new key: more than that is a storm.
        if (seen.newKeys > 4) problems.push(`${how}: ${seen.newKeys} new keys`);
        tally.tried(...problems);
      }
    }
    const due = await page.evaluate(timePasses);
    tally.expect(due.agesDays.join() === '1', `66 days on, the ages ${due.agesDays} are left instead of 1`);
    tally.expect(due.newKeys >= 4, `66 days on, ${due.newKeys} of four keys are new`);
  },
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const YEAR_MS = 365 * DAY_MS;

/** There and back so many times, with half an hour of use at either end. */
async function jumpAgainAndAgain(how: { jumpMs: number | null; isClosed: boolean; times: number }) {
  const kept = await harness.keepVault([1, 100, 300]);
  const { clock } = kept;
  const keys = new Set<string>();
  const before = await kept.look();
  await kept.round();
  for (let time = 0; time < how.times; time += 1) {
    for (const isThere of [true, false]) {
      const rightMs = clock.now();
      if (how.isClosed) await kept.reopen();
      if (how.jumpMs === null) clock.set(isThere ? 0 : kept.beganAtMs + 3_600_000 * (time + 1));
      else clock.set(isThere ? rightMs + how.jumpMs : rightMs - how.jumpMs);
      for (let look = 0; look < 3; look += 1) {
        await kept.round();
        clock.pass(600_000);
      }
      for (const id of (await kept.look()).keyIds) keys.add(id);
    }
  }
  const after = await kept.look();
  return { ...after, newKeys: [...keys].filter((id) => !before.keyIds.includes(id)).length };
}

/** Two months go by as they do when Echo is used every other day: what is a year old then is deleted. */
async function timePasses() {
  const kept = await harness.keepVault([1, 300, 350]);
  const before = await kept.look();
  const keys = new Set<string>();
  for (let day = 0; day < 66; day += 2) {
    kept.clock.pass(2 * 86_400_000);
    if (day % 10 === 0) await kept.reopen();
    await kept.round();
    for (const id of (await kept.look()).keyIds) keys.add(id);
  }
  const after = await kept.look();
  return { ...after, newKeys: [...keys].filter((id) => !before.keyIds.includes(id)).length };
}
