import { type Random, seededRandom, shuffled } from '../core/random';
import type { Frames } from './encoder-weights';

/** What the shipped encoder made of recordings, and which phrase each says; phrases count from 0. */
export interface AdapterClips {
  readonly frames: readonly Frames[];
  readonly labels: readonly number[];
  readonly phraseCount: number;
}

/** What one step sees, in plain numbers; of the same shape in every step, for graphics programs are made for one shape. */
export interface AdapterBatch {
  readonly clipCount: number;
  /** Frames of the longest clip of all; shorter ones are filled up with zeros. */
  readonly longest: number;
  readonly phraseCount: number;
  /** `[clipCount, longest, channels]` */
  readonly frames: Float32Array;
  /** One for real frames: `[clipCount, longest]` */
  readonly mask: Float32Array;
  /** One over the number of frames: `[clipCount]` */
  readonly perFrame: Float32Array;
  /** `[clipCount, phraseCount]` */
  readonly isOwn: Float32Array;
  readonly isPresent: readonly boolean[];
  /** What each clip counts for; all together one. `[clipCount]` */
  readonly weight: Float32Array;
}

export interface BatchOptions {
  readonly clips: number;
  readonly dropout: number;
  readonly seed: number;
}

/**
 * Draws batch after batch: phrase after phrase in random order, all clips of each, until there are enough. The same seed
 * gives the same batches.
 */
export function drawBatches(
  clips: AdapterClips,
  channels: number,
  { clips: most, dropout, seed }: BatchOptions,
): () => AdapterBatch {
  const random = seededRandom(seed);
  const longest = Math.max(...clips.frames.map(({ frameCount }) => frameCount));
  const clipCount = Math.min(most, clips.labels.length);
  let waiting: readonly number[] = [];
  return () => {
    if (waiting.length < clipCount) waiting = phraseByPhrase(clips, random);
    const chosen = waiting.slice(0, clipCount);
    waiting = waiting.slice(clipCount);
    return batchOf(clips, chosen, { longest, channels, dropout, random });
  };
}

function phraseByPhrase({ labels, phraseCount }: AdapterClips, random: Random): number[] {
  const byPhrase = Array.from({ length: phraseCount }, (): number[] => []);
  labels.forEach((phrase, clip) => {
    byPhrase[phrase]?.push(clip);
  });
  return shuffled(byPhrase, random).flatMap((ofPhrase) => shuffled(ofPhrase, random));
}

function batchOf(
  { frames, labels, phraseCount }: AdapterClips,
  chosen: readonly number[],
  {
    longest,
    channels,
    dropout,
    random,
  }: {
    readonly longest: number;
    readonly channels: number;
    readonly dropout: number;
    readonly random: Random;
  },
): AdapterBatch {
  const clipCount = chosen.length;
  const batch = {
    clipCount,
    longest,
    phraseCount,
    frames: new Float32Array(clipCount * longest * channels),
    mask: new Float32Array(clipCount * longest),
    perFrame: new Float32Array(clipCount),
    isOwn: new Float32Array(clipCount * phraseCount),
    weight: new Float32Array(clipCount),
  };
  const counts = new Array<number>(phraseCount).fill(0);
  for (const [row, clip] of chosen.entries()) {
    const said = frames[clip];
    const phrase = labels[clip] ?? 0;
    if (said === undefined) continue;
    counts[phrase] = (counts[phrase] ?? 0) + 1;
    batch.frames.set(said.data, row * longest * channels);
    batch.mask.fill(1, row * longest, row * longest + said.frameCount);
    batch.perFrame[row] = 1 / said.frameCount;
    batch.isOwn[row * phraseCount + phrase] = 1;
    if (dropout > 0) dropChannels(batch.frames, { row, longest, channels, dropout, random });
  }
  const counted = chosen.map((clip) => ((counts[labels[clip] ?? 0] ?? 0) > 1 ? 1 : 0));
  const total = counted.reduce<number>((sum, one) => sum + one, 0);
  counted.forEach((one, row) => {
    batch.weight[row] = total === 0 ? 0 : one / total;
  });
  return { ...batch, isPresent: counts.map((count) => count > 0) };
}

/** Some channels of one clip are nothing, and the others so much more that all count for the same. */
function dropChannels(
  frames: Float32Array,
  {
    row,
    longest,
    channels,
    dropout,
    random,
  }: {
    readonly row: number;
    readonly longest: number;
    readonly channels: number;
    readonly dropout: number;
    readonly random: Random;
  },
): void {
  const factors = Float32Array.from({ length: channels }, () => (random() < dropout ? 0 : 1 / (1 - dropout)));
  const end = (row + 1) * longest * channels;
  for (let index = row * longest * channels; index < end; index += 1) {
    frames[index] = (frames[index] as number) * (factors[index % channels] as number);
  }
}
