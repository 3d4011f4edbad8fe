import type { FrameSequence } from '../../features/utterance-features';

const FRAME_MS = 10;
/** Bands of the 40 (60–7600 Hz) that vowels fill and hiss and hum do not: about 300 to 3,000 Hz. */
const FIRST_BAND = 6;
const LAST_BAND = 28;
/** Half width of the smoothing: shorter than a fast syllable, longer than a pitch period. */
const REACH_FRAMES = 4;
/** A peak stands out of the dips on both sides by this much: 3 dB, in natural log of energy. */
const LEAST_DIP = 0.69;
/** Peaks this far below the loudest are not speech: 25 dB. */
const RANGE = 5.8;
const LEAST_SPEECH_MS = 150;

export interface EnergyPeaks {
  readonly count: number;
  /** From where the energy first rises above the range to where it last does. */
  readonly speechMs: number;
}

/**
 * Counts the peaks of mid-band energy, as syllable nuclei are found in any language (Mermelstein, 1975; de Jong and
 * Wempe, 2009). They are not syllables: whispered, slurred or very fast ones merge, so a rate compares with the same
 * person's only.
 *
 * @param logMel natural log of 40 mel band energies, a frame every 10 ms
 */
export function countEnergyPeaks({ data, frameCount, dimensions }: FrameSequence): EnergyPeaks {
  const envelope = smoothed(midBandEnergies(data, frameCount, dimensions));
  const loudest = envelope.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const floor = loudest - RANGE;
  const first = envelope.findIndex((value) => value > floor);
  const last = envelope.findLastIndex((value) => value > floor);
  if (first < 0) return { count: 0, speechMs: 0 };
  let count = 0;
  let top = Number.NEGATIVE_INFINITY;
  let dip = floor;
  let isRising = true;
  // A peak counts once the energy has fallen by the dip after having risen by it.
  for (const value of [...envelope.subarray(first, last + 1), floor - LEAST_DIP]) {
    if (isRising) {
      top = Math.max(top, value);
      if (value > top - LEAST_DIP) continue;
      if (top - dip >= LEAST_DIP) count += 1;
      isRising = false;
      dip = value;
    } else {
      dip = Math.min(dip, value);
      if (value < dip + LEAST_DIP) continue;
      isRising = true;
      top = value;
    }
  }
  return { count, speechMs: (last - first + 1) * FRAME_MS };
}

/** Peaks a second; `undefined` where there is too little speech to speak of a rate. */
export function energyPeaksPerSecond(logMel: FrameSequence): number | undefined {
  const { count, speechMs } = countEnergyPeaks(logMel);
  return speechMs < LEAST_SPEECH_MS || count === 0 ? undefined : (1_000 * count) / speechMs;
}

function midBandEnergies(data: Float32Array, frameCount: number, dimensions: number): Float32Array {
  return Float32Array.from({ length: frameCount }, (_, frame) => {
    let energy = 0;
    for (let band = FIRST_BAND; band <= LAST_BAND; band += 1)
      energy += Math.exp(data[frame * dimensions + band] as number);
    return Math.log(energy);
  });
}

function smoothed(values: Float32Array): Float32Array {
  return values.map((_, index) => {
    let sum = 0;
    let weights = 0;
    for (let shift = -REACH_FRAMES; shift <= REACH_FRAMES; shift += 1) {
      const value = values[index + shift];
      if (value === undefined) continue;
      const weight = REACH_FRAMES + 1 - Math.abs(shift);
      sum += weight * value;
      weights += weight;
    }
    return sum / weights;
  });
}
