"""What microphones, rooms and people do to the same word, done to log-mel frames, a whole batch at a time.

Everything works on energies of mel bands, so that no clip has to be made again as sound, and on the device that trains:
the cache lies there as well.
"""

import math

import numpy as np
import torch
from torch import Tensor

from dataset import PADDING_FRAMES, Dataset
from features import MEL_BANDS

# Pseudo-speakers: the same recording with its formants this much lower or higher is another voice.
VOICE_WARPS = (0.9, 1.0, 1.1)
FLOOR = 1e-9
NOISE_ROLL = 4_000_003
_CENTRES_HZ = 700 * (10 ** (np.linspace(92, 2780, MEL_BANDS + 2)[1:-1] / 2595) - 1)


class Augmenter:
    def __init__(
        self,
        dataset: Dataset,
        seed: int,
        most_frames: int,
        device: torch.device,
        telephone_share: float = 0.12,
        colour: float = 1.0,
    ) -> None:
        """`colour` multiplies how much the equaliser bends; voices are told apart across microphones with more of it."""
        self.device = device
        self.random = torch.Generator(device=device).manual_seed(seed)
        self.most_frames = most_frames
        self.telephone_share, self.colour = telephone_share, colour
        self.frames = torch.from_numpy(dataset.frames).to(device)
        self.offsets = torch.from_numpy(dataset.offsets).to(device)
        self.is_running = torch.from_numpy(dataset.word < 0).to(device)
        self.centres = torch.from_numpy(_CENTRES_HZ).float().to(device)
        self.warps = torch.tensor(VOICE_WARPS, device=device)
        self.bands = torch.arange(MEL_BANDS, device=device)
        # Noise is a random piece of one long roll: drawing it afresh costs as much as a layer of the net.
        self.noise_roll = -torch.log(self._uniform((NOISE_ROLL,), 1e-6, 1)) + 0.3

    def batch(self, indices: np.ndarray, warp: np.ndarray | None = None, twins: int = 0) -> tuple[Tensor, Tensor, Tensor]:
        """Log-mel [batch, frames, 40], mask [batch, frames], and the index of each clip's voice warp.

        The last `twins` clips are cropped as the `twins` before them are, and changed in ways of their own.
        """
        chosen = torch.from_numpy(indices).to(self.device)
        count = len(chosen)
        starts, lengths = self._crops(chosen)
        if twins > 0:
            starts[-twins:], lengths[-twins:] = starts[-2 * twins : -twins], lengths[-2 * twins : -twins]
        speed = torch.exp(self._uniform((count,), -0.17, 0.17))
        warps = (
            torch.randint(0, len(VOICE_WARPS), (count,), generator=self.random, device=self.device)
            if warp is None
            else torch.from_numpy(warp).to(self.device)
        )
        frames = torch.round(lengths / speed).clamp(12, self.most_frames).long()
        energy, mask = self._gather(starts, lengths, speed, frames)
        voice = self.warps[warps] * torch.exp(0.015 * self._normal((count,)))
        energy = self._warp_voice(energy, voice, self._equaliser(count))
        energy = self._reverberate(energy)
        energy = self._add_noise(energy, mask)
        log_mel = torch.log(energy + FLOOR) * mask.unsqueeze(2)
        return self._mask_spectrum(log_mel, mask), mask, warps

    def _crops(self, chosen: Tensor) -> tuple[Tensor, Tensor]:
        """Leaves between none and all of the padding, now and then cuts into the speech, and crops what is long."""
        lengths = self.offsets[chosen + 1] - self.offsets[chosen]
        count = (len(chosen),)
        early = self._integers(count, 0, PADDING_FRAMES) + 3 * self._chance(count, 0.1)
        late = self._integers(count, 0, PADDING_FRAMES) + 3 * self._chance(count, 0.1)
        shortest = lengths.clamp(max=16)
        early = torch.minimum(early, (lengths - shortest).clamp(min=0))
        late = torch.minimum(late, (lengths - early - shortest).clamp(min=0))
        kept = lengths - early - late
        running = self.is_running[chosen]
        wanted = torch.where(running, self._integers(count, 60, 159), self.most_frames)
        extra = (kept - wanted).clamp(min=0)
        early = early + torch.where(running, (self._uniform(count, 0, 1) * (extra + 1)).long(), 0)
        return self.offsets[chosen] + early, kept - extra

    def _gather(self, starts: Tensor, lengths: Tensor, speed: Tensor, frames: Tensor) -> tuple[Tensor, Tensor]:
        """Frames at stretched positions, linear between two: [batch, frames, 40] energies."""
        steps = torch.arange(int(frames.max()), device=self.device)[None, :]
        mask = (steps < frames[:, None]).float()
        positions = torch.minimum(steps * speed[:, None], (lengths - 1)[:, None].float())
        below = positions.long()
        above = torch.minimum(below + 1, lengths[:, None] - 1)
        share = (positions - below)[:, :, None]
        lower = self.frames[starts[:, None] + below].float()
        upper = self.frames[starts[:, None] + above].float()
        return torch.exp(lower + share * (upper - lower)) * mask[:, :, None], mask

    def _warp_voice(self, energy: Tensor, factor: Tensor, gain: Tensor) -> Tensor:
        """Moves formants: a band takes the energy of the one `factor` times as high; then applies the band's gain."""
        wanted_hz = self.centres[None, :] * factor[:, None]
        above = torch.searchsorted(self.centres, wanted_hz.contiguous()).clamp(1, MEL_BANDS - 1)
        low, high = self.centres[above - 1], self.centres[above]
        wanted = (above - 1 + (wanted_hz - low) / (high - low)).clamp(0, MEL_BANDS - 1)
        distance = (wanted[:, None, :] - self.bands[None, :, None]).abs()
        return torch.bmm(energy, (1 - distance).clamp(min=0) * gain[:, None, :])

    def _equaliser(self, count: int) -> Tensor:
        """Gain of every band, [batch, 40]: a smooth curve, and for some a narrow telephone or a dull microphone."""
        column, bands = (count, 1), self.bands[None, :].float()
        gain_db = 4 * self._normal(column) * (bands / MEL_BANDS - 0.5)
        for _ in range(2):
            period, phase = self._uniform(column, 8, 50), self._uniform(column, 0, 2 * math.pi)
            gain_db = gain_db + 2.5 * self._normal(column) * torch.sin(2 * math.pi * bands / period + phase)
        gain_db = gain_db * self.colour
        dull, telephone = self._chance(column, 0.25), self._chance(column, self.telephone_share)
        highest = torch.where(telephone, 29, torch.where(dull, self._integers(column, 26, 39), MEL_BANDS))
        lowest = torch.where(telephone, 5, 0)
        gain_db = gain_db - 60 * (bands >= highest) - 40 * (bands < lowest)
        return 10 ** (gain_db / 10)

    def _reverberate(self, energy: Tensor) -> Tensor:
        """About a third of the clips get an exponential tail."""
        chosen = self._chance((len(energy),), 0.35).nonzero()[:, 0]
        if len(chosen) == 0:
            return energy
        rate = 1 / self._uniform((len(chosen),), 4, 14)
        strength = self._uniform((len(chosen),), 0.02, 0.15)
        steps = torch.arange(energy.shape[1], device=self.device)
        lag = (steps[:, None] - steps[None, :]).float()
        tail = torch.where(lag > 0, torch.exp(-lag.clamp(min=0)[None] * rate[:, None, None]), torch.zeros((), device=self.device))
        dry = energy[chosen]
        return energy.index_copy(0, chosen, dry + torch.bmm(tail * strength[:, None, None], dry))

    def _add_noise(self, energy: Tensor, mask: Tensor) -> Tensor:
        """Coloured noise, or the babble of three other clips of the batch, 0 to 35 dB below the speech."""
        count = len(energy)
        level = (energy * mask.unsqueeze(2)).sum(dim=(1, 2)) / (mask.sum(1) * MEL_BANDS)
        colour = torch.cumsum(0.35 * self._normal((count, MEL_BANDS)), dim=1) + 0.06 * self._normal((count, 1)) * self.bands
        # Any run of the roll is noise; a clip starts anywhere in it.
        per_clip = energy.shape[1] * MEL_BANDS
        start = self._integers((count, 1), 0, NOISE_ROLL - per_clip - 1)
        rolled = self.noise_roll[start + torch.arange(per_clip, device=self.device)[None, :]].reshape(energy.shape)
        steady = torch.exp(colour)[:, None, :] * rolled
        babble = sum(energy[torch.randperm(count, generator=self.random, device=self.device)] for _ in range(3)) + FLOOR
        noise = torch.where(self._chance((count, 1, 1), 0.35), babble, steady)
        noise = noise / noise.mean(dim=(1, 2), keepdim=True)
        snr_db = torch.where(self._chance((count,), 0.65), self._uniform((count,), 0, 35), torch.tensor(60.0, device=self.device))
        return energy + noise * (level * 10 ** (-snr_db / 10))[:, None, None]

    def _mask_spectrum(self, log_mel: Tensor, mask: Tensor) -> Tensor:
        """SpecAugment (Park et al., 1904.08779): a stretch of time or some bands fall to the clip's mean."""
        count = len(log_mel)
        column = (count, 1)
        mean = (log_mel.sum(dim=(1, 2)) / (mask.sum(1) * MEL_BANDS))[:, None, None]
        steps = torch.arange(log_mel.shape[1], device=self.device)[None, :]
        start = self._uniform(column, 0, 1) * mask.sum(1)[:, None]
        width = self._integers(column, 0, 8) * self._chance(column, 0.4)
        first, height = self._integers(column, 0, MEL_BANDS - 1), self._integers(column, 0, 5) * self._chance(column, 0.4)
        in_time = (steps >= start) & (steps < start + width)
        in_bands = (self.bands >= first) & (self.bands < first + height)
        return torch.where(in_time[:, :, None] | in_bands[:, None, :], mean, log_mel) * mask.unsqueeze(2)

    def _uniform(self, shape: tuple[int, ...], low: float, high: float) -> Tensor:
        return torch.rand(shape, generator=self.random, device=self.device) * (high - low) + low

    def _normal(self, shape: tuple[int, ...]) -> Tensor:
        return torch.randn(shape, generator=self.random, device=self.device)

    def _integers(self, shape: tuple[int, ...], low: int, high: int) -> Tensor:
        """Both ends included."""
        return torch.randint(low, high + 1, shape, generator=self.random, device=self.device)

    def _chance(self, shape: tuple[int, ...], probability: float) -> Tensor:
        return self._uniform(shape, 0, 1) < probability
