"""Step 2: `train.py --work DIR` trains the encoder on the cache and writes `encoder.pt` and `log.json`."""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

import dataset as datasets
from augmentation import VOICE_WARPS, Augmenter
from network import NO_CLASS, PHRASE_DIMENSIONS, SPEAKER_DIMENSIONS, AdditiveMarginSoftmax, Encoder, SpeakerBranch

BATCH = 192
# Batches drawn together and dealt by length, so that little of a batch is padding.
DEALT_TOGETHER = 8
MOST_FRAMES = 300
SPEAKER_WEIGHT = 0.3
REAL_SHARE, RUNNING_SHARE = 0.5, 0.12
# How much telling pieces of running speech apart counts: it holds thousands of words that no list of words has.
PIECE_WEIGHT, PIECE_SCALE = 0.3, 12.0
LEARNING_RATE = 3e-3
LOGGED_EVERY = 100


class Draw:
    """Half real, half synthetic words, every class as likely as another; and some running speech for its speakers."""

    def __init__(self, dataset: datasets.Dataset, seed: int, real_share: float, batch: int) -> None:
        self.random = np.random.default_rng(seed)
        self.real_share, self.batch = real_share, batch
        synthetic = dataset.is_synthetic_word()
        self.order = np.argsort(dataset.word, kind="stable")
        self.first = np.searchsorted(dataset.word[self.order], np.arange(len(dataset.words)))
        self.size = np.bincount(dataset.word[dataset.word >= 0], minlength=len(dataset.words))
        self.real = np.flatnonzero(~synthetic & (self.size > 0))
        self.synthetic = np.flatnonzero(synthetic & (self.size > 0))
        self.running = np.flatnonzero((dataset.word < 0) & (dataset.speaker >= 0))

    def batches(self, lengths: np.ndarray):
        """Indices [batch]: words dealt by length, then pairs of the same running speech, the second half its twins."""
        pieces = int(self.batch * RUNNING_SHARE / 2) if len(self.running) else 0
        words = self.batch - 2 * pieces
        count = words * DEALT_TOGETHER
        while True:
            real = int(count * self.real_share) if len(self.synthetic) else count
            drawn = np.concatenate([self._of(self.real, real), self._of(self.synthetic, count - real)])
            dealt = drawn[np.argsort(np.minimum(lengths[drawn], MOST_FRAMES), kind="stable")].reshape(DEALT_TOGETHER, words)
            for row in self.random.permutation(DEALT_TOGETHER):
                chosen = self.random.choice(self.running, pieces) if pieces else np.zeros(0, int)
                yield np.concatenate([dealt[row], chosen, chosen]), pieces

    def _of(self, classes: np.ndarray, count: int) -> np.ndarray:
        if count == 0 or len(classes) == 0:
            return np.zeros(0, int)
        # Larger classes somewhat more often: they hold more people.
        shares = np.sqrt(self.size[classes])
        chosen = self.random.choice(classes, count, p=shares / shares.sum())
        return self.order[self.first[chosen] + (self.random.random(count) * self.size[chosen]).astype(int)]


def of_pieces(phrase: torch.Tensor, pieces: int) -> torch.Tensor:
    """Each piece is to be found among all others by its twin (NT-Xent: Chen et al., 2002.05709)."""
    twins = phrase[-2 * pieces :]
    cosine = PIECE_SCALE * (twins @ twins.T)
    cosine = cosine.masked_fill(torch.eye(2 * pieces, dtype=torch.bool, device=phrase.device), -1e4)
    own = torch.arange(2 * pieces, device=phrase.device).roll(pieces)
    return F.cross_entropy(cosine, own)


def train(work: Path, asked: argparse.Namespace) -> None:
    torch.manual_seed(asked.seed)
    device = torch.device(asked.device)
    data = datasets.load(work / "dataset")
    if asked.real_share == 0:
        data.word[~data.is_synthetic_word()[np.maximum(data.word, 0)]] = datasets.NO_LABEL
    if asked.real_share == 1:
        data.word[(data.word >= 0) & data.is_synthetic_word()[np.maximum(data.word, 0)]] = datasets.NO_LABEL
    draw = Draw(data, asked.seed, asked.real_share, asked.batch)
    augmenter = Augmenter(data, asked.seed, MOST_FRAMES, device)
    words, voices = torch.from_numpy(data.word).to(device), torch.from_numpy(data.speaker).to(device)
    encoder = Encoder(channels=asked.channels).to(device)
    phrase_loss = AdditiveMarginSoftmax(PHRASE_DIMENSIONS, len(data.words)).to(device)
    speaker_loss = AdditiveMarginSoftmax(SPEAKER_DIMENSIONS, data.speaker_count * len(VOICE_WARPS)).to(device)
    parameters = [*encoder.parameters(), *phrase_loss.parameters(), *speaker_loss.parameters()]
    optimiser = torch.optim.AdamW(parameters, lr=LEARNING_RATE, weight_decay=1e-2)
    log: list[dict] = []
    started, step, sums = time.monotonic(), 0, torch.zeros(3, device=device)
    for indices, pieces in draw.batches(data.lengths):
        elapsed = (time.monotonic() - started) / 60
        if elapsed > asked.minutes:
            break
        # Cosine to nothing over the time there is, after a short warm-up: machines differ in speed.
        fall = 0.5 + 0.5 * np.cos(np.pi * elapsed / asked.minutes)
        optimiser.param_groups[0]["lr"] = LEARNING_RATE * min(1, (step + 1) / 300) * fall + 1e-6
        log_mel, mask, warp = augmenter.batch(indices, twins=pieces)
        phrase, speaker, _ = encoder(log_mel, mask)
        chosen = torch.from_numpy(indices).to(device)
        word, voice = words[chosen], voices[chosen]
        phrase_loss.margin = speaker_loss.margin = 0.2 * min(1, step / 2000)
        losses = [phrase_loss(phrase, word), speaker_loss(speaker, torch.where(voice >= 0, voice * len(VOICE_WARPS) + warp, NO_CLASS))]
        losses.append(of_pieces(phrase, pieces) if pieces else torch.zeros((), device=device))
        optimiser.zero_grad()
        (losses[0] + SPEAKER_WEIGHT * losses[1] + asked.piece_weight * losses[2]).backward()
        torch.nn.utils.clip_grad_norm_(parameters, 5.0)
        optimiser.step()
        step += 1
        sums += torch.stack([loss.detach() for loss in losses])
        if step % LOGGED_EVERY == 0:
            of_words, of_voices, of_running = (round(total / LOGGED_EVERY, 3) for total in sums.tolist())
            entry = {"step": step, "minutes": round(elapsed, 2), "phraseLoss": of_words, "speakerLoss": of_voices, "pieceLoss": of_running}
            log.append(entry)
            print(entry, f"{step * asked.batch / (time.monotonic() - started):.0f} clips/s", flush=True)
            sums.zero_()
        if step % 500 == 0:
            save(work, asked.name, encoder, asked.channels, log)
    save(work, asked.name, encoder, asked.channels, log)


def save(work: Path, name: str, encoder: Encoder, channels: int, log: list[dict]) -> None:
    state = {key: value.cpu() for key, value in encoder.state_dict().items()}
    torch.save({"channels": channels, "state": state}, work / f"{name}.pt")
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
    arguments.add_argument("--channels", type=int, default=128)
    arguments.add_argument("--seed", type=int, default=42)
    arguments.add_argument("--real-share", type=float, default=REAL_SHARE, help="of words; 1 without synthetic ones, 0 without real ones")
    arguments.add_argument("--piece-weight", type=float, default=PIECE_WEIGHT, help="0: running speech teaches voices only")
    arguments.add_argument("--batch", type=int, default=BATCH)
    arguments.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    arguments.add_argument("--name", default="encoder")
    arguments.add_argument("--threads", type=int, default=2)
    asked = arguments.parse_args()
    torch.set_num_threads(asked.threads)
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
    train(asked.work, asked)
