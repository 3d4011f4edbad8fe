"""Writes weights as the app loads them: `encoder.bin` and `manifest.json`, and a fixture that parity is tested on."""

import hashlib
import json
from pathlib import Path

import numpy as np
import torch
from torch import nn

from network import (
    BLOCK_KERNELS,
    INPUT_RANGE,
    INPUT_SCALE,
    POOLING_FLOOR,
    SPEAKER_BLOCKS,
    SPEAKER_BRANCH_KERNELS,
    STEM_STRIDE,
    Encoder,
)

FORMAT = 2


def folded(convolution: np.ndarray, norm: nn.BatchNorm2d) -> tuple[np.ndarray, np.ndarray]:
    """Batch normalisation at rest is a factor and a shift of each output channel, `convolution`'s first axis."""
    deviation = torch.sqrt(norm.running_var + norm.eps).detach().numpy()
    factor = norm.weight.detach().numpy() / deviation
    shift = norm.bias.detach().numpy() - norm.running_mean.numpy() * factor
    return convolution * factor.reshape(-1, *[1] * (convolution.ndim - 1)), shift


def inference_tensors(encoder: Encoder) -> dict[str, np.ndarray]:
    """By name, with the axes as tfjs wants them: stem [kernel, in, out], depthwise [kernel, channel], others [in, out]."""
    tensors: dict[str, np.ndarray] = {}
    kernel, bias = folded(encoder.stem.weight.detach().numpy()[:, :, 0], encoder.stem_norm)
    tensors["stem/kernel"], tensors["stem/bias"] = kernel.transpose(2, 1, 0), bias
    for index, block in enumerate(encoder.blocks):
        tensors[f"block{index}/depthwise"] = block.depthwise.weight.detach().numpy()[:, 0, 0].T
        kernel, bias = folded(block.pointwise.weight.detach().numpy()[:, :, 0, 0], block.norm)
        tensors[f"block{index}/pointwise"], tensors[f"block{index}/bias"] = kernel.T, bias
    if encoder.branch is None:
        raise ValueError("The encoder has no speaker branch yet: train_speaker.py makes one.")
    for index, block in enumerate(encoder.branch.blocks):
        tensors[f"speaker{index}/depthwise"] = block.depthwise.weight.detach().numpy()[:, 0, 0].T
        kernel, bias = folded(block.pointwise.weight.detach().numpy()[:, :, 0, 0], block.norm)
        tensors[f"speaker{index}/pointwise"], tensors[f"speaker{index}/bias"] = kernel.T, bias
    for name, head in (("phrase", encoder.phrase), ("speaker", encoder.branch.speaker)):
        tensors[f"{name}/kernel"] = head.weight.detach().numpy().T
        tensors[f"{name}/bias"] = head.bias.detach().numpy()
    return tensors


def rounded_to_half(encoder: Encoder) -> dict[str, np.ndarray]:
    return {name: tensor.astype(np.float16) for name, tensor in inference_tensors(encoder).items()}


def run_exported(tensors: dict[str, np.ndarray], log_mel: np.ndarray) -> dict[str, np.ndarray]:
    """The exported net in double precision, one clip [frames, 40]: what every backend of the app has to agree with."""
    weights = {name: tensor.astype(np.float64) for name, tensor in tensors.items()}
    floored = np.maximum(log_mel.astype(np.float64), log_mel.max() - INPUT_RANGE)
    x = (floored - floored.mean()) / INPUT_SCALE
    kernel = weights["stem/kernel"]
    x = np.pad(x, ((kernel.shape[0] // 2,) * 2, (0, 0)))
    count = (len(log_mel) - 1) // STEM_STRIDE + 1
    taps = [x[tap : tap + STEM_STRIDE * count : STEM_STRIDE][:count] @ kernel[tap] for tap in range(len(kernel))]
    x = np.maximum(0, sum(taps) + weights["stem/bias"])

    def block(name: str, frames: np.ndarray) -> np.ndarray:
        depthwise = weights[f"{name}/depthwise"]
        padded = np.pad(frames, ((len(depthwise) // 2,) * 2, (0, 0)))
        mixed = sum(padded[tap : tap + len(frames)] * depthwise[tap] for tap in range(len(depthwise)))
        return np.maximum(0, frames + mixed @ weights[f"{name}/pointwise"] + weights[f"{name}/bias"])

    for index in range(SPEAKER_BLOCKS):
        x = block(f"block{index}", x)
    speaker = x
    for index in range(SPEAKER_BLOCKS, len(BLOCK_KERNELS)):
        x = block(f"block{index}", x)
    for index in range(len(SPEAKER_BRANCH_KERNELS)):
        speaker = block(f"speaker{index}", speaker)

    def head(name: str, frames: np.ndarray) -> np.ndarray:
        pooled = np.concatenate([frames.mean(0), np.sqrt(frames.var(0) + POOLING_FLOOR)])
        embedding = pooled @ weights[f"{name}/kernel"] + weights[f"{name}/bias"]
        return embedding / np.linalg.norm(embedding)

    return {"phrase": head("phrase", x), "speaker": head("speaker", speaker), "frames": x}


def write(folder: Path, identity: dict, tensors: dict[str, np.ndarray], references: dict[str, np.ndarray]) -> None:
    """`identity` holds id, version, licence and sources; `references` rows of embeddings such as the cohort."""
    folder.mkdir(parents=True, exist_ok=True)
    entries, parts, offset = [], [], 0
    for name, tensor in {**tensors, **{f"reference/{key}": rows for key, rows in references.items()}}.items():
        half = np.ascontiguousarray(tensor, "<f2")
        entries.append({"name": name, "shape": list(half.shape), "offset": offset})
        parts.append(half.tobytes())
        offset += half.nbytes
    content = b"".join(parts)
    manifest = {
        "format": FORMAT,
        **identity,
        "file": "encoder.bin",
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "encoding": "float16-le",
        "input": {"bands": 40, "hopMs": 10, "range": INPUT_RANGE, "scale": INPUT_SCALE},
        "stemStride": STEM_STRIDE,
        "blocks": len(BLOCK_KERNELS),
        "sharedBlocks": SPEAKER_BLOCKS,
        "speakerBlocks": len(SPEAKER_BRANCH_KERNELS),
        "poolingFloor": POOLING_FLOOR,
        "tensors": entries,
    }
    (folder / "encoder.bin").write_bytes(content)
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")


def write_parity_fixture(path: Path, tensors: dict[str, np.ndarray], version: str) -> None:
    """Made-up log-mel clips of several lengths and what the exported net makes of them."""
    random = np.random.default_rng(7)
    clips = []
    for frames in (20, 57, 96, 181):
        envelope = np.cumsum(random.normal(0, 0.6, (frames, 40)), axis=0) * 0.3 + random.normal(-8, 2, 40)
        log_mel = np.round(envelope, 3).astype(np.float32)
        made = run_exported(tensors, log_mel)
        clips.append(
            {
                "frames": frames,
                "logMel": [round(float(value), 3) for value in log_mel.ravel()],
                "phrase": [round(float(value), 6) for value in made["phrase"]],
                "speaker": [round(float(value), 6) for value in made["speaker"]],
                "lastFrame": [round(float(value), 6) for value in made["frames"][-1]],
            }
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"version": version, "clips": clips}))
