import { cutIntoUtterances } from '../../src/audio/endpointing';
import { shuffled } from '../../src/core/random';
import type { UtteranceFeatures } from '../../src/features/utterance-features';
import { BUDGET_LIMITS } from '../../src/speech/recognition/false-trigger-budget';
import type { TidyRow } from '../report';
import type { Voices } from '../voices';
import type { BenchScorer, EnrolledClip } from './bench-scorer';
import { withNoise } from './noise';
import {
  drawTakes,
  type Hear,
  type HeardClip,
  hearPlainly,
  randomOf,
  type SpeakerClips,
} from './speaker-clips';
import { acceptAtFalse, equalErrorRate, meanAndSpread, thresholdAtMiss } from './statistics';

const HEARING = { hangoverMs: 300, maximumMs: 8_000 };
const NOISE_K = 3;

export interface Conditions {
  readonly set: string;
  readonly scorer: BenchScorer;
  readonly speakers: readonly SpeakerClips[];
  readonly drawCount: number;
}

/** Continuous speech as the app's endpointing cuts it, and how long it is in all. */
export interface ContinuousSpeech {
  readonly utterances: readonly UtteranceFeatures[];
  readonly hours: number;
}

export async function loadContinuousSpeech(
  voices: Voices,
  hear: Hear = hearPlainly,
): Promise<ContinuousSpeech> {
  const utterances: UtteranceFeatures[] = [];
  let sampleCount = 0;
  for (const clip of voices.clips.filter(({ set }) => set === 'continuous-speech')) {
    const samples = await voices.soundOf(clip);
    sampleCount += samples.length;
    for (const utterance of cutIntoUtterances(samples, HEARING)) {
      const features = await hear(utterance.samples);
      if (features !== undefined) utterances.push(features);
    }
  }
  return { utterances, hours: sampleCount / 16_000 / 3_600 };
}

/**
 * few-shot(k), or noise(SNR) when every tested clip is given another, noisy sound. `tunedWeight` is the say
 * that the tuned encoder was given, `tunedHeard` the share of enrolments in which it was given any.
 */
export async function runFewShot(
  { set, scorer, speakers, drawCount }: Conditions,
  k: number,
  noisy?: {
    readonly snrDb: number;
    readonly features: ReadonlyMap<HeardClip, UtteranceFeatures | undefined>;
  },
): Promise<TidyRow[]> {
  const accuracies: number[] = [];
  const tunedWeights: number[] = [];
  for (const speaker of speakers) {
    const ofDraws: number[] = [];
    for (let draw = 0; draw < drawCount; draw += 1) {
      const { enrolled, tested } = drawTakes(speaker, speaker.words, k, randomOf(speaker.speaker, draw, k));
      if (tested.length === 0) continue;
      const { recognise, tunedWeight } = await scorer.enrol(enrolled.map(enrolledOf));
      if (tunedWeight !== undefined) tunedWeights.push(tunedWeight);
      const right = tested.filter((heard) => {
        const features = noisy === undefined ? heard.features : noisy.features.get(heard);
        return features !== undefined && recognise(features).word === heard.clip.word;
      });
      ofDraws.push(right.length / tested.length);
    }
    if (ofDraws.length > 0) accuracies.push(meanAndSpread(ofDraws).value);
  }
  if (accuracies.length === 0) return [];
  const conditions =
    noisy === undefined ? { protocol: 'few-shot', k } : { protocol: 'noise', k, snrDb: noisy.snrDb };
  const row = { bench: 'speech', set, scorer: scorer.name, ...conditions };
  const rows: TidyRow[] = [{ ...row, metric: 'accuracy', ...meanAndSpread(accuracies) }];
  if (noisy === undefined && tunedWeights.length > 0) {
    rows.push(
      { ...row, metric: 'tunedWeight', ...meanAndSpread(tunedWeights) },
      { ...row, metric: 'tunedHeard', ...meanAndSpread(tunedWeights.map((weight) => (weight > 0 ? 1 : 0))) },
    );
  }
  return rows;
}

/** Every clip of the speakers with noise mixed in, heard the way the app hears it. */
export async function mixNoise(
  speakers: readonly SpeakerClips[],
  noises: readonly Float32Array[],
  snrDb: number,
  hear: Hear = hearPlainly,
): Promise<Map<HeardClip, UtteranceFeatures | undefined>> {
  const mixed = new Map<HeardClip, UtteranceFeatures | undefined>();
  for (const { speaker, clips } of speakers) {
    const random = randomOf(speaker, 0, snrDb);
    for (const heard of clips) {
      mixed.set(heard, await hear(withNoise(heard.samples, noises, snrDb, random)));
    }
  }
  return mixed;
}

/**
 * open-set(k): half of a speaker's words are taught; the other half and continuous speech must be
 * rejected. `equalErrorRate` and `acceptAtFalse…` pool both kinds; the same figures for the speaker's own
 * untaught words alone, which are much harder to reject, end in `Words`. A word of the speaker that is
 * named wrong is missed at every threshold; only for `falsePerHourAtMiss5` it counts as heard, or 5 % could
 * not be reached where more are named wrong. `operatingPoint…` is what the recogniser's own threshold did.
 */
export async function runOpenSet(
  { set, scorer, speakers, drawCount }: Conditions,
  k: number,
  continuous: ContinuousSpeech,
): Promise<TidyRow[]> {
  const values = new Map<string, number[]>();
  const add = (metric: string, value: number): void => {
    values.set(metric, [...(values.get(metric) ?? []), value]);
  };
  for (const speaker of speakers) {
    const ofDraws = new Map<string, number[]>();
    for (let draw = 0; draw < drawCount; draw += 1) {
      for (const [metric, value] of await openSetDraw(scorer, speaker, k, draw, continuous)) {
        ofDraws.set(metric, [...(ofDraws.get(metric) ?? []), value]);
      }
    }
    for (const [metric, drawn] of ofDraws) add(metric, meanAndSpread(drawn).value);
  }
  return [...values].map(([metric, ofSpeakers]) => ({
    bench: 'speech',
    set,
    scorer: scorer.name,
    protocol: 'open-set',
    k,
    metric,
    ...meanAndSpread(ofSpeakers),
  }));
}

async function openSetDraw(
  scorer: BenchScorer,
  speaker: SpeakerClips,
  k: number,
  draw: number,
  continuous: ContinuousSpeech,
): Promise<[metric: string, value: number][]> {
  const random = randomOf(speaker.speaker, draw, k);
  const known = shuffled(speaker.words, random).slice(0, Math.ceil(speaker.words.length / 2));
  const { enrolled, tested } = drawTakes(speaker, known, k, random);
  if (tested.length === 0) return [];
  const { recognise } = await scorer.enrol(enrolled.map(enrolledOf));
  const verdicts = tested.map(({ clip, features }) => {
    const verdict = features && recognise(features);
    const isRight = verdict !== undefined && verdict.word === clip.word;
    const heardAs = verdict?.score ?? Number.NEGATIVE_INFINITY;
    return {
      heardAs,
      score: isRight ? verdict.score : Number.NEGATIVE_INFINITY,
      isAccepted: isRight && verdict.isAccepted,
    };
  });
  const right = verdicts.map(({ score }) => score);
  const unknown = speaker.clips.flatMap(({ clip, features }) =>
    known.includes(clip.word) || features === undefined ? [] : [recognise(features)],
  );
  const words = unknown.map(({ score }) => score);
  const spoken = continuous.utterances.map((features) => recognise(features));
  const all = [...words, ...spoken.map(({ score }) => score)];
  const metrics: [string, number][] = [
    ['equalErrorRate', equalErrorRate({ right, wrong: all })],
    ['acceptAtFalse1', acceptAtFalse({ right, wrong: all }, 0.01)],
    ['acceptAtFalse5', acceptAtFalse({ right, wrong: all }, 0.05)],
    ['equalErrorRateWords', equalErrorRate({ right, wrong: words })],
    ['acceptAtFalse5Words', acceptAtFalse({ right, wrong: words }, 0.05)],
  ];
  if (continuous.hours > 0) {
    const threshold = thresholdAtMiss(
      verdicts.map(({ heardAs }) => heardAs),
      0.05,
    );
    const falseAccepts = spoken.filter(({ score }) => score >= threshold).length;
    metrics.push(['falsePerHourAtMiss5', falseAccepts / continuous.hours]);
  }
  if (scorer.hasThreshold) {
    const falseAccepts = unknown.filter(({ isAccepted }) => isAccepted).length / unknown.length;
    metrics.push(
      ['operatingPointFalseAccept', falseAccepts],
      ['operatingPointOffset', falseAccepts - BUDGET_LIMITS.day.ownWordsShare],
      ['operatingPointAccept', verdicts.filter(({ isAccepted }) => isAccepted).length / verdicts.length],
    );
    if (continuous.hours > 0) {
      const accepted = spoken.filter(({ isAccepted }) => isAccepted).length;
      metrics.push(['operatingPointFalsePerHour', accepted / continuous.hours]);
    }
  }
  return metrics;
}

/** Milliseconds from features to verdict, with every word of the first speaker taught `k` times. */
export async function timeUtterances(
  scorer: BenchScorer,
  set: string,
  speaker: SpeakerClips,
  k: number,
): Promise<TidyRow[]> {
  const { enrolled, tested } = drawTakes(speaker, speaker.words, k, randomOf(speaker.speaker, 0, k));
  const { recognise } = await scorer.enrol(enrolled.map(enrolledOf));
  const features = tested.flatMap((heard) => (heard.features === undefined ? [] : [heard.features]));
  for (const each of features.slice(0, 5)) recognise(each);
  const times = features.map((each) => {
    const start = performance.now();
    recognise(each);
    return performance.now() - start;
  });
  if (times.length === 0) return [];
  return [
    {
      bench: 'speech',
      set,
      scorer: scorer.name,
      protocol: 'few-shot',
      k,
      metric: 'msPerUtterance',
      ...meanAndSpread(times),
    },
  ];
}

export const noiseK = NOISE_K;

export function enrolledOf({ clip, features }: HeardClip): EnrolledClip {
  if (features === undefined) throw new Error(`${clip.path} was enrolled, but nothing is heard in it`);
  return { id: clip.path, word: clip.word, features };
}
