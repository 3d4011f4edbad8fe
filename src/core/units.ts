/**
 * Units that people confuse are branded; each is minted by the one function below it.
 * Everything else carries its unit in its name (`hangoverMs`, `sampleRateHz`, `levelDb`).
 */
declare const unit: unique symbol;
type Branded<T, Name extends string> = T & { readonly [unit]: Name };

/** Milliseconds since 1970-01-01 UTC: a point on the calendar. */
export type EpochMs = Branded<number, 'EpochMs'>;
export const epochMs = (value: number): EpochMs => value as EpochMs;

/** Milliseconds on a clock that never jumps; only differences mean something. */
export type MonotonicMs = Branded<number, 'MonotonicMs'>;
export const monotonicMs = (value: number): MonotonicMs => value as MonotonicMs;

/** Position in a stream of 16 kHz samples. */
export type SampleIndex = Branded<number, 'SampleIndex'>;
export const sampleIndex = (value: number): SampleIndex => value as SampleIndex;

/** Position in a sequence of feature frames, one frame every 10 ms. */
export type FrameIndex = Branded<number, 'FrameIndex'>;
export const frameIndex = (value: number): FrameIndex => value as FrameIndex;

/** Everything behind the capture worklet runs at this rate. */
export const SAMPLE_RATE_HZ = 16_000;
