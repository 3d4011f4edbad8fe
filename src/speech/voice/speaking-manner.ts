import { findSpeechSpan } from '../../audio/speech-span';
import type { TakeId } from '../../core/ids';
import type { UtteranceFeatures } from '../../features/utterance-features';
import { energyPeaksPerSecond } from './energy-peaks';
import { trackPitch } from './pitch-tracker';
import { medianOf, quantileOf, robustDeviationOf } from './robust-statistics';

/** How something was said, in figures; absent where it cannot be told. */
export interface SpeakingManner {
  /** Median over the voiced frames. */
  readonly pitchHz?: number;
  /** A tenth of the voiced frames is lower, a tenth higher. */
  readonly pitchRangeHz?: readonly [low: number, high: number];
  /** Peaks of energy a second: about syllables, comparable within one person only. */
  readonly energyPeaksPerSecond?: number;
  /** Of the speech, relative to full scale; says as much about the microphone as about the person. */
  readonly levelDb?: number;
}

export type Comparison<Less extends string, More extends string> = Less | 'as-usual' | More | 'not-known-yet';

/** How something was said next to how this person usually speaks: for words on a screen. */
export interface MannerComparison {
  readonly pitch: Comparison<'lower', 'higher'>;
  readonly pace: Comparison<'slower', 'faster'>;
  readonly loudness: Comparison<'quieter', 'louder'>;
}

/** Fewer voiced frames than this are a glottal creak or a hum. */
const LEAST_VOICED_FRAMES = 8;
/** Fewer takes do not tell what is usual. */
const LEAST_TAKES = 4;
/** Beyond this many of the person's own deviations it is unusual: one take in twenty. */
const UNUSUAL_DEVIATIONS = 2;
/** Less than a listener would notice is as usual: a semitone, a tenth of the pace, 3 dB. */
const NOTICED_PITCH = Math.log(2) / 12;
const NOTICED_PACE = Math.log(1.1);
const NOTICED_DB = 3;

/**
 * @param samples 16 kHz mono in [-1, 1]
 * @param features of the same samples
 */
export function measureManner(
  samples: Float32Array,
  { logMel }: Pick<UtteranceFeatures, 'logMel'>,
): SpeakingManner {
  const voiced = Array.from(trackPitch(samples).frequenciesHz).filter((frequency) => frequency > 0);
  const peaks = energyPeaksPerSecond(logMel);
  const levelDb = findSpeechSpan(samples)?.speechDb;
  return {
    ...(voiced.length < LEAST_VOICED_FRAMES
      ? {}
      : {
          pitchHz: medianOf(voiced),
          pitchRangeHz: [quantileOf(voiced, 0.1), quantileOf(voiced, 0.9)] as const,
        }),
    ...(peaks === undefined ? {} : { energyPeaksPerSecond: peaks }),
    ...(levelDb === undefined ? {} : { levelDb }),
  };
}

/** How one person usually speaks: a function of the takes in it, so that a removed one leaves no trace. */
export class UsualManner {
  readonly #takes = new Map<TakeId, SpeakingManner>();

  /** A take that is there already is replaced. */
  enrol(takeId: TakeId, manner: SpeakingManner): void {
    this.#takes.set(takeId, manner);
  }

  remove(takeId: TakeId): void {
    this.#takes.delete(takeId);
  }

  /** The middle eighty per cent of this person's takes; `undefined` with fewer than four. */
  get pitchRangeHz(): readonly [low: number, high: number] | undefined {
    const pitches = this.#known(({ pitchHz }) => pitchHz);
    return pitches.length < LEAST_TAKES ? undefined : [quantileOf(pitches, 0.1), quantileOf(pitches, 0.9)];
  }

  /** Judged by this person's own spread, never by a norm. */
  compare({ pitchHz, energyPeaksPerSecond: pace, levelDb }: SpeakingManner): MannerComparison {
    const logOf = (value: number | undefined): number | undefined =>
      value === undefined ? undefined : Math.log(value);
    const pitches = this.#known((manner) => logOf(manner.pitchHz));
    const paces = this.#known((manner) => logOf(manner.energyPeaksPerSecond));
    const levels = this.#known((manner) => manner.levelDb);
    return {
      pitch: comparisonOf(logOf(pitchHz), pitches, NOTICED_PITCH, 'lower', 'higher'),
      pace: comparisonOf(logOf(pace), paces, NOTICED_PACE, 'slower', 'faster'),
      loudness: comparisonOf(levelDb, levels, NOTICED_DB, 'quieter', 'louder'),
    };
  }

  #known(figure: (manner: SpeakingManner) => number | undefined): number[] {
    return [...this.#takes.values()].flatMap((manner) => figure(manner) ?? []);
  }
}

function comparisonOf<Less extends string, More extends string>(
  value: number | undefined,
  usual: readonly number[],
  noticed: number,
  less: Less,
  more: More,
): Comparison<Less, More> {
  if (value === undefined || usual.length < LEAST_TAKES) return 'not-known-yet';
  const difference = value - medianOf(usual);
  if (Math.abs(difference) <= Math.max(noticed, UNUSUAL_DEVIATIONS * robustDeviationOf(usual)))
    return 'as-usual';
  return difference < 0 ? less : more;
}
