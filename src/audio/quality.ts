import type { Quality, QualityFlaw } from '../learning/records';
import { SILENCE_DB } from './levels';
import { findSpeechSpan } from './speech-span';
import type { Utterance } from './utterance';

const QUIET_PEAK_DB = -38;
const NOISY_BELOW_DB = 12;
const SHORT_SPEECH_FRAMES = 15;
/** Samples at full scale in a row: a converter's ceiling, which no natural wave touches for so long. */
const CLIPPED_RUN_SAMPLES = 4;
const FULL_SCALE = 0.985;
const CLIPPED_RUNS = 3;
/** Speech this close to the border of the recording began before it, or went on after it. */
const CUT_OFF_FRAMES = 2;

/** What is wrong with a recording, most serious first, and the two figures the verdict rests on. */
export function judgeQuality(utterance: Utterance): Quality {
  const span = findSpeechSpan(utterance.samples);
  if (span === undefined) return { flaws: ['too-quiet'], peakDb: SILENCE_DB, signalToNoiseDb: 0 };

  const frameCount = Math.floor(utterance.samples.length / 160);
  const isCutOff =
    utterance.endedBy === 'limit' ||
    span.firstSpeechFrame < CUT_OFF_FRAMES ||
    span.endSpeechFrame > frameCount - CUT_OFF_FRAMES;
  const signalToNoiseDb = span.speechDb - span.backgroundDb;
  const checks: readonly [QualityFlaw, boolean][] = [
    ['too-quiet', span.peakDb < QUIET_PEAK_DB],
    ['clipped', clippedRunCount(utterance.samples) >= CLIPPED_RUNS],
    ['cut-off', isCutOff],
    ['too-short', span.speechFrameCount < SHORT_SPEECH_FRAMES],
    ['noisy', signalToNoiseDb < NOISY_BELOW_DB],
  ];
  return {
    flaws: checks.filter(([, isFlawed]) => isFlawed).map(([flaw]) => flaw),
    peakDb: span.peakDb,
    signalToNoiseDb,
  };
}

function clippedRunCount(samples: Float32Array): number {
  let runs = 0;
  let length = 0;
  for (const sample of samples) {
    length = Math.abs(sample) >= FULL_SCALE ? length + 1 : 0;
    if (length === CLIPPED_RUN_SAMPLES) runs += 1;
  }
  return runs;
}
