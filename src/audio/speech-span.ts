import { frameLevelsDb, LEVEL_FRAME_SAMPLES, quantile, SILENCE_DB } from './levels';

/** Silence left on either side: trimming hard costs two points of accuracy. */
const PADDING_FRAMES = 20;
/** Speech shorter than this is a click or a bump. */
const MINIMUM_SPEECH_FRAMES = 6;
/** Quieter than this is no speech, whatever the background. */
const FAINTEST_SPEECH_DB = -62;
/** Frames this far under the loudest are breath, reverberation or background. */
const DYNAMIC_RANGE_DB = 38;

export interface SpeechSpan {
  /** First and one past the last sample kept, padding included. */
  readonly startSample: number;
  readonly endSample: number;
  /** First and one past the last 10 ms frame judged speech. */
  readonly firstSpeechFrame: number;
  readonly endSpeechFrame: number;
  readonly speechFrameCount: number;
  readonly backgroundDb: number;
  readonly speechDb: number;
  readonly peakDb: number;
}

/**
 * Where the speech is in a finished clip of 16 kHz mono samples; `undefined` when there is none.
 * Used where the person (push-to-talk) or a file sets the outer borders; a live stream goes through
 * the `Endpointer`.
 */
export function findSpeechSpan(samples: Float32Array): SpeechSpan | undefined {
  const levels = frameLevelsDb(samples);
  if (levels.length === 0) return undefined;
  const peakDb = quantile(levels, 0.98);
  const backgroundDb = quantile(levels, 0.08);
  const thresholdDb = Math.max(
    FAINTEST_SPEECH_DB,
    peakDb - DYNAMIC_RANGE_DB,
    Math.min(backgroundDb + 8, peakDb - 10),
  );
  const isSpeech = (frame: number): boolean => (levels[frame] ?? SILENCE_DB) > thresholdDb;

  const runs = speechRuns(levels.length, isSpeech);
  const first = runs[0];
  const last = runs[runs.length - 1];
  if (first === undefined || last === undefined) return undefined;

  let speechFrameCount = 0;
  let speechSum = 0;
  for (let frame = first.start; frame < last.end; frame += 1) {
    if (!isSpeech(frame)) continue;
    speechFrameCount += 1;
    speechSum += levels[frame] as number;
  }
  return {
    startSample: Math.max(0, first.start - PADDING_FRAMES) * LEVEL_FRAME_SAMPLES,
    endSample: Math.min(samples.length, (last.end + PADDING_FRAMES) * LEVEL_FRAME_SAMPLES),
    firstSpeechFrame: first.start,
    endSpeechFrame: last.end,
    speechFrameCount,
    backgroundDb,
    speechDb: speechSum / speechFrameCount,
    peakDb,
  };
}

interface Run {
  readonly start: number;
  readonly end: number;
}

/** Stretches of speech, bridged over gaps of up to 60 ms; the short ones are dropped. */
function speechRuns(frameCount: number, isSpeech: (frame: number) => boolean): Run[] {
  const bridged: { start: number; end: number }[] = [];
  for (let frame = 0; frame < frameCount; frame += 1) {
    if (!isSpeech(frame)) continue;
    const current = bridged[bridged.length - 1];
    if (current !== undefined && frame - current.end <= 6) current.end = frame + 1;
    else bridged.push({ start: frame, end: frame + 1 });
  }
  return bridged.filter((run) => run.end - run.start >= MINIMUM_SPEECH_FRAMES);
}

/** The part of a clip that holds speech, with padding; `undefined` when nothing in it is speech. */
export function trimToSpeech(samples: Float32Array): Float32Array | undefined {
  const span = findSpeechSpan(samples);
  return span === undefined ? undefined : samples.slice(span.startSample, span.endSample);
}
