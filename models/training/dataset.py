"""Turns recordings and synthetic speech into one cache of log-mel frames."""

import json
from collections import defaultdict
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path
from random import Random

import numpy as np

from features import MEL_BANDS, log_mel, trimmed
from sources import Recording, SourcesError, all_recordings
from synthesis import Speaking, SyntheticWord, invent_words, read_sound, speak, ways_of_speaking

# Silence left on either side in the cache; training cuts off some of it each time.
PADDING_FRAMES = 30
MOST_FRAMES = 400
# Phrases made of two words of the same speaker, one after the other: classes, and takes a speaker.
PAIRS = {"arabic": 60, "dspspeech": 30}
PAIR_TAKES = 2
NO_LABEL = -1


@dataclass
class Dataset:
    """`frames[offsets[i] : offsets[i + 1]]` is clip `i`: float16 log-mel, [frames, 40]."""

    frames: np.ndarray
    offsets: np.ndarray
    # Word class, or `NO_LABEL` for running speech.
    word: np.ndarray
    # Speaker, or `NO_LABEL` for synthetic speech.
    speaker: np.ndarray
    words: list[str]
    # Corpus of each speaker.
    speaker_corpus: list[str]

    @property
    def speaker_count(self) -> int:
        return len(self.speaker_corpus)

    @property
    def lengths(self) -> np.ndarray:
        return np.diff(self.offsets)

    def clip(self, index: int) -> np.ndarray:
        return self.frames[self.offsets[index] : self.offsets[index + 1]]

    def is_synthetic_word(self) -> np.ndarray:
        return np.array([name.startswith("synthetic/") for name in self.words])


def _frames_of(samples: np.ndarray | None) -> np.ndarray | None:
    if samples is None:
        return None
    kept = trimmed(samples, PADDING_FRAMES)
    if kept is None:
        return None
    frames = log_mel(kept)[:MOST_FRAMES]
    return frames.astype(np.float16) if len(frames) >= 20 else None


def _read(recording: Recording) -> np.ndarray | None:
    return _frames_of(read_sound(recording.path))


def _read_pair(pair: tuple[Recording, Recording, float]) -> np.ndarray | None:
    first, second, gap_s = pair
    sounds = [trimmed(read_sound(recording.path), 4) for recording in (first, second)]
    if sounds[0] is None or sounds[1] is None:
        return None
    return _frames_of(np.concatenate([sounds[0], np.zeros(int(gap_s * 16_000), np.float32) + sounds[0][-1], sounds[1]]))


def _speak(spoken: tuple[SyntheticWord, Speaking]) -> np.ndarray | None:
    word, way = spoken
    samples = speak(word, way)
    # Room enough for the padding that recordings have.
    silence = np.zeros(4800, np.float32)
    return _frames_of(np.concatenate([silence, samples, silence]))


def build(sources: Path, synthetic_words: int, takes_a_word: int, seed: int, workers: int = 2) -> Dataset:
    recordings = list(all_recordings(sources))
    if not recordings:
        raise SourcesError(f"{sources} holds none of the repositories that README.md lists.")
    random = Random(seed)
    pairs = _choose_pairs(recordings, random)
    words = invent_words(synthetic_words, seed)
    spoken = [(word, way) for word in words for way in ways_of_speaking(takes_a_word, random)]

    clips: list[tuple[np.ndarray, str | None, str | None]] = []
    with Pool(workers) as pool:
        for recording, frames in zip(recordings, pool.imap(_read, recordings, 64)):
            word = None if recording.word is None else f"{recording.corpus}/{recording.word}"
            if frames is not None:
                clips.append((frames, word, f"{recording.corpus}/{recording.speaker}"))
        for (first, second, _), frames in zip(pairs, pool.imap(_read_pair, pairs, 64)):
            if frames is not None:
                name = f"{first.corpus}/{first.word} {second.word}"
                clips.append((frames, name, f"{first.corpus}/{first.speaker}"))
        print(f"{len(clips)} clips of recordings", flush=True)
        for (word, _), frames in zip(spoken, pool.imap(_speak, spoken, 64)):
            if frames is not None:
                clips.append((frames, f"synthetic/{word.language}/{word.text}", None))
        print(f"{len(clips)} clips with the synthetic ones", flush=True)

    word_names = sorted({word for _, word, _ in clips if word is not None})
    speaker_names = sorted({speaker for _, _, speaker in clips if speaker is not None})
    word_index = {name: index for index, name in enumerate(word_names)}
    speaker_index = {name: index for index, name in enumerate(speaker_names)}
    return Dataset(
        frames=np.concatenate([frames for frames, _, _ in clips]),
        offsets=np.concatenate([[0], np.cumsum([len(frames) for frames, _, _ in clips])]),
        word=np.array([NO_LABEL if word is None else word_index[word] for _, word, _ in clips]),
        speaker=np.array([NO_LABEL if name is None else speaker_index[name] for _, _, name in clips]),
        words=word_names,
        speaker_corpus=[name.split("/")[0] for name in speaker_names],
    )


def _choose_pairs(recordings: list[Recording], random: Random) -> list[tuple[Recording, Recording, float]]:
    pairs = []
    for corpus, count in PAIRS.items():
        by_speaker: dict[str, dict[str, list[Recording]]] = defaultdict(lambda: defaultdict(list))
        for recording in recordings:
            if recording.corpus == corpus:
                by_speaker[recording.speaker][str(recording.word)].append(recording)
        words = sorted({str(recording.word) for recording in recordings if recording.corpus == corpus})
        if len(words) < 2:
            continue
        for _ in range(count):
            first, second = random.sample(words, 2)
            for takes in by_speaker.values():
                if not takes[first] or not takes[second]:
                    continue
                for _ in range(PAIR_TAKES):
                    gap_s = random.uniform(0, 0.25)
                    pairs.append((random.choice(takes[first]), random.choice(takes[second]), gap_s))
    return pairs


def save(dataset: Dataset, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "frames.npy", dataset.frames)
    np.savez(folder / "labels.npz", offsets=dataset.offsets, word=dataset.word, speaker=dataset.speaker)
    named = {"words": dataset.words, "speakerCorpus": dataset.speaker_corpus, "bands": MEL_BANDS}
    (folder / "names.json").write_text(json.dumps(named, ensure_ascii=False))


def load(folder: Path) -> Dataset:
    labels = np.load(folder / "labels.npz")
    names = json.loads((folder / "names.json").read_text())
    return Dataset(
        frames=np.load(folder / "frames.npy"),
        offsets=labels["offsets"],
        word=labels["word"],
        speaker=labels["speaker"],
        words=names["words"],
        speaker_corpus=names["speakerCorpus"],
    )
