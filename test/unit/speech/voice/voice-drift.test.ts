import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/core/random';
import { epochMs } from '../../../../src/core/units';
import { VoiceDays } from '../../../../src/speech/voice/voice-days';
import { measureDrift } from '../../../../src/speech/voice/voice-drift';
import { between, gaussian, uttered, voice } from '../../../support/voiceprints';

const me = voice(1);
const DAY_MS = 86_400_000;
const START = 19_700 * DAY_MS;

interface Life {
  /** Share of the way to another voice. */
  readonly moved: (day: number, hour: number) => number;
  readonly margin?: (day: number) => number;
  readonly hours?: (day: number) => readonly number[];
  readonly seed?: number;
}

function live(
  dayCount: number,
  { moved, margin = () => 0.5, hours = () => [9, 20], seed = 1 }: Life,
): VoiceDays {
  const random = seededRandom(seed);
  const days = new VoiceDays();
  for (let day = 0; day < dayCount; day += 1)
    for (const hour of hours(day))
      for (let n = 0; n < 6; n += 1)
        days.add({
          voiceprint: uttered(between(me, voice(2), moved(day, hour)), 0.7, random),
          at: epochMs(START + day * DAY_MS + hour * 3_600_000 + n * 60_000),
          utcOffsetMinutes: 0,
          margin: margin(day) + 0.2 * gaussian(random),
        });
  return days;
}

const drift = (life: Life, dayCount = 20) => measureDrift(live(dayCount, life).days, me);

describe('measureDrift', () => {
  it('finds an unchanged voice steady', () => {
    for (const seed of [1, 2, 3, 4, 5])
      expect(drift({ moved: () => 0, seed })).toMatchObject({ kind: 'steady', wouldRefreshHelp: false });
  });

  it('needs days to compare', () => {
    expect(drift({ moved: () => 0 }, 4)).toEqual({ kind: 'too-few-days', days: 4 });
    expect(measureDrift([], me)).toEqual({ kind: 'too-few-days', days: 0 });
  });

  it('asks for a refresh only when the voice moved and recognition got worse', () => {
    const moved = (day: number) => (day < 12 ? 0 : 0.4);
    const worse = (day: number) => (day < 12 ? 0.5 : 0.3);
    expect(drift({ moved, margin: worse })).toMatchObject({ kind: 'moved', wouldRefreshHelp: true });
    expect(drift({ moved })).toMatchObject({ kind: 'moved', wouldRefreshHelp: false });
    expect(drift({ moved: () => 0, margin: worse })).toMatchObject({
      kind: 'steady',
      areMarginsWorse: true,
      wouldRefreshHelp: false,
    });
  });

  it('does not take the time of day for a trend', () => {
    const hoarseMornings = (_: number, hour: number) => (hour < 12 ? 0.4 : 0);
    const everyDay = drift({ moved: hoarseMornings });
    expect(everyDay).toMatchObject({ kind: 'steady', timeOfDay: { part: 'morning' } });
    const latelyInTheMorning = drift({
      moved: hoarseMornings,
      hours: (day) => (day < 13 ? [9, 20] : [9]),
    });
    expect(latelyInTheMorning).toMatchObject({ kind: 'steady', wouldRefreshHelp: false });
    expect(drift({ moved: hoarseMornings, hours: (day) => (day < 13 ? [20] : [9]) }).kind).toBe(
      'too-few-days',
    );
  });

  it('does not mistake one bad day for another voice', () => {
    expect(drift({ moved: (day) => (day === 18 ? 0.5 : 0) }).kind).toBe('steady');
  });
});

describe('VoiceDays', () => {
  it('goes on from a snapshot, in JSON, and refuses a damaged one', () => {
    const days = live(6, { moved: () => 0 });
    const stored: unknown = JSON.parse(JSON.stringify(days.snapshot()));
    const restored = new VoiceDays();
    expect(restored.restore(stored).ok).toBe(true);
    expect(restored.snapshot()).toEqual(days.snapshot());
    const damaged = restored.restore({ version: 1, days: [{ day: 1, cells: [] }] });
    expect(damaged).toMatchObject({ ok: false, error: { kind: 'bad-snapshot' } });
    expect(restored.snapshot()).toEqual(days.snapshot());
  });

  it('keeps the first and the last days, and no more', () => {
    const { days } = live(80, { moved: () => 0, hours: () => [9] });
    expect(days).toHaveLength(44);
    expect(days[0]?.day).toBe(19_700);
    expect(days.at(-1)?.day).toBe(19_779);
    const forgotten = live(3, { moved: () => 0 });
    forgotten.forget();
    expect(forgotten.days).toHaveLength(0);
  });
});
