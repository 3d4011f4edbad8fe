"""Beside the steps: `evaluation.py --work DIR --voices DIR` compares encoders on voices none of them was trained on.

A quick look for choosing between encoders, with embeddings alone: what the app does with them is measured by
`npm run bench:speech`. Few-shot: prototype cosine, three draws. Voices: equal error rate of one clip against a profile
of all words of the other takes.
"""

import argparse
import csv
import json
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch

from features import log_mel, trimmed
from network import Encoder
from synthesis import read_sound
from train import load

PADDING_FRAMES = 20
SETS = ("arabic-commands", "english-commands", "mandarin-english-words", "english-digits-8k")


def embed(encoder: Encoder, clips: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Phrase and speaker embeddings of clips of any lengths, [clips, 96] and [clips, 64]."""
    phrases, speakers = np.zeros((len(clips), 96), np.float32), np.zeros((len(clips), 64), np.float32)
    order = np.argsort([len(clip) for clip in clips], kind="stable")
    with torch.no_grad():
        for start in range(0, len(order), 64):
            chosen = order[start : start + 64]
            longest = max(len(clips[index]) for index in chosen)
            batch, mask = torch.zeros(len(chosen), longest, 40), torch.zeros(len(chosen), longest)
            for row, index in enumerate(chosen):
                frames = torch.from_numpy(np.asarray(clips[index], np.float32))
                batch[row, : len(frames)], mask[row, : len(frames)] = frames, 1
            phrase, speaker, _ = encoder(batch, mask)
            phrases[chosen], speakers[chosen] = phrase.numpy(), speaker.numpy()
    return phrases, speakers


def few_shot(embeddings: np.ndarray, words: np.ndarray, k: int, draws: int, seed: int) -> float:
    right = total = 0
    for draw in range(draws):
        random = np.random.default_rng(seed + draw)
        enrolled: dict[str, np.ndarray] = {}
        tested: list[tuple[str, int]] = []
        for word in sorted(set(words)):
            takes = random.permutation(np.flatnonzero(words == word))
            if len(takes) <= k:
                continue
            enrolled[word] = embeddings[takes[:k]].mean(0)
            tested += [(word, take) for take in takes[k:]]
        names = list(enrolled)
        prototypes = np.stack([enrolled[name] / np.linalg.norm(enrolled[name]) for name in names])
        for word, take in tested:
            right += names[int(np.argmax(prototypes @ embeddings[take]))] == word
            total += 1
    return right / total


def equal_error_rate(own: np.ndarray, others: np.ndarray) -> float:
    thresholds = np.sort(np.concatenate([own, others]))
    misses = np.searchsorted(np.sort(own), thresholds) / len(own)
    accepts = 1 - np.searchsorted(np.sort(others), thresholds) / len(others)
    best = int(np.argmin(np.abs(misses - accepts)))
    return float((misses[best] + accepts[best]) / 2)


def voice_error(embeddings: np.ndarray, speakers: np.ndarray, takes: np.ndarray) -> float:
    """Profiles of the even takes, tested with the odd ones."""
    names = sorted(set(speakers))
    profiles = np.stack([embeddings[(speakers == name) & (takes % 2 == 0)].mean(0) for name in names])
    profiles /= np.linalg.norm(profiles, axis=1, keepdims=True)
    tested = np.flatnonzero(takes % 2 == 1)
    scores = embeddings[tested] @ profiles.T
    is_own = speakers[tested][:, None] == np.array(names)[None, :]
    return equal_error_rate(scores[is_own], scores[~is_own])


def load_voices(folder: Path) -> dict[str, list[dict]]:
    rows: dict[str, list[dict]] = defaultdict(list)
    with (folder / "voices" / "manifest.tsv").open(newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            if row["set"] not in SETS:
                continue
            kept = trimmed(read_sound(folder / "voices" / row["path"]), PADDING_FRAMES)
            if kept is not None and len(kept) > 3200:
                rows[row["set"]].append({**row, "logMel": log_mel(kept)})
    return rows


def evaluate(encoder: Encoder, voices: dict[str, list[dict]]) -> dict[str, dict[str, float]]:
    results = {}
    for name, rows in voices.items():
        phrases, speakers = embed(encoder, [row["logMel"] for row in rows])
        who = np.array([row["speaker"] for row in rows])
        words, takes = np.array([row["word"] for row in rows]), np.array([int(row["take"]) for row in rows])
        of_k = {
            f"k{k}": round(100 * float(np.mean([few_shot(phrases[who == one], words[who == one], k, 3, 0) for one in sorted(set(who))])), 1)
            for k in (1, 3)
        }
        results[name] = {**of_k, "voiceEqualErrorRate": round(100 * voice_error(speakers, who, takes), 1)}
    return results


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--work", type=Path, required=True)
    arguments.add_argument("--voices", type=Path, required=True, help="a folder with voices/manifest.tsv")
    arguments.add_argument("--name", nargs="+", default=["encoder"])
    asked = arguments.parse_args()
    voices = load_voices(asked.voices)
    for name in asked.name:
        result = evaluate(load(asked.work / f"{name}.pt"), voices)
        print(name, json.dumps(result))
        (asked.work / f"{name}.evaluation.json").write_text(json.dumps(result, indent=1))
