import { describe, expect, it } from 'vitest';
import { fromPcm16, toPcm16 } from '../../../src/audio/pcm16';
import { judgeQuality } from '../../../src/audio/quality';
import { findSpeechSpan } from '../../../src/audio/speech-span';
import { joined, mixed, noise, silence, vowel } from '../../support/signals';

const clean = (levelDb: number) =>
  mixed(joined(silence(0.3), vowel(0.6, 120, [700, 1_200], levelDb), silence(0.3)), noise(1.2, -75));
const flaws = (samples: Float32Array) => judgeQuality({ samples, endedBy: 'silence' }).flaws;

describe('judgeQuality', () => {
  it('finds nothing wrong with a clean take', () => {
    expect(flaws(clean(-20))).toEqual([]);
  });

  it('says too quiet, clipped, noisy, too short and cut off, each for its own reason', () => {
    expect(flaws(clean(-50))).toContain('too-quiet');
    expect(flaws(clean(-4).map((sample) => Math.max(-1, Math.min(1, sample * 4))))).toContain('clipped');
    expect(flaws(mixed(clean(-30), noise(1.2, -40)))).toContain('noisy');
    expect(flaws(joined(silence(0.3), vowel(0.1, 120, [700], -20), silence(0.3)))).toContain('too-short');
    expect(flaws(clean(-20).slice(0.45 * 16_000))).toContain('cut-off');
  });

  it('calls silence too quiet', () => {
    expect(flaws(silence(1))).toEqual(['too-quiet']);
  });
});

describe('findSpeechSpan', () => {
  it('keeps 200 ms on both sides of the speech', () => {
    const span = findSpeechSpan(clean(-20));
    expect(span?.startSample).toBeGreaterThanOrEqual(0.08 * 16_000);
    expect(span?.startSample).toBeLessThanOrEqual(0.13 * 16_000);
    expect(span?.endSample).toBeGreaterThanOrEqual(1.07 * 16_000);
  });

  it('ignores a click beside the word', () => {
    const take = clean(-20);
    take.set(noise(0.01, -3), 100);
    expect(findSpeechSpan(take)?.firstSpeechFrame).toBeGreaterThan(25);
  });
});

describe('pcm16', () => {
  it('keeps sound within one quantisation step', () => {
    const samples = clean(-20);
    const back = fromPcm16(toPcm16(samples));
    const worst = Math.max(...samples.map((sample, index) => Math.abs(sample - (back[index] as number))));
    expect(worst).toBeLessThan(1 / 32_000);
  });
});
