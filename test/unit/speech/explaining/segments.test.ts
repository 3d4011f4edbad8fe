import { describe, expect, it } from 'vitest';
import { comparedFramesOf } from '../../../../src/speech/explaining/compared-frames';
import { segmentsOf } from '../../../../src/speech/explaining/segments';
import { AH, EE, OO, word } from './explaining-sounds';

const segmentsIn = (features: ReturnType<typeof word>) =>
  segmentsOf(features.logMel, comparedFramesOf([features])[0]?.frameCount ?? 0);

describe('segmentsOf', () => {
  it('cuts where one sound ends and the next begins', () => {
    // 100 ms of silence, three vowels of 200 ms, 100 ms of silence; frames of 20 ms.
    const cuts = segmentsIn(word(AH, EE, OO)).map(({ from }) => from);
    for (const change of [5, 15, 25, 35]) {
      expect(Math.min(...cuts.map((cut) => Math.abs(cut - change)))).toBeLessThanOrEqual(1);
    }
  });

  it('covers the utterance without gaps, in five to eight pieces', () => {
    for (const features of [word(AH), word(AH, EE, OO), word(AH, EE, OO, AH, EE, OO, AH, EE)]) {
      const segments = segmentsIn(features);
      expect(segments.length).toBeGreaterThanOrEqual(5);
      expect(segments.length).toBeLessThanOrEqual(8);
      expect(segments[0]?.from).toBe(0);
      for (const [index, { from, to }] of segments.entries()) {
        expect(to - from).toBeGreaterThanOrEqual(3);
        expect(segments[index + 1]?.from ?? to).toBe(to);
      }
    }
  });

  it('makes do with fewer when there is hardly anything, and with none when there is nothing', () => {
    const { logMel } = word(AH);
    expect(segmentsOf(logMel, 4)).toEqual([{ from: 0, to: 4 }]);
    expect(segmentsOf(logMel, 1)).toEqual([{ from: 0, to: 1 }]);
    expect(segmentsOf(logMel, 0)).toEqual([]);
  });
});
