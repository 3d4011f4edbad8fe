"""Step 4, the last: `make_encoder.py --work DIR` adds the references and writes what the app ships into `models/encoder/`.

References are embeddings of training material that recognition compares with. The cohort: voices, one row a person,
that a voice score is normalised against. The background: what other words and running speech are like, so that a
phrase can be told from speech in general.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from scipy.cluster.vq import kmeans2

import dataset as datasets
import export
from dataset import PADDING_FRAMES
from evaluation import embed
from train import load

VERSION = "2.0.0"
COHORT_ROWS, BACKGROUND_ROWS = 64, 96
# Bands that a telephone lets through; half of the cohort is heard over one.
TELEPHONE_BANDS = (5, 29)
# Running speech is cut into pieces of this many frames for the background.
PIECE_FRAMES = (50, 130)
SOURCES = [
    "Arabic Speech Commands, A. Ghandoura, training speakers (CC BY 4.0)",
    "DSPSpeech-20, Z. Chen, training speakers (MIT)",
    "Google Speech Commands v0.01, without the evaluation speakers (CC BY 4.0)",
    "speechocean762, without its last 50 speakers (free for commercial and non-commercial use)",
    "LibriSpeech train-clean-100, one sentence a speaker (CC BY 4.0)",
    "made-up words in 25 languages, synthesised with espeak-ng",
]


def unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.linalg.norm(rows, axis=-1, keepdims=True)


def through_telephone(log_mel: np.ndarray) -> np.ndarray:
    heard = np.full_like(log_mel, log_mel.min())
    heard[:, slice(*TELEPHONE_BANDS)] = log_mel[:, slice(*TELEPHONE_BANDS)]
    return heard


def references(data: datasets.Dataset, encoder, seed: int) -> dict[str, np.ndarray]:
    random = np.random.default_rng(seed)
    cut = PADDING_FRAMES - 20
    clip = lambda index: data.clip(index)[cut : len(data.clip(index)) - cut].astype(np.float32)

    speakers, counts = np.unique(data.speaker[data.speaker >= 0], return_counts=True)
    near, over_telephone = [], []
    for speaker in random.permutation(speakers[counts >= 8])[: 4 * COHORT_ROWS]:
        clips = [clip(index) for index in random.permutation(np.flatnonzero(data.speaker == speaker))[:12]]
        near.append(unit(embed(encoder, clips)[1].mean(0)))
        over_telephone.append(unit(embed(encoder, [through_telephone(frames) for frames in clips])[1].mean(0)))
    halves = [kmeans2(np.stack(rows), COHORT_ROWS, seed=seed, minit="++")[0] for rows in (near, over_telephone)]
    cohort = unit(np.concatenate(halves))

    running = random.permutation(np.flatnonzero(data.word < 0))[:2500]
    pieces = []
    for index in running:
        whole = clip(index)
        length = int(random.integers(*PIECE_FRAMES))
        start = int(random.integers(0, max(1, len(whole) - length)))
        pieces.append(whole[start : start + length])
    words = random.permutation(np.flatnonzero(data.word >= 0))[:2500]
    spoken = embed(encoder, [*pieces, *(clip(index) for index in words)])[0]
    background = unit(kmeans2(spoken, BACKGROUND_ROWS, seed=seed, minit="++")[0])
    return {"cohort": cohort, "background": background}


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--work", type=Path, required=True)
    arguments.add_argument("--name", default="encoder")
    arguments.add_argument("--seed", type=int, default=42)
    asked = arguments.parse_args()
    home = Path(__file__).resolve().parents[1]
    encoder = load(asked.work / f"{asked.name}.pt")
    made = references(datasets.load(asked.work / "dataset"), encoder, asked.seed)
    tensors = export.rounded_to_half(encoder)
    identity = {"id": "claude-echo-encoder", "version": VERSION, "licence": "MIT", "sources": SOURCES}
    export.write(home / "encoder", identity, tensors, made)
    export.write_parity_fixture(home.parent / "test" / "fixtures" / "encoder" / "parity.json", tensors, VERSION)
    log = json.loads((asked.work / f"{asked.name}.log.json").read_text())
    (home / "encoder" / "training-log.json").write_text(json.dumps(log) + "\n")
    print(f"wrote {(home / 'encoder' / 'encoder.bin').stat().st_size} bytes, trained for {log[-1]['step']} steps")
