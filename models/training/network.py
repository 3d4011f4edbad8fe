"""The encoder: log-mel frames in, a phrase embedding, frame embeddings and a speaker embedding out.

A 1-D separable residual net (after BC-ResNet and MatchboxNet): stem, six blocks, pooling over time. Two heads share
the trunk. Any length; padding is masked, so that a clip in a batch and the same clip alone give the same embedding.

Convolutions are two-dimensional with a height of one, in channels-last memory, and kernels are nine frames: that is what
oneDNN has fast code for, three times as fast as the same net written with one-dimensional ones.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

STEM_KERNEL, STEM_STRIDE = 5, 2
BLOCK_KERNELS = (9, 9, 9, 9, 9, 9)
# The speaker branch leaves the trunk after this many blocks: deeper ones have forgotten who spoke.
SPEAKER_BLOCKS = 2
# Blocks of its own that it has from there on.
SPEAKER_BRANCH_KERNELS = (9, 9, 9)
CHANNELS = 128
PHRASE_DIMENSIONS = 96
SPEAKER_DIMENSIONS = 64
# How far below the loudest band of a clip energies still count, natural log; then centred and scaled.
INPUT_RANGE = 12.0
INPUT_SCALE = 3.0
POOLING_FLOOR = 1e-4
# Label of what belongs to no class: it teaches nothing.
NO_CLASS = -1


def normalised(log_mel: Tensor, mask: Tensor) -> Tensor:
    """[batch, frames, 40] and [batch, frames] → the same shape, zero where masked."""
    hidden = mask.unsqueeze(2) == 0
    loudest = log_mel.masked_fill(hidden, -100).amax(dim=(1, 2), keepdim=True)
    floored = torch.maximum(log_mel, loudest - INPUT_RANGE)
    mean = floored.masked_fill(hidden, 0).sum(dim=(1, 2), keepdim=True) / (mask.sum(1)[:, None, None] * log_mel.shape[2])
    return ((floored - mean) / INPUT_SCALE).masked_fill(hidden, 0)


class Block(nn.Module):
    def __init__(self, channels: int, kernel: int) -> None:
        super().__init__()
        self.depthwise = _convolution(channels, channels, kernel, groups=channels)
        self.pointwise = _convolution(channels, channels, 1)
        self.norm = nn.BatchNorm2d(channels)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        return F.relu(x + self.norm(self.pointwise(self.depthwise(x)))) * mask


def _convolution(inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1) -> nn.Conv2d:
    return nn.Conv2d(inputs, outputs, (1, kernel), (1, stride), (0, kernel // 2), groups=groups, bias=False)


def pooled(x: Tensor, mask: Tensor) -> Tensor:
    """Mean and standard deviation over time: [batch, channels, 1, frames], zero where masked → [batch, 2 · channels]."""
    count = mask.sum(3)
    mean = x.sum(3) / count
    variance = torch.clamp((x * x).sum(3) / count - mean * mean, min=0)
    return torch.cat([mean, torch.sqrt(variance + POOLING_FLOOR)], 1).squeeze(2)


class SpeakerBranch(nn.Module):
    """Who speaks, from what the trunk hears in its first blocks. Trained behind a trunk that stays as it is."""

    def __init__(self, channels: int = CHANNELS) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(Block(channels, kernel) for kernel in SPEAKER_BRANCH_KERNELS)
        self.speaker = nn.Linear(2 * channels, SPEAKER_DIMENSIONS)
        self.to(memory_format=torch.channels_last)

    def forward(self, shared: Tensor, mask: Tensor) -> Tensor:
        """Frames of the trunk, [batch, channels, 1, frames], and their mask → [batch, 64], of length 1."""
        for block in self.blocks:
            shared = block(shared, mask)
        return F.normalize(self.speaker(pooled(shared, mask)), dim=1)


class Encoder(nn.Module):
    def __init__(self, bands: int = 40, channels: int = CHANNELS) -> None:
        super().__init__()
        self.stem = _convolution(bands, channels, STEM_KERNEL, STEM_STRIDE)
        self.stem_norm = nn.BatchNorm2d(channels)
        self.blocks = nn.ModuleList(Block(channels, kernel) for kernel in BLOCK_KERNELS)
        self.phrase = nn.Linear(2 * channels, PHRASE_DIMENSIONS)
        # Keeps the trunk from forgetting voices while it learns words; `branch` takes its place afterwards.
        self.speaker = nn.Linear(2 * channels, SPEAKER_DIMENSIONS)
        self.branch: SpeakerBranch | None = None
        self.to(memory_format=torch.channels_last)

    def shared(self, log_mel: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """The blocks that both heads listen to: [batch, channels, 1, frames / 2], and the mask for these frames."""
        x = normalised(log_mel, mask).transpose(1, 2).unsqueeze(2).contiguous(memory_format=torch.channels_last)
        mask = mask[:, None, None, ::STEM_STRIDE]
        x = F.relu(self.stem_norm(self.stem(x))) * mask
        for block in self.blocks[:SPEAKER_BLOCKS]:
            x = block(x, mask)
        return x, mask

    def forward(self, log_mel: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Phrase [batch, 96] and speaker [batch, 64], both of length 1, and frames [batch, channels, frames / 2]."""
        shared, mask = self.shared(log_mel, mask)
        x = shared
        for block in self.blocks[SPEAKER_BLOCKS:]:
            x = block(x, mask)
        phrase = F.normalize(self.phrase(pooled(x, mask)), dim=1)
        if self.branch is not None:
            voice = self.branch(shared, mask)
        else:
            voice = F.normalize(self.speaker(pooled(shared, mask)), dim=1)
        return phrase, voice, x.squeeze(2)


class AdditiveMarginSoftmax(nn.Module):
    """Cosines to one direction a class, the right one handicapped (Wang et al., 1801.05599)."""

    def __init__(self, dimensions: int, classes: int, scale: float = 30.0, margin: float = 0.2) -> None:
        super().__init__()
        self.directions = nn.Parameter(torch.randn(classes, dimensions))
        self.scale, self.margin = scale, margin

    def forward(self, embedding: Tensor, label: Tensor) -> Tensor:
        cosine = embedding @ F.normalize(self.directions, dim=1).T
        handicap = torch.zeros_like(cosine).scatter_(1, label.clamp(min=0).unsqueeze(1), self.margin)
        return F.cross_entropy(self.scale * (cosine - handicap), label, ignore_index=NO_CLASS)
