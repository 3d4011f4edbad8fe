import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HabitJournal } from '../../../../src/behaviour/habits/habit-journal';
import type { HabitMoment } from '../../../../src/behaviour/habits/habit-moment';

const ACTIONS = ['rise', 'kettle', 'news', 'run', 'sleep'];
const moment = (at: number): HabitMoment => ({
  atMs: at * 1_234_567,
  minuteOfDay: (at * 37) % 1_440,
  weekday: at % 7,
  appState: 'idle',
});

/** Fewer actions are known than are done: slots change hands as well. */
function lived(actions: readonly (string | undefined)[]): HabitJournal {
  const journal = new HabitJournal(4);
  for (const [at, action] of actions.entries())
    if (action !== undefined) journal.add(action, `u${at}`, moment(at));
  return journal;
}

const known = (journal: HabitJournal) => ({
  ...journal.knowledge.save(),
  foreseen: journal.knowledge.predict(moment(999)),
});

const pasts = fc.array(fc.constantFrom(...ACTIONS), { minLength: 1, maxLength: 150, size: 'max' });
/** Which of the last 32 is meant, the last being 0. */
const backs = fc.nat({ max: 31 });

describe('HabitJournal', () => {
  it('knows nothing, to the last bit, of what was taken back', () => {
    fc.assert(
      fc.property(pasts, backs, (past, back) => {
        const at = past.length - 1 - (back % past.length);
        const journal = lived(past);
        journal.remove(`u${at}`);
        expect(known(journal)).toEqual(known(lived(past.toSpliced(at, 1, undefined as never))));
      }),
      { numRuns: 15 },
    );
  });

  it('knows what was wanted instead, as if nothing else had been done', () => {
    fc.assert(
      fc.property(pasts, backs, fc.constantFrom(...ACTIONS), fc.boolean(), (past, back, wanted, isAgain) => {
        const at = past.length - 1 - (back % past.length);
        const journal = lived(past);
        // Said by the correction, or done for the same utterance after it.
        if (isAgain) journal.add(wanted, `u${at}`, moment(500));
        else journal.replace(`u${at}`, wanted);
        expect(known(journal)).toEqual(known(lived(past.with(at, wanted))));
      }),
      { numRuns: 15 },
    );
  });

  it('goes on from what was saved to the last bit, and can still take back', () => {
    fc.assert(
      fc.property(pasts, (past) => {
        const journal = lived(past);
        const other = new HabitJournal(4);
        other.restore(structuredClone(journal.save()));
        expect(known(other)).toEqual(known(journal));
        for (const one of [journal, other]) {
          one.add('run', 'more', moment(600));
          one.remove(`u${past.length - 1}`);
        }
        expect(known(other)).toEqual(known(journal));
        expect(other.save()).toEqual(journal.save());
      }),
      { numRuns: 15 },
    );
  });

  it('leaves alone what it does not know, what is long ago, and what nobody can refer to', () => {
    const past = Array.from({ length: 150 }, (_, at) => ACTIONS[at % 5]);
    const journal = lived(past);
    journal.add('run', '', moment(150));
    const before = known(journal);
    for (const subject of ['somebody', 'u3', '']) {
      journal.remove(subject);
      journal.replace(subject, 'sleep');
    }
    expect(known(journal)).toEqual(before);
  });

  it('keeps few things that can be taken back, however much is done', () => {
    const sizes = [200, 500].map((count) => {
      const journal = lived(Array.from({ length: count }, (_, at) => ACTIONS[at % 5]));
      return journal.save().saved.entries.length;
    });
    expect(Math.max(...sizes)).toBeLessThanOrEqual(64);
  });

  it('refuses what does not belong together', () => {
    const { saved, weights } = lived(Array.from({ length: 100 }, (_, at) => ACTIONS[at % 3])).save();
    const restore = (change: object) => () => new HabitJournal(4).restore({ saved, weights, ...change });
    expect(restore({ weights: undefined })).toThrow(TypeError);
    expect(restore({ weights: weights?.slice(4) })).toThrow(TypeError);
    expect(restore({ saved: { ...saved, base: null } })).toThrow(TypeError);
  });
});
