import { SAMPLE_RATE_HZ } from '../../src/core/units';
import { silence } from './signals';

/** Narrow pulses, one a period: a glottis without a throat. Every harmonic is as strong as the first. */
export function pulseTrain(seconds: number, pitchHz: number, levelDb: number): Float32Array {
  const samples = silence(seconds);
  const period = SAMPLE_RATE_HZ / pitchHz;
  const width = 6;
  for (let centre = 0; centre < samples.length; centre += period)
    for (let index = Math.ceil(centre - width); index <= centre + width; index += 1)
      if (index >= 0 && index < samples.length)
        samples[index] =
          (samples[index] as number) + Math.cos(((index - centre) / width) * (Math.PI / 2)) ** 2;
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  const scale = 10 ** (levelDb / 20) / Math.sqrt(power);
  return samples.map((sample) => sample * scale);
}
