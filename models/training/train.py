"""Step 2: `train.py --work DIR` trains the encoder on the cache and writes `encoder.pt` and `log.json`."""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch

import dataset as datasets
from augmentation import VOICE_WARPS, Augmenter
from network import PHRASE_DIMENSIONS, SPEAKER_DIMENSIONS, AdditiveMarginSoftmax, Encoder, SpeakerBranch

BATCH = 192
# Batches drawn together and dealt by length, so that little of a batch is padding.
DEALT_TOGETHER = 8
MOST_FRAMES = 300
SPEAKER_WEIGHT = 0.3
REAL_SHARE, RUNNING_SHARE = 0.5, 0.12


class Draw:
    """Half real, half synthetic words, every class as likely as another; and some running speech for its speakers."""

    def __init__(self, dataset: datasets.Dataset, seed: int, real_share: float) -> None:
        self.random = np.random.default_rng(seed)
        self.real_share = real_share
        synthetic = dataset.is_synthetic_word()
        order = np.argsort(dataset.word, kind="stable")
        order = order[dataset.word[order] >= 0]
        bounds = np.searchsorted(dataset.word[order], np.arange(len(dataset.words) + 1))
        members = [order[bounds[word] : bounds[word + 1]] for word in range(len(dataset.words))]
        self.real = [members[word] for word in np.flatnonzero(~synthetic) if len(members[word])]
        self.synthetic = [members[word] for word in np.flatnonzero(synthetic) if len(members[word])]
        self.running = np.flatnonzero(dataset.word < 0)

    def batches(self, lengths: np.ndarray):
        while True:
            count = BATCH * DEALT_TOGETHER
            running = int(count * RUNNING_SHARE) if len(self.running) else 0
            real = int((count - running) * (self.real_share if self.synthetic else 1))
            drawn = [self._of(self.real, real), self._of(self.synthetic, count - running - real)]
            if running:
                drawn.append(self.random.choice(self.running, running))
            dealt = np.concatenate(drawn)
            dealt = dealt[np.argsort(np.minimum(lengths[dealt], MOST_FRAMES), kind="stable")].reshape(DEALT_TOGETHER, BATCH)
            yield from dealt[self.random.permutation(DEALT_TOGETHER)]

    def _of(self, classes: list[np.ndarray], count: int) -> np.ndarray:
        if count == 0:
            return np.zeros(0, int)
        # Larger classes somewhat more often: they hold more people.
        sizes = np.sqrt([len(members) for members in classes])
        chosen = self.random.choice(len(classes), count, p=sizes / sizes.sum())
        return np.array([self.random.choice(classes[index]) for index in chosen])


def train(work: Path, minutes: float, channels: int, seed: int, real_share: float, name: str) -> None:
    torch.manual_seed(seed)
    data = datasets.load(work / "dataset")
    if real_share == 0:
        data.word[~data.is_synthetic_word()[np.maximum(data.word, 0)]] = datasets.NO_LABEL
    draw, augmenter = Draw(data, seed, real_share), Augmenter(data, seed, MOST_FRAMES)
    encoder = Encoder(channels=channels)
    phrase_loss = AdditiveMarginSoftmax(PHRASE_DIMENSIONS, len(data.words))
    speaker_loss = AdditiveMarginSoftmax(SPEAKER_DIMENSIONS, data.speaker_count * len(VOICE_WARPS))
    parameters = [*encoder.parameters(), *phrase_loss.parameters(), *speaker_loss.parameters()]
    optimiser = torch.optim.AdamW(parameters, lr=3e-3, weight_decay=1e-2)
    log: list[dict] = []
    started, step, sums = time.monotonic(), 0, np.zeros(3)
    for indices in draw.batches(data.lengths):
        elapsed = (time.monotonic() - started) / 60
        if elapsed > minutes:
            break
        # Cosine to nothing over the time there is, after a short warm-up: machines differ in speed.
        progress = elapsed / minutes
        optimiser.param_groups[0]["lr"] = 3e-3 * min(1, (step + 1) / 300) * (0.5 + 0.5 * np.cos(np.pi * progress)) + 1e-6
        log_mel, mask, warp = augmenter.batch(indices)
        phrase, speaker, _ = encoder(log_mel, mask)
        word = torch.from_numpy(data.word[indices])
        voice = torch.from_numpy(data.speaker[indices])
        margin = 0.2 * min(1, step / 2000)
        phrase_loss.margin = speaker_loss.margin = margin
        of_words = phrase_loss(phrase[word >= 0], word[word >= 0])
        named = voice >= 0
        of_voices = speaker_loss(speaker[named], voice[named] * len(VOICE_WARPS) + warp[named]) if named.any() else 0 * of_words
        optimiser.zero_grad()
        (of_words + SPEAKER_WEIGHT * of_voices).backward()
        torch.nn.utils.clip_grad_norm_(parameters, 5.0)
        optimiser.step()
        step += 1
        sums += [of_words.item(), float(of_voices), len(indices)]
        if step % 100 == 0:
            entry = {"step": step, "minutes": round(elapsed, 2), "phraseLoss": round(sums[0] / 100, 3), "speakerLoss": round(sums[1] / 100, 3)}
            log.append(entry)
            print(entry, f"{step * BATCH / (time.monotonic() - started):.0f} clips/s", flush=True)
            sums[:] = 0
        if step % 500 == 0:
            save(work, name, encoder, channels, log)
    save(work, name, encoder, channels, log)


def save(work: Path, name: str, encoder: Encoder, channels: int, log: list[dict]) -> None:
    torch.save({"channels": channels, "state": encoder.state_dict()}, work / f"{name}.pt")
    (work / f"{name}.log.json").write_text(json.dumps(log, indent=1))


def load(path: Path) -> Encoder:
    saved = torch.load(path)
    encoder = Encoder(channels=saved["channels"])
    if any(name.startswith("branch.") for name in saved["state"]):
        encoder.branch = SpeakerBranch(saved["channels"])
    encoder.load_state_dict(saved["state"])
    return encoder.eval()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--work", type=Path, required=True)
    arguments.add_argument("--minutes", type=float, default=80)
    arguments.add_argument("--channels", type=int, default=96)
    arguments.add_argument("--seed", type=int, default=42)
    arguments.add_argument("--real-share", type=float, default=REAL_SHARE, help="of words; 1 without synthetic ones, 0 without real ones")
    arguments.add_argument("--name", default="encoder")
    arguments.add_argument("--threads", type=int, default=2)
    asked = arguments.parse_args()
    torch.set_num_threads(asked.threads)
    train(asked.work, asked.minutes, asked.channels, asked.seed, asked.real_share, asked.name)
