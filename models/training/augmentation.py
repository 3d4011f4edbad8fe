"""What microphones, rooms and people do to the same word, done to log-mel frames, a whole batch at a time.

Everything works on energies of mel bands, so that no clip has to be made again as sound.
"""

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from dataset import PADDING_FRAMES, Dataset
from features import MEL_BANDS

# Pseudo-speakers: the same recording with its formants this much lower or higher is another voice.
VOICE_WARPS = (0.9, 1.0, 1.1)
FLOOR = 1e-9
_CENTRES_HZ = 700 * (10 ** (np.linspace(92, 2780, MEL_BANDS + 2)[1:-1] / 2595) - 1)


class Augmenter:
    def __init__(self, dataset: Dataset, seed: int, most_frames: int, telephone_share: float = 0.12, colour: float = 1.0) -> None:
        """`colour` multiplies how much the equaliser bends; voices are told apart across microphones with more of it."""
        self.dataset = dataset
        self.random = np.random.default_rng(seed)
        self.most_frames = most_frames
        self.telephone_share, self.colour = telephone_share, colour
        # Noise is a random piece of one long roll: drawing it afresh costs as much as a layer of the net.
        self.noise_roll = torch.from_numpy(self.random.exponential(1, 4_000_003).astype(np.float32) + 0.3)

    def batch(self, indices: np.ndarray, warp: np.ndarray | None = None) -> tuple[Tensor, Tensor, Tensor]:
        """Log-mel [batch, frames, 40], mask [batch, frames], and the index of each clip's voice warp."""
        random = self.random
        starts, lengths = self._crops(indices)
        speed = np.exp(random.uniform(-0.17, 0.17, len(indices)))
        warp = random.integers(0, len(VOICE_WARPS), len(indices)) if warp is None else warp
        frames = np.minimum(self.most_frames, np.maximum(12, np.round(lengths / speed))).astype(int)
        energy, mask = self._gather(indices, starts, lengths, speed, frames)
        voice = np.array(VOICE_WARPS)[warp] * np.exp(random.normal(0, 0.015, len(indices)))
        energy = self._warp_voice(torch.from_numpy(energy), voice, self._equaliser(len(indices)))
        mask = torch.from_numpy(mask)
        energy = self._reverberate(energy)
        energy = self._add_noise(energy, mask)
        log_mel = torch.log(energy + FLOOR) * mask.unsqueeze(2)
        return self._mask_spectrum(log_mel, mask), mask, torch.from_numpy(warp)

    def _crops(self, indices: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Leaves between none and all of the padding, now and then cuts into the speech, and crops what is long."""
        random, lengths = self.random, self.dataset.lengths[indices]
        early = random.integers(0, PADDING_FRAMES + 1, len(indices)) + (random.random(len(indices)) < 0.1) * 3
        late = random.integers(0, PADDING_FRAMES + 1, len(indices)) + (random.random(len(indices)) < 0.1) * 3
        shortest = np.minimum(lengths, 16)
        early = np.minimum(early, np.maximum(0, lengths - shortest))
        late = np.minimum(late, np.maximum(0, lengths - early - shortest))
        kept = lengths - early - late
        running = self.dataset.word[indices] < 0
        wanted = np.where(running, random.integers(60, 160, len(indices)), self.most_frames)
        extra = np.maximum(0, kept - wanted)
        early = early + np.where(running, (random.random(len(indices)) * (extra + 1)).astype(int), 0)
        return self.dataset.offsets[indices] + early, kept - extra

    def _gather(self, indices, starts, lengths, speed, frames) -> tuple[np.ndarray, np.ndarray]:
        """Frames at stretched positions, linear between two: [batch, frames, 40] energies."""
        positions = np.arange(frames.max())[None, :] * speed[:, None]
        mask = (np.arange(frames.max())[None, :] < frames[:, None]).astype(np.float32)
        positions = np.minimum(positions, (lengths - 1)[:, None])
        below = np.minimum(np.floor(positions).astype(int), lengths[:, None] - 1)
        above = np.minimum(below + 1, lengths[:, None] - 1)
        share = (positions - below)[:, :, None].astype(np.float32)
        base = starts[:, None]
        source = self.dataset.frames
        lower, upper = source[base + below].astype(np.float32), source[base + above].astype(np.float32)
        lower += share * (upper - lower)
        return np.exp(lower) * mask[:, :, None], mask

    def _warp_voice(self, energy: Tensor, factor: np.ndarray, gain: np.ndarray) -> Tensor:
        """Moves formants: a band takes the energy of the one `factor` times as high; then applies the band's gain."""
        wanted = np.interp(_CENTRES_HZ[None, :] * factor[:, None], _CENTRES_HZ, np.arange(MEL_BANDS))
        distance = np.abs(wanted[:, None, :] - np.arange(MEL_BANDS)[None, :, None])
        mixing = np.maximum(0, 1 - distance) * gain[:, None, :]
        return torch.bmm(energy, torch.from_numpy(mixing.astype(np.float32)))

    def _equaliser(self, count: int) -> np.ndarray:
        """Gain of every band, [batch, 40]: a smooth curve, and for some a narrow telephone or a dull microphone."""
        random, bands = self.random, np.arange(MEL_BANDS)[None, :]
        gain_db = random.normal(0, 4, (count, 1)) * (bands / MEL_BANDS - 0.5)
        for _ in range(2):
            period, phase = random.uniform(8, 50, (count, 1)), random.uniform(0, 6.28, (count, 1))
            gain_db = gain_db + random.normal(0, 2.5, (count, 1)) * np.sin(6.28 * bands / period + phase)
        dull = random.random((count, 1)) < 0.25
        gain_db = gain_db * self.colour
        telephone = random.random((count, 1)) < self.telephone_share
        highest = np.where(telephone, 29, np.where(dull, random.integers(26, 40, (count, 1)), MEL_BANDS))
        lowest = np.where(telephone, 5, 0)
        gain_db = gain_db - 60 * (bands >= highest) - 40 * (bands < lowest)
        return (10 ** (gain_db / 10)).astype(np.float32)

    def _reverberate(self, energy: Tensor) -> Tensor:
        """About a third of the clips get an exponential tail."""
        chosen = torch.from_numpy(np.flatnonzero(self.random.random(len(energy)) < 0.35))
        decay = torch.from_numpy(np.exp(-1 / self.random.uniform(4, 14, (len(chosen), 1))).astype(np.float32))
        strength = torch.from_numpy(self.random.uniform(0.02, 0.15, (len(chosen), 1)).astype(np.float32))
        dry = energy[chosen]
        wet, tail = torch.empty_like(dry), torch.zeros_like(dry[:, 0])
        for step in range(dry.shape[1]):
            wet[:, step] = dry[:, step] + tail
            tail = decay * (tail + strength * dry[:, step])
        energy[chosen] = wet
        return energy

    def _add_noise(self, energy: Tensor, mask: Tensor) -> Tensor:
        """Coloured noise, or the babble of three other clips of the batch, 0 to 35 dB below the speech."""
        random, count = self.random, len(energy)
        level = (energy * mask.unsqueeze(2)).sum(dim=(1, 2)) / (mask.sum(1) * MEL_BANDS)
        colour = np.cumsum(random.normal(0, 0.35, (count, MEL_BANDS)), axis=1) + random.normal(0, 0.06, (count, 1)) * np.arange(MEL_BANDS)
        steady = torch.from_numpy(np.exp(colour).astype(np.float32))[:, None, :]
        start = random.integers(0, len(self.noise_roll) - energy.numel())
        steady = steady * self.noise_roll[start : start + energy.numel()].reshape(energy.shape)
        babble = sum(energy[torch.from_numpy(random.permutation(count))] for _ in range(3)) + FLOOR
        is_babble = torch.from_numpy(random.random(count) < 0.35)[:, None, None]
        noise = torch.where(is_babble, babble, steady)
        noise = noise / noise.mean(dim=(1, 2), keepdim=True)
        snr_db = np.where(random.random(count) < 0.65, random.uniform(0, 35, count), 60)
        return energy + noise * (level * torch.from_numpy((10 ** (-snr_db / 10)).astype(np.float32)))[:, None, None]

    def _mask_spectrum(self, log_mel: Tensor, mask: Tensor) -> Tensor:
        """SpecAugment (Park et al., 1904.08779): a stretch of time or some bands fall to the clip's mean."""
        random, count = self.random, len(log_mel)
        mean = (log_mel.sum(dim=(1, 2)) / (mask.sum(1) * MEL_BANDS))[:, None, None]
        steps, bands = np.arange(log_mel.shape[1])[None, :], np.arange(MEL_BANDS)[None, :]
        start, width = random.random((count, 1)) * mask.sum(1).numpy()[:, None], random.integers(0, 9, (count, 1)) * (random.random((count, 1)) < 0.4)
        first, height = random.integers(0, MEL_BANDS, (count, 1)), random.integers(0, 6, (count, 1)) * (random.random((count, 1)) < 0.4)
        hidden = ((steps >= start) & (steps < start + width))[:, :, None] | ((bands >= first) & (bands < first + height))[:, None, :]
        return torch.where(torch.from_numpy(hidden), mean, log_mel) * mask.unsqueeze(2)
