import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Random, seededRandom } from '../src/core/random';
import { SAMPLE_RATE_HZ } from '../src/core/units';
import {
  colouredNoise,
  layIntoNoise,
  placeInRoom,
  resampleWarped,
  setSpeechLevel,
  trimSilence,
} from './shape-sound';

/** Somebody who speaks: an espeak-ng voice, and how they usually speak. */
export interface SyntheticSpeaker {
  /** espeak-ng voice with its variant, such as `en-gb+f2`. */
  readonly voice: string;
  readonly wordsPerMinute: number;
  /** 0 to 99, espeak-ng's own scale. */
  readonly pitch: number;
}

/** How much one take differs from the next: the largest deviation from the speaker's habit, or a range to draw from. */
export interface TakeVariation {
  readonly wordsPerMinute: number;
  readonly pitch: number;
  /** Share of pace and pitch that drifts within the take. */
  readonly wobble: number;
  /** Level of the speech (RMS), decibels relative to full scale. */
  readonly levelDb: readonly [number, number];
  /** Level of the room noise (RMS), decibels relative to full scale. */
  readonly noiseDb: readonly [number, number];
  /** Silence before and after. */
  readonly marginMs: readonly [number, number];
}

const TOOLS = [
  { command: 'espeak-ng', args: ['--version'] },
  { command: 'flac', args: ['--version'] },
];

/** Ends the program with a plain message when a tool it needs is missing. */
export function requireSpeechTools(): void {
  const missing = TOOLS.filter(({ command, args }) => spawnSync(command, args).status !== 0);
  if (missing.length === 0) return;
  const names = missing.map(({ command }) => command).join(' and ');
  console.error(
    `${names} not found on the PATH. Install with "apt-get install espeak-ng flac" or "brew install espeak-ng flac", then run this again.`,
  );
  process.exit(1);
}

/**
 * Speaks a text as one take of a person: 16 kHz mono in [-1, 1], never twice the same under different seeds,
 * always the same under one seed (and one version of espeak-ng).
 */
export function synthesiseTake(
  text: string,
  speaker: SyntheticSpeaker,
  variation: TakeVariation,
  seed: number,
): Float32Array {
  const random = seededRandom(seed);
  const around = (centre: number, deviation: number) => centre + deviation * (2 * random() - 1);
  const wordsPerMinute = Math.round(around(speaker.wordsPerMinute, variation.wordsPerMinute));
  const pitch = Math.round(around(speaker.pitch, variation.pitch));
  const spoken = speak(text, speaker.voice, wordsPerMinute, pitch);
  const warped = resampleWarped(
    spoken.samples,
    spoken.sampleRateHz,
    variation.wobble,
    2 * Math.PI * random(),
  );
  const placed = placeInRoom(trimSilence(warped), random);
  const speech = setSpeechLevel(placed, between(variation.levelDb, random));
  const lead = marginSamples(variation.marginMs, random);
  const length = lead + speech.length + marginSamples(variation.marginMs, random);
  const noiseDb = between(variation.noiseDb, random);
  return layIntoNoise(speech, colouredNoise('pink', length, noiseDb, random), lead);
}

/** Writes 16-bit mono FLAC at 16 kHz, without padding. Makes the folders it needs. */
export function writeFlac(path: string, samples: Float32Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const pcm = Buffer.alloc(samples.length * 2);
  samples.forEach((value, index) => {
    pcm.writeInt16LE(Math.round(Math.max(-1, Math.min(1, value)) * 32_767), index * 2);
  });
  const format = ['--force-raw-format', '--endian=little', '--sign=signed', '--channels=1', '--bps=16'];
  const size = ['--best', '--no-padding', '--no-seektable', `--sample-rate=${SAMPLE_RATE_HZ}`];
  run('flac', [...format, ...size, '--silent', '--force', `--output-name=${path}`, '-'], pcm);
}

function speak(
  text: string,
  voice: string,
  wordsPerMinute: number,
  pitch: number,
): { samples: Float32Array; sampleRateHz: number } {
  const wav = run('espeak-ng', ['-v', voice, '-s', `${wordsPerMinute}`, '-p', `${pitch}`, '--stdout', text]);
  // espeak-ng cannot know the length when it writes the header, so everything after it is taken.
  const data = wav.indexOf('data', 12, 'latin1') + 8;
  const samples = Float32Array.from(
    { length: Math.floor((wav.length - data) / 2) },
    (_, index) => wav.readInt16LE(data + index * 2) / 32_768,
  );
  return { samples, sampleRateHz: wav.readUInt32LE(24) };
}

function run(command: string, args: readonly string[], input?: Buffer): Buffer {
  const finished = spawnSync(command, args, { input, maxBuffer: 64 * 1024 * 1024 });
  if (finished.status === 0) return finished.stdout;
  throw new Error(`${command} ${args.join(' ')} failed: ${finished.error?.message ?? finished.stderr}`);
}

const between = ([least, most]: readonly [number, number], random: Random): number =>
  least + (most - least) * random();

const marginSamples = (marginMs: readonly [number, number], random: Random): number =>
  Math.round((between(marginMs, random) / 1_000) * SAMPLE_RATE_HZ);
