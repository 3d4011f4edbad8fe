"""Texts that the table is trained on: groups of texts that mean the same. Neither CLINC150 nor BANKING77 is among them."""

import glob
import json
import lzma
import os
import re
import struct
from collections import defaultdict
from typing import Iterator

Group = tuple[str, list[str]]


def _json(path: str):
    with open(path, encoding="utf-8-sig") as file:
        return json.load(file)


def hwu(folder: str) -> Iterator[Group]:
    """Home-assistant commands (Liu et al. 2019), CC BY 4.0."""
    groups = defaultdict(list)
    for path in glob.glob(f"{folder}/**/RasaNlu_Merged_KFold_1_*.json", recursive=True):
        for example in _json(path)["rasa_nlu_data"]["common_examples"]:
            groups[example["intent"]].append(example["text"])
    yield from groups.items()


def slurp(folder: str) -> Iterator[Group]:
    """Spoken commands (Bastianelli et al. 2020), CC BY 4.0 as to the texts."""
    groups = defaultdict(list)
    for path in sorted(glob.glob(f"{folder}/**/*.jsonl", recursive=True)):
        with open(path, encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                groups[row["intent"]].append(row["sentence"])
    yield from groups.items()


def snips(folder: str) -> Iterator[Group]:
    """Snips 2017 (Coucke et al. 2018), CC0."""
    groups = defaultdict(list)
    for path in sorted(glob.glob(f"{folder}/2017-06*/*/train_*_full.json")):
        with open(path, encoding="utf-8", errors="replace") as file:
            for intent, rows in json.load(file).items():
                groups[intent] += ["".join(part["text"] for part in row["data"]) for row in rows]
    yield from groups.items()


def assistants(folder: str) -> Iterator[Group]:
    """Example utterances of Microsoft's assistant templates (MIT): `.lu` intents and chit-chat `.qna`."""
    groups: dict[str, set[str]] = defaultdict(set)
    paths = glob.glob(f"{folder}/**/*.lu", recursive=True) + glob.glob(f"{folder}/**/*.qna", recursive=True)
    for path in sorted(paths):
        heading = ""
        with open(path, encoding="utf-8-sig") as file:
            for line in file:
                line = line.strip()
                if line.startswith("#"):
                    name = line.lstrip("# ?").strip()
                    heading = f"{os.path.basename(path).lower()}/{name}"
                    if path.endswith(".qna"):
                        groups[heading].add(name)
                elif line.startswith("```"):
                    heading = ""
                elif line.startswith("-") and heading != "":
                    text = re.sub(r"\{[^{}=]*=\s*([^{}]*)\}", r"\1", line[1:])
                    text = re.sub(r"\{[^{}=]*=\s*([^{}]*)\}", r"\1", text).strip()
                    if "{" not in text and "[" not in text and text != "":
                        groups[heading].add(text)
    yield from ((name, sorted(texts)) for name, texts in groups.items())


def rasa(folder: str) -> Iterator[Group]:
    """Rasa's NLU training data, Apache 2.0."""
    for path in sorted(glob.glob(f"{folder}/**/nlu.yml", recursive=True)):
        intent, texts = "", []
        with open(path, encoding="utf-8") as file:
            for line in file:
                named = re.match(r"\s*- intent: (\S+)", line)
                if named:
                    yield f"{path}/{intent}", texts
                    intent, texts = named[1], []
                elif re.match(r"\s+- ", line) and intent != "":
                    text = re.sub(r"\[([^\]]*)\](\([^)]*\)|\{[^}]*\})", r"\1", line.strip()[2:])
                    texts.append(text)
        yield f"{path}/{intent}", texts


def home(folder: str) -> Iterator[Group]:
    """Test sentences of the Home Assistant intents, CC BY 4.0."""
    groups = defaultdict(list)
    for path in sorted(glob.glob(f"{folder}/tests/**/*.yaml", recursive=True)):
        isIn = False
        with open(path, encoding="utf-8") as file:
            for line in file:
                if re.match(r"\s*-? ?sentences:", line):
                    isIn = True
                elif isIn and re.match(r"\s*- ", line):
                    groups[path].append(line.strip()[2:].strip("\"'"))
                else:
                    isIn = False
    yield from groups.items()


def schema_guided(folder: str) -> Iterator[Group]:
    """What people ask for in the schema-guided dialogues (Rastogi et al. 2020), CC BY-SA 4.0."""
    groups = defaultdict(list)
    for path in sorted(glob.glob(f"{folder}/train/dialogues_*.json")):
        for dialogue in _json(path):
            for turn in dialogue["turns"]:
                if turn["speaker"] != "USER":
                    continue
                for frame in turn["frames"]:
                    service = frame["service"].split("_")[0]
                    for action in frame["actions"]:
                        kind, slot = action["act"], action["slot"]
                        if kind == "INFORM_INTENT":
                            groups[f"{service}.{action['values'][0]}"].append(turn["utterance"])
                        elif kind == "REQUEST":
                            groups[f"{service}.ask.{slot}"].append(turn["utterance"])
                        elif kind in ("THANK_YOU", "GOODBYE", "NEGATE", "REQUEST_ALTS", "SELECT"):
                            groups[kind].append(turn["utterance"])
    yield from groups.items()


def exchanges(folder: str) -> Iterator[Group]:
    """A turn of those dialogues and the answer to it: words that go together."""
    for path in sorted(glob.glob(f"{folder}/train/dialogues_*.json")):
        for dialogue in _json(path):
            turns = dialogue["turns"]
            for at, (asked, answered) in enumerate(zip(turns, turns[1:])):
                if len(asked["utterance"]) > 20 and len(answered["utterance"]) > 20:
                    yield f"{path}/{dialogue['dialogue_id']}/{at}", [asked["utterance"], answered["utterance"]]


def wordnet(folder: str) -> Iterator[Group]:
    """Words of one meaning, and what they mean (WordNet 3.0, WordNet licence): those that a corpus was found to use."""
    used = set()
    with open(f"{folder}/cntlist.rev", encoding="utf-8") as file:
        for line in file:
            used.add(line.split("%")[0])
    for part in ("noun", "verb", "adj", "adv"):
        with open(f"{folder}/data.{part}", encoding="utf-8") as file:
            for line in file:
                if line.startswith("  "):
                    continue
                data, _, gloss = line.partition(" | ")
                fields = data.split()
                lemmas = [fields[4 + 2 * n].split("(")[0] for n in range(int(fields[3], 16))]
                if not any(lemma.lower() in used for lemma in lemmas):
                    continue
                texts = [lemma.replace("_", " ") for lemma in lemmas]
                pieces = [piece.strip() for piece in gloss.split('"')]
                definition = pieces[0].rstrip("; ")
                examples = [piece for piece in pieces[1:] if len(piece) > 8]
                yield f"wordnet/{fields[0]}{part}", [" ".join(texts), *texts, definition, *examples]


def word_vectors(path: str) -> tuple[list[str], list[list[float]]]:
    """25-dimensional GloVe vectors of tweets (Pennington et al. 2014, PDDL), from an R file of 12,000 words."""
    with lzma.open(path) as file:
        data = file.read()
    assert data[:7] == b"RDX2\nX\n"
    at, references = 7, []

    def integer() -> int:
        nonlocal at
        (value,) = struct.unpack_from(">i", data, at)
        at += 4
        return value

    for _ in range(3):
        integer()

    def item():
        nonlocal at
        flags = integer()
        kind = flags & 0xFF
        if kind == 254:
            return None
        if kind == 255:
            return references[(flags >> 8) - 1]
        if kind == 1:
            name = item()
            references.append(name)
            return name
        if kind in (242, 253, 251, 252):
            return None  # one of R's own environments, or nothing
        if kind == 4:
            integer()
            references.append(None)
            for _ in range(4):
                item()
            return None
        if kind == 2:
            attributes = item() if flags & 0x200 else None
            tag = item() if flags & 0x400 else None
            first, rest = item(), item()
            return {tag: first, **(rest or {}), **(attributes or {})}
        if kind == 9:
            length = integer()
            text = data[at : at + max(length, 0)].decode("utf-8", "replace")
            at += max(length, 0)
            return text
        count = integer()
        if kind == 14:
            values = struct.unpack_from(f">{count}d", data, at)
            at += 8 * count
        elif kind in (10, 13):
            values = struct.unpack_from(f">{count}i", data, at)
            at += 4 * count
        elif kind in (16, 19):
            values = [item() for _ in range(count)]
        else:
            raise ValueError(f"an R item of kind {kind}")
        if flags & 0x200:
            return {"values": values, **item()}
        return values

    (found,) = (value for value in item().values())
    words = found["dimnames"][0]
    columns, height = found["dim"][1], found["dim"][0]
    return list(words), [[found["values"][c * height + r] for c in range(columns)] for r in range(height)]
