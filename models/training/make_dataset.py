"""Step 1: `make_dataset.py --sources DIR --work DIR` fills the cache."""

import argparse
from pathlib import Path

import dataset

if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sources", type=Path, required=True, help="folder of the checked-out repositories")
    arguments.add_argument("--work", type=Path, required=True, help="folder for what is made on the way")
    arguments.add_argument("--words", type=int, default=4000, help="synthetic words")
    arguments.add_argument("--takes", type=int, default=9, help="takes of each")
    arguments.add_argument("--seed", type=int, default=42)
    asked = arguments.parse_args()
    built = dataset.build(asked.sources, asked.words, asked.takes, asked.seed)
    dataset.save(built, asked.work / "dataset")
    print(f"{len(built.word)} clips, {len(built.words)} words, {built.speaker_count} speakers, {len(built.frames)} frames")
