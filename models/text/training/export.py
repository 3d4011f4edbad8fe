"""Packs a trained table into the file that the app ships, four bits a number, and writes its manifest."""

import argparse
import hashlib
import json

import numpy as np

from text_features import GRAM_ROWS, PAIR_ROWS, ROWS, WORD_ROWS

STEPS = 7
SOURCES = [
    "NLU evaluation data (Liu et al. 2019), CC BY 4.0",
    "SLURP, texts (Bastianelli et al. 2020), CC BY 4.0",
    "Snips 2017 (Coucke et al. 2018), CC0",
    "Schema-guided dialogues (Rastogi et al. 2020), CC BY-SA 4.0",
    "Virtual assistant templates (Microsoft), MIT",
    "NLU training data (Rasa), Apache 2.0",
    "Home Assistant intents, CC BY 4.0",
    "WordNet 3.0, WordNet licence",
    "GloVe, 25 dimensions, tweets (Pennington et al. 2014), PDDL",
]


def pack(table: np.ndarray) -> bytes:
    scales = np.abs(table).max(axis=1).astype("<f4")
    steps = np.rint(table / np.maximum(scales[:, None], 1e-9) * STEPS).astype(np.int32) + 8
    return scales.tobytes() + (steps[:, 0::2] | steps[:, 1::2] << 4).astype(np.uint8).tobytes()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--table", required=True)
    parser.add_argument("--out", required=True, help="folder for table.bin and manifest.json")
    arguments = parser.parse_args()
    table = np.load(arguments.table)
    assert table.shape[0] == ROWS and table.shape[1] % 2 == 0
    data = pack(table)
    manifest = {
        "format": 1,
        "id": "echo-text-table",
        "version": "1.0.0",
        "licence": "CC BY-SA 4.0",
        "sources": SOURCES,
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "rows": {"word": WORD_ROWS, "gram": GRAM_ROWS, "pair": PAIR_ROWS},
        "dimensions": table.shape[1],
    }
    with open(f"{arguments.out}/table.bin", "wb") as file:
        file.write(data)
    with open(f"{arguments.out}/manifest.json", "w", encoding="utf-8") as file:
        file.write(json.dumps(manifest, indent=2) + "\n")
    print(f"{len(data)} bytes")


if __name__ == "__main__":
    main()
