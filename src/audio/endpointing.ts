import { SAMPLE_RATE_HZ, type SampleIndex, sampleIndex } from '../core/units';
import { LEVEL_FRAME_SAMPLES, levelDb, SILENCE_DB } from './levels';
import type { AudioChunk, Utterance } from './utterance';

export interface EndpointingOptions {
  /** Silence that ends an utterance. */
  readonly hangoverMs: number;
  /** The longest utterance; it is cut there. */
  readonly maximumMs: number;
}

export type EndpointEvent =
  /** Once a 10 ms frame. */
  | { readonly kind: 'level'; readonly levelDb: number; readonly isSpeech: boolean }
  /** `start` is where the kept audio begins, padding included. */
  | { readonly kind: 'started'; readonly start: SampleIndex }
  /** Too short to be speech after all: a click or a bump. What `started` announced is void. */
  | { readonly kind: 'dismissed' }
  /** Silent for as long as is kept after speech. Should it end in this silence, `ended` brings this very utterance. */
  | { readonly kind: 'paused'; readonly utterance: Utterance }
  | { readonly kind: 'ended'; readonly start: SampleIndex; readonly utterance: Utterance };

const FRAME_MS = 10;
/** Kept before the first and after the last frame of speech. */
const LEAD_FRAMES = 25;
const TAIL_FRAMES = 20;
/** Background is the minimum of smoothed levels over this long: a pause between words is in it. */
const BACKGROUND_WINDOW_FRAMES = 150;
const ONSET_ABOVE_BACKGROUND_DB = 10;
const OFFSET_ABOVE_BACKGROUND_DB = 6;
const OFFSET_BELOW_PEAK_DB = 38;
const FAINTEST_SPEECH_DB = -60;
const DIGITAL_SILENCE_DB = -95;
/** No room is quieter than this, as far as speech stands out of it. */
const QUIETEST_BACKGROUND_DB = -68;
/** Before there was a pause to measure, no room is taken to be louder than this. */
const LOUDEST_FIRST_BACKGROUND_DB = -45;
/** This many speech frames among the last `ONSET_WINDOW_FRAMES` start an utterance. */
const ONSET_FRAMES = 4;
const ONSET_WINDOW_FRAMES = 6;
const MINIMUM_SPEECH_FRAMES = 8;

/**
 * Finds utterances in a stream by adaptive energy: speech is what stands out of the background, which
 * is tracked as the running minimum of smoothed levels (minimum statistics, R. Martin 2001, with one
 * band). One instance a stream; not shared between threads.
 *
 * Chunks must follow each other without gaps. Any chunking gives the same events.
 */
export class Endpointer {
  #options: EndpointingOptions;
  readonly #frame = new Float32Array(LEVEL_FRAME_SAMPLES);
  #frameFill = 0;
  #position = 0;
  /** Samples of the last `LEAD_FRAMES` frames, or of the utterance under way. */
  #kept: Float32Array[] = [];
  #smoothed: number[] = [];
  #recentSpeech: boolean[] = [];
  #smoothedDb: number | undefined;
  #peakDb = SILENCE_DB;
  #speechFrames = 0;
  #silentFrames = 0;
  #paused: Utterance | undefined;
  #isInside = false;
  /** Frozen at the onset: a long vowel must not become the background it is measured against. */
  #onsetBackgroundDb = SILENCE_DB;
  #framesSeen = 0;

  constructor(options: EndpointingOptions) {
    this.#options = options;
  }

  /** Takes effect with the next frame; an utterance under way goes on. */
  configure(options: EndpointingOptions): void {
    this.#options = options;
  }

  get isInside(): boolean {
    return this.#isInside;
  }

  /** `chunk.samples` is copied. */
  push(chunk: AudioChunk): EndpointEvent[] {
    const events: EndpointEvent[] = [];
    for (const sample of chunk.samples) {
      this.#frame[this.#frameFill] = sample;
      this.#frameFill += 1;
      if (this.#frameFill === LEVEL_FRAME_SAMPLES) {
        this.#frameFill = 0;
        this.#takeFrame(this.#frame.slice(), events);
      }
    }
    return events;
  }

  /** Forgets the utterance under way, but not the background nor the last moments of sound. */
  voidUtterance(): void {
    this.#isInside = false;
    this.#paused = undefined;
    this.#recentSpeech = [];
    this.#kept = this.#kept.slice(-LEAD_FRAMES);
  }

  /** Ends the utterance under way, for a stream that stops. */
  flush(): EndpointEvent[] {
    const events: EndpointEvent[] = [];
    if (this.#isInside) this.#finish('release', events);
    return events;
  }

  #takeFrame(frame: Float32Array, events: EndpointEvent[]): void {
    const level = levelDb(frame);
    this.#followBackground(level);
    this.#kept.push(frame);
    this.#position += LEVEL_FRAME_SAMPLES;

    const background = this.#isInside ? this.#onsetBackgroundDb : this.#backgroundDb();
    const isSpeech =
      level > FAINTEST_SPEECH_DB &&
      (this.#isInside
        ? level > Math.max(background + OFFSET_ABOVE_BACKGROUND_DB, this.#peakDb - OFFSET_BELOW_PEAK_DB)
        : level > background + ONSET_ABOVE_BACKGROUND_DB);
    events.push({ kind: 'level', levelDb: level, isSpeech });
    if (this.#isInside) this.#continue(level, isSpeech, events);
    else this.#wait(isSpeech, background, events);
  }

  /** Digital silence is a stream that has not begun, or a gate that is shut: no room to measure against. */
  #followBackground(level: number): void {
    if (level <= DIGITAL_SILENCE_DB) {
      this.#smoothedDb = undefined;
      return;
    }
    this.#smoothedDb =
      this.#smoothedDb === undefined ? level : this.#smoothedDb + 0.3 * (level - this.#smoothedDb);
    this.#smoothed.push(this.#smoothedDb);
    if (this.#smoothed.length > BACKGROUND_WINDOW_FRAMES) this.#smoothed.shift();
    this.#framesSeen += 1;
  }

  #backgroundDb(): number {
    let least = Number.POSITIVE_INFINITY;
    for (const level of this.#smoothed) if (level < least) least = level;
    const hasHeardPause = this.#framesSeen > BACKGROUND_WINDOW_FRAMES;
    const loudest = hasHeardPause ? Number.POSITIVE_INFINITY : LOUDEST_FIRST_BACKGROUND_DB;
    return Math.max(QUIETEST_BACKGROUND_DB, Math.min(least, loudest));
  }

  #wait(isSpeech: boolean, background: number, events: EndpointEvent[]): void {
    this.#recentSpeech.push(isSpeech);
    if (this.#recentSpeech.length > ONSET_WINDOW_FRAMES) this.#recentSpeech.shift();
    const speechFrames = this.#recentSpeech.filter(Boolean).length;
    if (speechFrames < ONSET_FRAMES) {
      const surplus = this.#kept.length - LEAD_FRAMES - ONSET_WINDOW_FRAMES;
      if (surplus > 0) this.#kept.splice(0, surplus);
      return;
    }
    this.#isInside = true;
    this.#onsetBackgroundDb = background;
    this.#peakDb = SILENCE_DB;
    this.#speechFrames = speechFrames;
    this.#silentFrames = 0;
    this.#recentSpeech = [];
    events.push({ kind: 'started', start: this.#start() });
  }

  #continue(level: number, isSpeech: boolean, events: EndpointEvent[]): void {
    this.#peakDb = Math.max(this.#peakDb, level);
    if (isSpeech) {
      this.#speechFrames += 1;
      this.#silentFrames = 0;
      this.#paused = undefined;
    } else {
      this.#silentFrames += 1;
    }
    if (this.#silentFrames * FRAME_MS >= this.#options.hangoverMs) this.#finish('silence', events);
    else if (this.#kept.length * FRAME_MS >= this.#options.maximumMs) this.#finish('limit', events);
    else if (this.#silentFrames === TAIL_FRAMES && this.#speechFrames >= MINIMUM_SPEECH_FRAMES) {
      this.#paused = { samples: concatenate(this.#kept), endedBy: 'silence' };
      events.push({ kind: 'paused', utterance: this.#paused });
    }
  }

  #finish(endedBy: Utterance['endedBy'], events: EndpointEvent[]): void {
    const start = this.#start();
    const isSpeech = this.#speechFrames >= MINIMUM_SPEECH_FRAMES;
    const surplus = Math.max(0, this.#silentFrames - TAIL_FRAMES);
    const frames = this.#kept.slice(0, this.#kept.length - surplus);
    const paused = endedBy === 'silence' ? this.#paused : undefined;
    this.#isInside = false;
    this.#paused = undefined;
    this.#kept = this.#kept.slice(-LEAD_FRAMES);
    events.push(
      isSpeech
        ? { kind: 'ended', start, utterance: paused ?? { samples: concatenate(frames), endedBy } }
        : { kind: 'dismissed' },
    );
  }

  #start(): SampleIndex {
    return sampleIndex(this.#position - this.#kept.length * LEVEL_FRAME_SAMPLES);
  }
}

function concatenate(frames: readonly Float32Array[]): Float32Array {
  const samples = new Float32Array(frames.length * LEVEL_FRAME_SAMPLES);
  frames.forEach((frame, index) => {
    samples.set(frame, index * LEVEL_FRAME_SAMPLES);
  });
  return samples;
}

/** Cuts a finished recording (16 kHz mono) into utterances exactly as a live stream would be. */
export function cutIntoUtterances(samples: Float32Array, options: EndpointingOptions): Utterance[] {
  const endpointer = new Endpointer(options);
  const rest = new Float32Array(
    Math.ceil((options.hangoverMs / 1000) * SAMPLE_RATE_HZ) + LEVEL_FRAME_SAMPLES,
  );
  const events = [
    ...endpointer.push({ start: sampleIndex(0), samples }),
    ...endpointer.push({ start: sampleIndex(samples.length), samples: rest }),
    ...endpointer.flush(),
  ];
  return events.flatMap((event) => (event.kind === 'ended' ? [event.utterance] : []));
}
