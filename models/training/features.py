"""Log-mel features, the same as `src/features/feature-extractor.ts` computes (a fixture checks that)."""

import numpy as np

SAMPLE_RATE_HZ = 16_000
HOP_SAMPLES = 160
WINDOW_SAMPLES = 400
FFT_LENGTH = 512
MEL_BANDS = 40
LOWEST_HZ, HIGHEST_HZ = 60.0, 7600.0
ENERGY_FLOOR = 1e-10


def _mel_weights() -> np.ndarray:
    """Triangular filters, shape [bins, bands]."""

    def to_mel(hz):
        return 2595 * np.log10(1 + np.asarray(hz) / 700)

    low, high = to_mel(LOWEST_HZ), to_mel(HIGHEST_HZ)
    width = (high - low) / (MEL_BANDS + 1)
    centres = low + (np.arange(MEL_BANDS) + 1) * width
    bins = to_mel(np.arange(FFT_LENGTH // 2 + 1) * SAMPLE_RATE_HZ / FFT_LENGTH)
    return np.maximum(0, 1 - np.abs(bins[:, None] - centres[None, :]) / width)


_WEIGHTS = _mel_weights()
_WINDOW = 0.5 - 0.5 * np.cos(2 * np.pi * (np.arange(WINDOW_SAMPLES) + 0.5) / WINDOW_SAMPLES)


def log_mel(samples: np.ndarray) -> np.ndarray:
    """16 kHz mono in [-1, 1] → natural log of mel energies, shape [frames, 40], 10 ms a frame."""
    if len(samples) < WINDOW_SAMPLES:
        return np.zeros((0, MEL_BANDS), np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(samples, WINDOW_SAMPLES)[::HOP_SAMPLES]
    power = np.abs(np.fft.rfft(frames * _WINDOW, FFT_LENGTH)) ** 2
    return np.log(power @ _WEIGHTS + ENERGY_FLOOR).astype(np.float32)


def speech_span(samples: np.ndarray) -> tuple[int, int] | None:
    """First and one past the last 10 ms frame of speech, as `src/audio/speech-span.ts` finds them."""
    count = len(samples) // HOP_SAMPLES
    if count == 0:
        return None
    frames = samples[: count * HOP_SAMPLES].reshape(count, HOP_SAMPLES)
    levels = 10 * np.log10(np.mean(frames.astype(np.float64) ** 2, axis=1) + 1e-10)
    peak, background = np.quantile(levels, 0.98), np.quantile(levels, 0.08)
    threshold = max(-62, peak - 38, min(background + 8, peak - 10))
    runs: list[list[int]] = []
    for frame in np.flatnonzero(levels > threshold):
        if runs and frame - runs[-1][1] <= 6:
            runs[-1][1] = frame + 1
        else:
            runs.append([frame, frame + 1])
    runs = [run for run in runs if run[1] - run[0] >= 6]
    return (runs[0][0], runs[-1][1]) if runs else None


def trimmed(samples: np.ndarray, padding_frames: int) -> np.ndarray | None:
    """The speech of a recording with this much silence on either side, where it has that much."""
    span = speech_span(samples)
    if span is None:
        return None
    start = max(0, span[0] - padding_frames) * HOP_SAMPLES
    return samples[start : (span[1] + padding_frames) * HOP_SAMPLES]
