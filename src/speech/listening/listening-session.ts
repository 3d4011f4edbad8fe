import { Endpointer, type EndpointingOptions } from '../../audio/endpointing';
import { type HeardPauses, PauseWatch } from '../../audio/learnt-pause';
import { SILENCE_DB } from '../../audio/levels';
import { Resampler } from '../../audio/resampling';
import type { Utterance } from '../../audio/utterance';
import { SAMPLE_RATE_HZ, sampleIndex } from '../../core/units';
import type { ListeningMode, SpeechEvent } from '../speech-events';

type ListeningEvent = Extract<
  SpeechEvent,
  {
    readonly kind:
      | 'level'
      | 'speech-started'
      | 'speech-dismissed'
      | 'speech-ended'
      | 'nothing-heard'
      | 'fault';
  }
>;

export interface ListeningSessionOptions {
  readonly endpointing: EndpointingOptions;
  readonly onEvent: (event: ListeningEvent) => void;
  /** Where the person seems to have ended. If so, `onUtterance` brings the same object when the hangover is over. */
  readonly onPause?: (utterance: Utterance) => void;
  /** The samples are the receiver's to keep. `pauses` where endpointing cut it, so not with push-to-talk. */
  readonly onUtterance: (utterance: Utterance, pauses: HeardPauses | undefined) => void;
}

/** Sound from just before the button was pressed: people begin to speak with their finger. */
const LEAD_IN_SAMPLES = 0.25 * SAMPLE_RATE_HZ;
/** And they let go with the last syllable still in the air. */
const LEAD_OUT_SAMPLES = 0.15 * SAMPLE_RATE_HZ;
/** Digital zeros for this long are no quiet room; a working microphone always has noise. */
const DEAD_TRACK_MS = 1_800;
/** A single take that does not begin within this time is given up. */
const PATIENCE_MS = 12_000;

/**
 * Turns the stream of the microphone into utterances: resamples, follows push-to-talk, hands-free or
 * single mode, and watches for a track that died without saying so. Speech worker only.
 */
export class ListeningSession {
  readonly #onEvent: ListeningSessionOptions['onEvent'];
  readonly #onPause: ListeningSessionOptions['onPause'];
  readonly #onUtterance: ListeningSessionOptions['onUtterance'];
  #endpointing: EndpointingOptions;
  #endpointer: Endpointer;
  #resampler = new Resampler(SAMPLE_RATE_HZ);
  #pauses = new PauseWatch();
  #mode: ListeningMode | undefined;
  /** Push-to-talk: everything since the press, and a little from before it. */
  #held: Float32Array[] = [];
  #heldSamples = 0;
  #samplesUntilCut: number | undefined;
  #position = 0;
  #listenedSamples = 0;
  #zeroSamples = 0;
  #hasReportedDeath = false;

  constructor(options: ListeningSessionOptions) {
    this.#onEvent = options.onEvent;
    this.#onPause = options.onPause;
    this.#onUtterance = options.onUtterance;
    this.#endpointing = options.endpointing;
    this.#endpointer = new Endpointer(options.endpointing);
  }

  configure(endpointing: EndpointingOptions): void {
    this.#endpointing = endpointing;
    this.#endpointer.configure(endpointing);
  }

  /** A new stream begins, at this rate. */
  begin(sampleRateHz: number): void {
    this.#resampler = new Resampler(sampleRateHz);
    this.#endpointer = new Endpointer(this.#endpointing);
    this.#pauses = new PauseWatch();
    this.#position = 0;
    this.#zeroSamples = 0;
    this.#hasReportedDeath = false;
    this.#held = [];
    this.#heldSamples = 0;
  }

  /** From now on. What was being said before is nobody's business, and may have been Echo itself. */
  listen(mode: ListeningMode): void {
    this.#endpointer.voidUtterance();
    this.#pauses = new PauseWatch();
    this.#mode = mode;
    this.#listenedSamples = 0;
    this.#samplesUntilCut = undefined;
  }

  /** Push-to-talk was let go: the utterance ends a moment later. */
  release(): void {
    if (this.#mode === 'push-to-talk') this.#samplesUntilCut = LEAD_OUT_SAMPLES;
  }

  stop(): void {
    this.#mode = undefined;
    this.#samplesUntilCut = undefined;
  }

  /** @param native samples at the rate given to `begin`, mono */
  push(native: Float32Array): void {
    const samples = this.#resampler.push(native);
    this.#watchForDeath(samples);
    this.#followEndpoints(samples);
    this.#listenedSamples += samples.length;
    if (this.#mode === undefined) this.#hold(samples, LEAD_IN_SAMPLES);
    else if (this.#mode === 'push-to-talk') this.#followButton(samples);
    else if (this.#mode === 'single') this.#watchPatience();
  }

  #followEndpoints(samples: Float32Array): void {
    const events = this.#endpointer.push({ start: sampleIndex(this.#position), samples });
    this.#position += samples.length;
    const heard = this.#pauses.push(events);
    let loudestDb = SILENCE_DB;
    let isSpeech = false;
    let ended = 0;
    for (const event of events) {
      if (event.kind === 'level') {
        loudestDb = Math.max(loudestDb, event.levelDb);
        isSpeech ||= event.isSpeech;
      } else if (this.#mode !== undefined) {
        if (event.kind === 'started') this.#onEvent({ kind: 'speech-started' });
        else if (event.kind === 'dismissed') this.#onEvent({ kind: 'speech-dismissed' });
        else if (this.#mode !== 'push-to-talk') {
          if (event.kind === 'paused') this.#onPause?.(event.utterance);
          else this.#deliver(event.utterance, heard[ended]);
        }
      }
      if (event.kind === 'ended') ended += 1;
    }
    if (events.length > 0) this.#onEvent({ kind: 'level', levelDb: loudestDb, isSpeech });
  }

  #followButton(samples: Float32Array): void {
    this.#hold(samples, Number.POSITIVE_INFINITY);
    const maximumSamples = (this.#endpointing.maximumMs / 1000) * SAMPLE_RATE_HZ;
    if (this.#samplesUntilCut !== undefined) this.#samplesUntilCut -= samples.length;
    const isReleased = this.#samplesUntilCut !== undefined && this.#samplesUntilCut <= 0;
    if (!isReleased && this.#heldSamples < maximumSamples) return;
    const utterance: Utterance = { samples: joined(this.#held), endedBy: isReleased ? 'release' : 'limit' };
    this.stop();
    this.#held = [];
    this.#heldSamples = 0;
    this.#deliver(utterance, undefined);
  }

  #deliver(utterance: Utterance, pauses: HeardPauses | undefined): void {
    if (this.#mode === 'single') this.stop();
    const { endedBy } = utterance;
    if (endedBy !== 'whole') this.#onEvent({ kind: 'speech-ended', endedBy });
    this.#onUtterance(utterance, pauses);
  }

  #hold(samples: Float32Array, mostSamples: number): void {
    this.#held.push(samples);
    this.#heldSamples += samples.length;
    while (this.#heldSamples - (this.#held[0]?.length ?? 0) > mostSamples) {
      this.#heldSamples -= this.#held.shift()?.length ?? 0;
    }
  }

  #watchPatience(): void {
    const isTooLong = this.#listenedSamples > (PATIENCE_MS / 1000) * SAMPLE_RATE_HZ;
    if (!isTooLong || this.#endpointer.isInside) return;
    this.stop();
    this.#onEvent({ kind: 'nothing-heard' });
  }

  #watchForDeath(samples: Float32Array): void {
    if (samples.some((sample) => sample !== 0)) {
      this.#zeroSamples = 0;
      this.#hasReportedDeath = false;
      return;
    }
    this.#zeroSamples += samples.length;
    const silentMs = (this.#zeroSamples / SAMPLE_RATE_HZ) * 1000;
    if (silentMs < DEAD_TRACK_MS || this.#hasReportedDeath) return;
    this.#hasReportedDeath = true;
    this.#onEvent({ kind: 'fault', fault: { kind: 'dead-track', silentMs } });
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const result = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    result.set(part, offset);
    offset += part.length;
  }
  return result;
}
