"""Trains the table of text pieces: texts of one group come near each other, all others go apart."""

import argparse
import json
import random
import time

import numpy as np
import torch
import torch.nn.functional as F

import sources
from text_features import ROWS, WORD_ROWS, hash_of, rows_of

TEMPERATURE = 0.06


class Pieces:
    """Rows of every text, made once."""

    def __init__(self):
        self.known: dict[str, np.ndarray] = {}

    def of(self, text: str) -> np.ndarray:
        rows = self.known.get(text)
        if rows is None:
            rows = np.array(rows_of(text)[:400], dtype=np.int32)
            self.known[text] = rows
        return rows


def weight_groups(arguments) -> list[tuple[float, list[sources.Group]]]:
    """Each kind of source with its share of a batch."""
    data = arguments.data
    labelled = [
        *sources.hwu(f"{data}/hwu"),
        *sources.slurp(f"{data}/slurp"),
        *sources.snips(f"{data}/snips"),
        *sources.assistants(f"{data}/bf"),
        *sources.rasa(f"{data}/rasa"),
        *sources.home(f"{data}/ohf"),
        *sources.schema_guided(f"{data}/sgd"),
    ]
    return [
        (arguments.labelled, labelled),
        (arguments.exchanges, list(sources.exchanges(f"{data}/sgd"))),
        (arguments.wordnet, list(sources.wordnet(arguments.wordnet_folder))),
    ]


def first_table(path: str, dimensions: int, generator) -> torch.Tensor:
    """Words begin where GloVe has them, turned into more dimensions; everything else near nothing."""
    table = generator.normal(0, 0.05, (ROWS, dimensions))
    if path != "":
        words, vectors = sources.word_vectors(path)
        vectors = np.array(vectors)
        vectors -= vectors.mean(0)
        # The first few directions of word vectors tell how common a word is, not what it means.
        _, _, axes = np.linalg.svd(vectors, full_matrices=False)
        vectors -= (vectors @ axes[:1].T) @ axes[:1]
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        turned = vectors @ np.linalg.qr(generator.normal(size=(dimensions, vectors.shape[1])))[0].T
        taken = set()
        # The most frequent come first and keep their row.
        for word, vector in zip(words, turned):
            row = hash_of(word) % WORD_ROWS
            if row not in taken:
                taken.add(row)
                table[row] = 0.5 * vector
    return torch.tensor(table, dtype=torch.float32)


def bags(texts: list[str], pieces: Pieces, drop: float, generator) -> tuple[torch.Tensor, torch.Tensor]:
    rows, offsets, at = [], [], 0
    for text in texts:
        found = pieces.of(text)
        if drop > 0 and len(found) > 2:
            kept = found[generator.random(len(found)) >= drop]
            found = kept if len(kept) > 0 else found
        offsets.append(at)
        rows.append(found)
        at += len(found)
    return torch.from_numpy(np.concatenate(rows).astype(np.int64)), torch.tensor(offsets)


def train(arguments) -> np.ndarray:
    torch.manual_seed(arguments.seed)
    generator = np.random.default_rng(arguments.seed)
    chance = random.Random(arguments.seed)
    kinds = [
        (share, [(name, sorted(set(texts))) for name, texts in groups if len(set(texts)) > 1])
        for share, groups in weight_groups(arguments)
    ]
    kinds = [(share, groups) for share, groups in kinds if share > 0]
    device = "cuda" if torch.cuda.is_available() else "cpu"
    table = first_table(arguments.glove, arguments.dimensions, generator).to(device).requires_grad_(True)
    optimiser = torch.optim.Adam([table], lr=arguments.rate)
    pieces = Pieces()
    started = time.time()
    for step in range(arguments.steps):
        for group in optimiser.param_groups:
            group["lr"] = arguments.rate * min(1, (step + 1) / 100) * (1 - step / arguments.steps)
        anchors, positives, labels = [], [], []
        for share, groups in kinds:
            for _ in range(round(arguments.batch * share)):
                at = chance.randrange(len(groups))
                one, two = chance.sample(groups[at][1], 2)
                anchors.append(one)
                positives.append(two)
                labels.append(hash_of(groups[at][0]))
        rows, offsets = bags(anchors, pieces, arguments.drop, generator)
        left = F.embedding_bag(rows.to(device), table, offsets.to(device), mode="sum")
        rows, offsets = bags(positives, pieces, arguments.drop, generator)
        right = F.embedding_bag(rows.to(device), table, offsets.to(device), mode="sum")
        left, right = F.normalize(left), F.normalize(right)
        similar = left @ right.T / TEMPERATURE
        label = torch.tensor(labels, device=device)
        # Another text of the same group is no example of something else.
        same = (label[:, None] == label[None, :]) & ~torch.eye(len(labels), dtype=torch.bool, device=device)
        similar = similar.masked_fill(same, -1e9)
        target = torch.arange(len(labels), device=device)
        loss = (F.cross_entropy(similar, target) + F.cross_entropy(similar.T, target)) / 2
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % 250 == 0 or step == arguments.steps - 1:
            print(f"step {step} loss {loss.item():.3f} {time.time() - started:.0f} s", flush=True)
    return table.detach().cpu().numpy()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True, help="folder with one folder a source (README.md)")
    parser.add_argument("--wordnet-folder", default="/usr/share/wordnet")
    parser.add_argument("--glove", default="", help="glove_twitter_25d.rda")
    parser.add_argument("--out", required=True, help=".npy of the table")
    parser.add_argument("--dimensions", type=int, default=96)
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--batch", type=int, default=768)
    parser.add_argument("--rate", type=float, default=0.004)
    parser.add_argument("--drop", type=float, default=0.15)
    parser.add_argument("--labelled", type=float, default=0.5)
    parser.add_argument("--exchanges", type=float, default=0.2)
    parser.add_argument("--wordnet", type=float, default=0.3)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    np.save(arguments.out, train(arguments).astype(np.float32))
    print(json.dumps(vars(arguments)))


if __name__ == "__main__":
    main()
