import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FLACDecoder } from '@wasm-audio-decoders/flac';
import { resampleTo16k } from '../src/audio/resampling';

/** One line of `manifest.tsv`. */
export interface VoiceClip {
  readonly path: string;
  readonly set: string;
  readonly speaker: string;
  readonly word: string;
  readonly take: number;
  readonly session: string;
}

/** The folder is missing or broken, in words for whoever started the benchmark. */
export class VoicesError extends Error {
  override readonly name = 'VoicesError';
}

/** A folder of voices: `voices/manifest.tsv` and the WAV or FLAC files that it lists. */
export class Voices {
  readonly clips: readonly VoiceClip[];
  readonly #root: string;
  readonly #sounds = new Map<string, Float32Array>();
  #decoder: FLACDecoder | undefined;
  #decoding: Promise<unknown> = Promise.resolve();

  /** @throws VoicesError when the folder has no readable manifest */
  constructor(directory: string) {
    this.#root = existsSync(join(directory, 'manifest.tsv')) ? directory : join(directory, 'voices');
    const manifest = join(this.#root, 'manifest.tsv');
    if (!existsSync(manifest)) {
      throw new VoicesError(
        `No voices in ${directory}: there is no manifest.tsv in it, nor in voices/ below it.`,
      );
    }
    this.clips = parseManifest(readFileSync(manifest, 'utf8'), manifest);
  }

  /** Where the clip's recording is. */
  fileOf(clip: VoiceClip): string {
    return join(this.#root, clip.path);
  }

  /** 16 kHz mono in [-1, 1], decoded once. */
  async soundOf(clip: VoiceClip): Promise<Float32Array> {
    const known = this.#sounds.get(clip.path);
    if (known !== undefined) return known;
    const file = this.fileOf(clip);
    if (!existsSync(file))
      throw new VoicesError(`The manifest lists ${clip.path}, but there is no such file.`);
    const bytes = new Uint8Array(readFileSync(file));
    const { samples, sampleRateHz } = clip.path.endsWith('.flac')
      ? await this.#decodeFlac(bytes, clip.path)
      : decodeWav(bytes, clip.path);
    const sound = sampleRateHz === 16_000 ? samples : resampleTo16k(samples, sampleRateHz);
    this.#sounds.set(clip.path, sound);
    return sound;
  }

  /** One file after another, whoever asks: the decoder keeps what it has read of one until it is reset. */
  #decodeFlac(bytes: Uint8Array, path: string): Promise<Sound> {
    const sound = this.#decoding.then(() => this.#decodeNextFlac(bytes, path));
    this.#decoding = sound.catch(() => undefined);
    return sound;
  }

  async #decodeNextFlac(bytes: Uint8Array, path: string): Promise<Sound> {
    this.#decoder ??= new FLACDecoder();
    await this.#decoder.ready;
    const { channelData, sampleRate } = await this.#decoder.decodeFile(bytes);
    await this.#decoder.reset();
    const [samples] = channelData;
    if (samples === undefined || samples.length === 0)
      throw new VoicesError(`${path} is no readable FLAC file.`);
    return { samples, sampleRateHz: sampleRate };
  }
}

interface Sound {
  readonly samples: Float32Array;
  readonly sampleRateHz: number;
}

function parseManifest(text: string, file: string): VoiceClip[] {
  const [header = '', ...lines] = text.trim().split(/\r?\n/);
  const columns = header.split('\t');
  const wanted = ['path', 'set', 'speaker', 'word', 'take', 'session'] as const;
  const missing = wanted.filter((name) => !columns.includes(name));
  if (missing.length > 0) throw new VoicesError(`${file} lacks the columns ${missing.join(', ')}.`);
  return lines.map((line) => {
    const cells = line.split('\t');
    const cell = (name: (typeof wanted)[number]): string => cells[columns.indexOf(name)] ?? '';
    return {
      path: cell('path'),
      set: cell('set'),
      speaker: cell('speaker'),
      word: cell('word'),
      take: Number(cell('take')),
      session: cell('session'),
    };
  });
}

/** First channel of 16-bit PCM. */
function decodeWav(bytes: Uint8Array, path: string): Sound {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < 12 || tag(0) !== 'RIFF' || tag(8) !== 'WAVE')
    throw new VoicesError(`${path} is no WAV file.`);
  let format: { channels: number; sampleRateHz: number } | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at + 4, true);
    if (tag(at) === 'fmt ') {
      if (view.getUint16(at + 8, true) !== 1 || view.getUint16(at + 22, true) !== 16) {
        throw new VoicesError(`${path} is not 16-bit PCM.`);
      }
      format = { channels: view.getUint16(at + 10, true), sampleRateHz: view.getUint32(at + 12, true) };
    } else if (tag(at) === 'data' && format !== undefined) {
      const stride = 2 * format.channels;
      const count = Math.floor(Math.min(size, bytes.length - at - 8) / stride);
      const samples = new Float32Array(count);
      for (let index = 0; index < count; index += 1) {
        samples[index] = view.getInt16(at + 8 + index * stride, true) / 32_768;
      }
      return { samples, sampleRateHz: format.sampleRateHz };
    }
    at += 8 + size + (size % 2);
  }
  throw new VoicesError(`${path} has no sound in it.`);
}
