import { describe, expect, it } from 'vitest';
import type { TakeId } from '../../../../src/core/ids';
import { extractFeatures } from '../../../../src/features/feature-extractor';
import { measureManner, UsualManner } from '../../../../src/speech/voice/speaking-manner';
import { joined, mixed, noise, silence, vowel } from '../../../support/signals';
import { idOf } from '../../../support/voiceprints';

function said({ pitchHz = 120, levelDb = -25, beatSeconds = 0.15 } = {}) {
  const beat = [vowel(beatSeconds, pitchHz, [600, 1_200], levelDb), silence(beatSeconds / 2)];
  const samples = joined(silence(0.25), ...beat, ...beat, ...beat, silence(0.25));
  const clip = mixed(samples, noise(samples.length / 16_000, -68));
  return measureManner(clip, extractFeatures(clip));
}

const usual = new UsualManner();
for (const [index, pitchHz] of [112, 118, 120, 121, 124, 130].entries())
  usual.enrol(idOf<TakeId>(index), said({ pitchHz, levelDb: -26 + (index % 3) }));

describe('UsualManner', () => {
  it('calls the usual usual', () => {
    expect(usual.compare(said())).toEqual({ pitch: 'as-usual', pace: 'as-usual', loudness: 'as-usual' });
  });

  it('says in plain words what is different, each for itself', () => {
    expect(usual.compare(said({ pitchHz: 180 }))).toMatchObject({ pitch: 'higher', pace: 'as-usual' });
    expect(usual.compare(said({ pitchHz: 80 })).pitch).toBe('lower');
    expect(usual.compare(said({ levelDb: -12 })).loudness).toBe('louder');
    expect(usual.compare(said({ levelDb: -40 })).loudness).toBe('quieter');
    expect(usual.compare(said({ beatSeconds: 0.3 })).pace).toBe('slower');
    expect(usual.compare(said({ beatSeconds: 0.1 })).pace).toBe('faster');
  });

  it('knows nothing yet from three takes, nor of what cannot be measured', () => {
    const few = new UsualManner();
    for (const index of [0, 1, 2]) few.enrol(idOf<TakeId>(index), said());
    const nothing = { pitch: 'not-known-yet', pace: 'not-known-yet', loudness: 'not-known-yet' };
    expect(few.compare(said())).toEqual(nothing);
    expect(few.pitchRangeHz).toBeUndefined();
    expect(usual.compare({})).toEqual(nothing);
  });

  it('forgets a take as if it had never been there', () => {
    const withOdd = new UsualManner();
    for (const [index, pitchHz] of [112, 118, 120, 121].entries())
      withOdd.enrol(idOf<TakeId>(index), said({ pitchHz }));
    const before = withOdd.pitchRangeHz;
    withOdd.enrol(idOf<TakeId>(9), said({ pitchHz: 300 }));
    expect(withOdd.pitchRangeHz).not.toEqual(before);
    withOdd.remove(idOf<TakeId>(9));
    expect(withOdd.pitchRangeHz).toEqual(before);
  });
});
