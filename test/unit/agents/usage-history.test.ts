import { describe, expect, it } from 'vitest';
import { UsageTally } from '../../../src/agents/learning/usage-history';

/** Noon of a local day, so that no time zone moves it to another. */
const noon = (day: number, month = 5) => new Date(2026, month - 1, day, 12).getTime();

let ids = 0;

function said(at: number, content: Readonly<Record<string, string | number | boolean>> = {}) {
  ids += 1;
  const date = new Date(at);
  return {
    dataType: 'user-interaction',
    createdAt: at,
    content: {
      interactionType: 'voice-command',
      utteranceId: `u${ids}`,
      result: 'success',
      recognition: 'accepted',
      phraseId: 'tea',
      hour: date.getHours(),
      weekday: date.getDay(),
      ...content,
    },
  };
}

const corrected = (subjectId: unknown, phraseId: string | null) => ({
  dataType: 'correction',
  createdAt: 1,
  content: { interactionType: 'correction', subjectId: String(subjectId), after: { phraseId } },
});

const undone = (utteranceId: unknown) => ({
  dataType: 'user-interaction',
  createdAt: 1,
  content: { interactionType: 'undo', utteranceId: String(utteranceId) },
});

describe('what was done when', () => {
  it('is counted by hour and weekday, by day, and by week from Monday', () => {
    const tally = new UsageTally();
    // 3 May 2026 is a Sunday.
    for (const day of [1, 3, 3, 4]) tally.add(said(noon(day)));
    const { heat, days, weeks } = tally.history();
    expect(heat[0]?.[12]).toBe(2);
    expect(heat.flat().reduce((sum, count) => sum + count, 0)).toBe(4);
    expect(days.map(({ day, count }) => [day, count])).toEqual([
      ['2026-05-01', 1],
      ['2026-05-03', 2],
      ['2026-05-04', 1],
    ]);
    expect(weeks.map(({ from, count, activeDays }) => [from, count, activeDays])).toEqual([
      ['2026-04-27', 3, 2],
      ['2026-05-04', 1, 1],
    ]);
    expect(weeks[0]?.busiest).toEqual({ weekday: 0, hour: 12 });
  });

  it('counts what was corrected, taken back or turned down once, on the day it was said', () => {
    const tally = new UsageTally();
    const [wrong, back, fine] = [said(noon(1)), said(noon(1)), said(noon(2))];
    for (const one of [wrong, back, fine, said(noon(2), { declined: true, result: 'failure' })])
      tally.add(one);
    tally.add(corrected(wrong.content.utteranceId, 'lamp'));
    tally.add(undone(wrong.content.utteranceId));
    tally.add(undone(back.content.utteranceId));
    // "Did you mean": the answer is no complaint when it is what was done.
    tally.add(corrected(fine.content.utteranceId, 'tea'));
    expect(tally.history().days.map(({ complaints }) => complaints)).toEqual([2, 1]);
  });

  it('counts an utterance once, also where what was meant by it was done after a correction', () => {
    const tally = new UsageTally();
    const wrong = said(noon(1), { phraseId: 'lamp' });
    tally.add(wrong);
    tally.add(corrected(wrong.content.utteranceId, 'tea'));
    tally.add(said(noon(1), { utteranceId: wrong.content.utteranceId, phraseId: 'tea' }));
    const { heat, days, weeks } = tally.history();
    expect(heat.flat().reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(days).toMatchObject([{ count: 1, complaints: 1 }]);
    expect(weeks).toMatchObject([{ count: 1, complaints: 1 }]);
  });

  it('names the phrases said most, and those said for the first time', () => {
    const tally = new UsageTally();
    for (const phraseId of ['tea', 'tea', 'lamp']) tally.add(said(noon(1), { phraseId }));
    for (const phraseId of ['door', 'tea']) tally.add(said(noon(5), { phraseId }));
    const [first, second] = tally.history().weeks;
    expect(first?.phrases).toEqual([
      { phraseId: 'tea', count: 2 },
      { phraseId: 'lamp', count: 1 },
    ]);
    expect(second?.newPhrases).toEqual(['door']);
  });

  it('averages how content the person was, where that is known', () => {
    const tally = new UsageTally();
    tally.add(said(noon(1), { satisfaction: 1 }));
    tally.add(said(noon(1), { satisfaction: 0.5 }));
    tally.add(said(noon(1)));
    tally.add(said(noon(2)));
    expect(tally.history().days.map(({ satisfaction }) => satisfaction)).toEqual([0.75, undefined]);
  });
});

describe('how well Echo knows somebody by ear', () => {
  it('is compared with guessing, on the same utterances and before they are known', () => {
    const tally = new UsageTally();
    for (let time = 0; time < 10; time += 1)
      tally.add(said(noon(1), { phraseId: time % 2 === 0 ? 'tea' : 'lamp' }));
    const [first, second] = tally.history().recognition;
    expect(first).toMatchObject({ fromEvent: 0, events: 5, hitRate: { echo: 1, 'most-recent': 0 } });
    // The first of all cannot be guessed.
    expect(first?.hitRate['most-frequent']).toBeLessThan(1);
    expect(second?.fromEvent).toBe(5);
  });

  it('counts what was taken for another phrase, asked about, or not known, and leaves out what was no phrase', () => {
    const tally = new UsageTally();
    const rows = [
      said(noon(1)),
      said(noon(1)),
      said(noon(1), { recognition: 'did-you-mean' }),
      said(noon(1), { recognition: 'unknown', phraseId: false }),
      said(noon(1)),
      said(noon(1)),
    ];
    for (const row of rows) tally.add(row);
    tally.add(corrected(rows[1]?.content.utteranceId, 'lamp'));
    tally.add(corrected(rows[3]?.content.utteranceId, 'tea'));
    tally.add(corrected(rows[4]?.content.utteranceId, null));
    expect(tally.history().recognition).toMatchObject([{ events: 5, hitRate: { echo: 2 / 5 } }]);
  });
});
