"""Where the training recordings come from, and which of their speakers are kept for evaluation.

Each function takes the folder of one checked-out public repository and yields `Recording`s. What is reserved is left
out here and nowhere else, and `test_sources.py` holds that. Names of speakers never leave this module: they are
replaced by running numbers.
"""

import csv
import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator

ARABIC = "arabic-speech-commands-dataset"
DSPSPEECH = "DSPSpeech-20"
SPEECHOCEAN = "speechocean762"
RESEMBLYZER = "Resemblyzer"
SPEECH_COMMANDS = (
    "isolated-speech-commands",
    "DeadSimpleSpeechRecognizer",
    "SpeechCommandClassifier",
    "speech-commands-recognition",
)

DSPSPEECH_TRAINING_POSITIONS = (1, 2, 3, 6, 9, 11, 13, 16, 17, 18, 20, 22, 23, 25, 26, 27, 28, 29, 31, 33)
DSPSPEECH_SPEAKERS = 34
SPEECHOCEAN_RESERVED = 50
# A speaker of Speech Commands with this many words of this many takes is one that evaluation can use.
RESERVED_WORDS, RESERVED_TAKES = 8, 3


class SourcesError(Exception):
    """A folder is not what it should be; the message says what to do."""


@dataclass(frozen=True)
class Recording:
    path: Path
    corpus: str
    speaker: str
    # `None` for running speech, whose words are not told apart.
    word: str | None


def arabic(folder: Path) -> Iterator[Recording]:
    """Only what its own `train.csv` lists: the rest is its test and validation speakers."""
    listing = folder / "train.csv"
    if not listing.exists():
        raise SourcesError(f"{folder} has no train.csv; check out {ARABIC} there.")
    with listing.open(newline="") as lines:
        for row in csv.DictReader(lines):
            path = folder / row["file"]
            yield Recording(path, "arabic", path.name.split("_")[0], row["class"])


def dspspeech(folder: Path) -> Iterator[Recording]:
    """Folder names are personal: only their positions are used, and positions are all that leaves."""
    speakers = sorted(path for path in (folder / "speech_data").iterdir() if path.is_dir())
    if len(speakers) != DSPSPEECH_SPEAKERS:
        raise SourcesError(
            f"{DSPSPEECH} has {len(speakers)} speaker folders instead of {DSPSPEECH_SPEAKERS}: "
            "the reserved positions would be others. Check it out whole."
        )
    for position in DSPSPEECH_TRAINING_POSITIONS:
        for path in sorted(speakers[position].glob("*.wav")):
            _, word, _ = path.stem.split("-")
            yield Recording(path, "dspspeech", f"{position:02}", word)


def speech_commands(folders: list[Path]) -> Iterator[Recording]:
    """Google Speech Commands v0.01 out of several repositories, duplicates removed by content."""
    seen: set[bytes] = set()
    recordings: list[Recording] = []
    for folder in folders:
        for path in sorted(folder.rglob("*.wav")):
            match = re.fullmatch(r"([0-9a-f]{8})_nohash_\d+", path.stem)
            if match is None:
                continue
            digest = hashlib.sha256(path.read_bytes()).digest()
            if digest in seen:
                continue
            seen.add(digest)
            recordings.append(Recording(path, "speech-commands", match[1], path.parent.name))
    reserved = reserved_speech_commands_speakers(recordings)
    yield from (recording for recording in recordings if recording.speaker not in reserved)


def reserved_speech_commands_speakers(recordings: list[Recording]) -> set[str]:
    """Speakers with at least 8 words of 3 or more takes."""
    takes: dict[tuple[str, str], int] = defaultdict(int)
    for recording in recordings:
        takes[recording.speaker, str(recording.word)] += 1
    words: dict[str, int] = defaultdict(int)
    for (speaker, _), count in takes.items():
        words[speaker] += count >= RESERVED_TAKES
    return {speaker for speaker, count in words.items() if count >= RESERVED_WORDS}


def speechocean(folder: Path) -> Iterator[Recording]:
    speakers = sorted(path for path in (folder / "WAVE").iterdir() if path.is_dir())
    for speaker in speakers[:-SPEECHOCEAN_RESERVED]:
        for path in sorted(speaker.glob("*.WAV")):
            yield Recording(path, "speechocean", speaker.name, None)


def librispeech(folder: Path) -> Iterator[Recording]:
    """One sentence each of the training speakers; never `librispeech_test-other`."""
    for path in sorted((folder / "audio_data" / "librispeech_train-clean-100").glob("*.flac")):
        yield Recording(path, "librispeech", path.name.split("-")[0], None)


def all_recordings(sources: Path) -> Iterator[Recording]:
    """Everything that may be trained on. A repository that is not there is skipped, and said so."""
    single = {ARABIC: arabic, DSPSPEECH: dspspeech, SPEECHOCEAN: speechocean, RESEMBLYZER: librispeech}
    for name, read in single.items():
        if (sources / name).is_dir():
            yield from (recording for recording in read(sources / name) if recording.path.exists())
        else:
            print(f"{name} is not in {sources}: skipped")
    present = [sources / name for name in SPEECH_COMMANDS if (sources / name).is_dir()]
    for name in SPEECH_COMMANDS:
        if not (sources / name).is_dir():
            print(f"{name} is not in {sources}: skipped")
    yield from speech_commands(present)
