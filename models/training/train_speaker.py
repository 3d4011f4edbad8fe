"""Step 3: `train_speaker.py --work DIR` teaches a trained encoder who speaks; words stay as they are.

The trunk is frozen, so that this changes no phrase embedding. Recordings are bent by stronger equalisers and narrower
telephones than words are trained with: the same voice comes from many devices.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

import dataset as datasets
from augmentation import VOICE_WARPS, Augmenter
from network import SpeakerBranch
from train import load, save

MOST_FRAMES = 220
# A batch is so many voices of one corpus, so many utterances of each: nobody is told apart by the microphone.
VOICES, UTTERANCES = 48, 4
# How often a batch is of a corpus: by how much its speakers vary, not by its size.
CORPUS_SHARES = {"speech-commands": 0.4, "speechocean": 0.22, "arabic": 0.14, "dspspeech": 0.14, "librispeech": 0.1}


def batches(data: datasets.Dataset, random: np.random.Generator):
    """Indices [VOICES · UTTERANCES] and their voice warps; a warped speaker is another voice."""
    order = np.argsort(data.speaker, kind="stable")
    order = order[data.speaker[order] >= 0]
    bounds = np.searchsorted(data.speaker[order], np.arange(data.speaker_count + 1))
    members = [order[bounds[speaker] : bounds[speaker + 1]] for speaker in range(data.speaker_count)]
    corpora = np.array(data.speaker_corpus)
    present = [name for name in CORPUS_SHARES if (corpora == name).any()]
    shares = np.array([CORPUS_SHARES[name] for name in present])
    while True:
        corpus = random.choice(present, p=shares / shares.sum())
        speakers = np.flatnonzero(corpora == corpus)
        # Words of few people need their warps to fill a batch.
        voices = random.permutation(len(speakers) * len(VOICE_WARPS))[:VOICES]
        indices = np.concatenate([random.choice(members[speakers[voice // len(VOICE_WARPS)]], UTTERANCES) for voice in voices])
        yield indices, np.repeat(voices % len(VOICE_WARPS), UTTERANCES)


class AngularPrototypes(torch.nn.Module):
    """Each utterance against the mean of its voice's others and of every other voice (Wan et al., 1710.10467)."""

    def __init__(self) -> None:
        super().__init__()
        self.scale = torch.nn.Parameter(torch.tensor(10.0))

    def forward(self, embedding: torch.Tensor) -> torch.Tensor:
        grouped = embedding.reshape(-1, UTTERANCES, embedding.shape[1])
        voices = len(grouped)
        sums = grouped.sum(1)
        prototypes = F.normalize(sums, dim=1)
        cosine = embedding @ prototypes.T
        without = F.normalize(sums.unsqueeze(1) - grouped, dim=2)
        own = (grouped * without).sum(2).reshape(-1, 1)
        label = torch.arange(voices, device=embedding.device).repeat_interleave(UTTERANCES)
        cosine = cosine.scatter(1, label.unsqueeze(1), own)
        return F.cross_entropy(self.scale.clamp(1, 40) * cosine, label)


def train(work: Path, minutes: float, seed: int, name: str, telephone_share: float, device: torch.device) -> None:
    torch.manual_seed(seed)
    data = datasets.load(work / "dataset")
    encoder = load(work / f"{name}.pt").to(device)
    channels = encoder.stem.weight.shape[0]
    encoder.branch = SpeakerBranch(channels).to(device)
    augmenter = Augmenter(data, seed + 1, MOST_FRAMES, device, telephone_share=telephone_share, colour=1.6)
    loss_of = AngularPrototypes().to(device)
    parameters = [*encoder.branch.parameters(), *loss_of.parameters()]
    optimiser = torch.optim.AdamW(parameters, lr=3e-3, weight_decay=1e-2)
    log = json.loads((work / f"{name}.log.json").read_text())
    log = [entry for entry in log if "branchLoss" not in entry]
    encoder.eval()
    encoder.branch.train()
    started, step, total = time.monotonic(), 0, torch.zeros((), device=device)
    for indices, warp in batches(data, np.random.default_rng(seed)):
        elapsed = (time.monotonic() - started) / 60
        if elapsed > minutes:
            break
        progress = elapsed / minutes
        optimiser.param_groups[0]["lr"] = 3e-3 * min(1, (step + 1) / 200) * (0.5 + 0.5 * np.cos(np.pi * progress)) + 1e-6
        log_mel, mask, _ = augmenter.batch(indices, warp)
        with torch.no_grad():
            shared, short_mask = encoder.shared(log_mel, mask)
        loss = loss_of(encoder.branch(shared, short_mask))
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 5.0)
        optimiser.step()
        step += 1
        total += loss.detach()
        if step % 100 == 0:
            entry = {"step": step, "minutes": round(elapsed, 2), "branchLoss": round(total.item() / 100, 3)}
            log.append(entry)
            print(entry, f"{step * len(indices) / (time.monotonic() - started):.0f} clips/s", flush=True)
            total.zero_()
        if step % 500 == 0:
            save(work, name, encoder, channels, log)
    save(work, name, encoder, channels, log)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--work", type=Path, required=True)
    arguments.add_argument("--minutes", type=float, default=25)
    arguments.add_argument("--seed", type=int, default=42)
    arguments.add_argument("--name", default="encoder")
    arguments.add_argument("--telephone-share", type=float, default=0.45)
    arguments.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    arguments.add_argument("--threads", type=int, default=2)
    asked = arguments.parse_args()
    torch.set_num_threads(asked.threads)
    train(asked.work, asked.minutes, asked.seed, asked.name, asked.telephone_share, torch.device(asked.device))
