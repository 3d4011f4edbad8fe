import * as v from 'valibot';
import { err, ok, type Result } from '../core/result';
import { SAMPLE_RATE_HZ, sampleIndex } from '../core/units';
import { type EndpointEvent, Endpointer } from './endpointing';
import type { Utterance } from './utterance';

export const SHORTEST_HANGOVER_MS = 200;
export const LONGEST_HANGOVER_MS = 1_500;

/** One pause in so many that lasts longer than the hangover, and cuts the person off, is borne. */
const BORNE_SHARE = 0.03;
/** How far one observation moves the hangover at most, in natural log: 27 % up, under 1 % down. */
const STEP = 0.25;
/** The smoothing of the step, in natural log. At least `STEP / 4`, or a longer pause could give a shorter hangover. */
const SOFTNESS = 0.1;
/** A hangover of just the pause would race the next syllable. */
const MARGIN_MS = 80;
/** "You cut me off", without a word on how long the pause was. */
const UNKNOWN_PAUSE_FACTOR = 1.5;

const LearntPauseSchema = v.strictObject({
  version: v.literal(1),
  hangoverMs: v.pipe(v.number(), v.minValue(SHORTEST_HANGOVER_MS), v.maxValue(LONGEST_HANGOVER_MS)),
  utterances: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  cutOffs: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
});

/** All that is kept of the person's pauses: one duration and two counts. */
export type LearntPauseSnapshot = v.InferOutput<typeof LearntPauseSchema>;

/**
 * How long this person pauses within what they say, as a hangover that seldom cuts them off: a quantile of their longest
 * pauses, followed online by stochastic approximation (Robbins and Monro, 1951) of the smoothed pinball loss in the logarithm.
 * Every observation moves it by a bounded step, so that one odd pause moves it little; up faster than down, because being
 * cut off costs more than a moment of waiting. For the same observations, longer pauses never give a shorter hangover.
 *
 * @example
 * const pause = new LearntPause(300);
 * pause.observeCutOff(700);
 * pause.hangoverMs; // 382
 */
export class LearntPause {
  readonly #startMs: number;
  #hangoverMs: number;
  #utterances = 0;
  #cutOffs = 0;

  /** @param startMs hangover before anything is learnt, such as the one in the settings */
  constructor(startMs: number) {
    this.#startMs = bounded(startMs);
    this.#hangoverMs = this.#startMs;
  }

  /** Milliseconds of silence that end an utterance, 200 to 1500; to be handed to the `Endpointer`. */
  get hangoverMs(): number {
    return Math.round(this.#hangoverMs);
  }

  /**
   * An utterance was accepted as it was cut: what it was cut into is right.
   *
   * @param pausesMs silences inside it; an utterance without any counts as well
   */
  observeUtterance(pausesMs: readonly number[]): void {
    this.#utterances += 1;
    this.#follow(pausesMs.reduce((longest, pauseMs) => Math.max(longest, pauseMs), 0));
  }

  /**
   * The person was in the middle of something when silence ended the utterance.
   *
   * @param pauseMs how long they paused in all; left out when only they said so
   */
  observeCutOff(pauseMs = UNKNOWN_PAUSE_FACTOR * this.#hangoverMs): void {
    this.#cutOffs += 1;
    this.#follow(pauseMs);
  }

  snapshot(): LearntPauseSnapshot {
    return {
      version: 1,
      hangoverMs: this.#hangoverMs,
      utterances: this.#utterances,
      cutOffs: this.#cutOffs,
    };
  }

  /** Goes on from a snapshot as if nothing had happened; one that cannot be read changes nothing. */
  restore(value: unknown): Result<void, { readonly kind: 'bad-snapshot'; readonly path: string }> {
    const parsed = v.safeParse(LearntPauseSchema, value);
    if (!parsed.success) return err({ kind: 'bad-snapshot', path: v.getDotPath(parsed.issues[0]) ?? '' });
    this.#hangoverMs = parsed.output.hangoverMs;
    this.#utterances = parsed.output.utterances;
    this.#cutOffs = parsed.output.cutOffs;
    return ok(undefined);
  }

  /** Knows as much as on the first day. */
  forget(): void {
    this.#hangoverMs = this.#startMs;
    this.#utterances = 0;
    this.#cutOffs = 0;
  }

  #follow(pauseMs: number): void {
    if (Number.isNaN(pauseMs)) return;
    const needed = Math.log(Math.max(0, pauseMs) + MARGIN_MS);
    const now = Math.log(this.#hangoverMs);
    const isEnough = 1 / (1 + Math.exp((needed - now) / SOFTNESS));
    this.#hangoverMs = bounded(Math.exp(now + STEP * (1 - BORNE_SHARE - isEnough)));
  }
}

const bounded = (hangoverMs: number): number =>
  Math.max(SHORTEST_HANGOVER_MS, Math.min(LONGEST_HANGOVER_MS, hangoverMs));

/** An utterance as far as its pauses go. */
export interface HeardPauses {
  /** Silences between its first and last frame of speech. */
  readonly pausesMs: readonly number[];
  readonly endedBy: Utterance['endedBy'];
  /**
   * How long the person had paused when this began, in all, where silence had ended the utterance before and this began soon
   * after. A cut-off, unless the utterance before was accepted: then it was whole, and this is the next thing they said.
   */
  readonly resumedAfterMs?: number;
}

const FRAME_MS = 10;
/** Shorter silences are the closures of consonants. */
const LEAST_PAUSE_MS = 60;
/** Who goes on later than this after an utterance was ended says something new. */
const RESUMES_WITHIN_MS = 1_500;
/** Speech frames farther apart than the endpointer's onset window do not belong to one onset. */
const ONSET_WINDOW_FRAMES = 6;

/** Finds the pauses in the events of an `Endpointer`. One instance a stream. */
export class PauseWatch {
  #frame = 0;
  #lastSpeech: number | undefined;
  #onset = 0;
  #isInside = false;
  #pausesMs: number[] = [];
  #resumedAfterMs: number | undefined;
  #before: { readonly lastSpeech: number; readonly endedAt: number } | undefined;

  /** @param events as they came from `Endpointer.push`, none left out */
  push(events: readonly EndpointEvent[]): HeardPauses[] {
    const heard: HeardPauses[] = [];
    for (const event of events) {
      if (event.kind === 'level') this.#takeFrame(event.isSpeech);
      else if (event.kind === 'started') this.#begin();
      else if (event.kind === 'dismissed') this.#isInside = false;
      else if (event.kind === 'ended') heard.push(this.#end(event.utterance.endedBy));
    }
    return heard;
  }

  #takeFrame(isSpeech: boolean): void {
    this.#frame += 1;
    if (!isSpeech) return;
    const gap = this.#frame - (this.#lastSpeech ?? Number.NEGATIVE_INFINITY) - 1;
    if (this.#isInside && gap * FRAME_MS >= LEAST_PAUSE_MS) this.#pausesMs.push(gap * FRAME_MS);
    if (!this.#isInside && gap >= ONSET_WINDOW_FRAMES) this.#onset = this.#frame;
    this.#lastSpeech = this.#frame;
  }

  #begin(): void {
    this.#isInside = true;
    this.#pausesMs = [];
    this.#resumedAfterMs = undefined;
    if (this.#before === undefined) return;
    const { lastSpeech, endedAt } = this.#before;
    if ((this.#onset - endedAt) * FRAME_MS > RESUMES_WITHIN_MS) return;
    this.#resumedAfterMs = (this.#onset - lastSpeech - 1) * FRAME_MS;
  }

  #end(endedBy: Utterance['endedBy']): HeardPauses {
    this.#isInside = false;
    this.#before =
      endedBy === 'silence'
        ? { lastSpeech: this.#lastSpeech ?? this.#frame, endedAt: this.#frame }
        : undefined;
    const resumedAfterMs = this.#resumedAfterMs;
    return {
      pausesMs: this.#pausesMs,
      endedBy,
      ...(resumedAfterMs === undefined ? {} : { resumedAfterMs }),
    };
  }
}

/**
 * Pauses inside a finished utterance, as endpointing hears them with the longest hangover there is.
 *
 * @param samples 16 kHz mono in [-1, 1]
 */
export function innerPausesMs(samples: Float32Array): readonly number[] {
  const maximumMs = 2 * LONGEST_HANGOVER_MS + (1_000 * samples.length) / SAMPLE_RATE_HZ;
  const endpointer = new Endpointer({ hangoverMs: LONGEST_HANGOVER_MS, maximumMs });
  const watch = new PauseWatch();
  const heard = [
    ...watch.push(endpointer.push({ start: sampleIndex(0), samples })),
    ...watch.push(endpointer.flush()),
  ];
  return heard.flatMap(({ pausesMs }) => pausesMs);
}
