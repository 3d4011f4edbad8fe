"""Features of a text, exactly as `src/behaviour/intent/text-features.ts` makes them; the tests compare the two."""

import re
import unicodedata

WORD_ROWS = 8192
GRAM_ROWS = 6144
PAIR_ROWS = 2048
ROWS = WORD_ROWS + GRAM_ROWS + PAIR_ROWS

_WORDS = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+(?:'[^\W\d_]+)?"
)


def normalise(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower().replace("\u2019", "'")


def words_of(text: str) -> list[str]:
    """Runs of letters and digits; every ideograph and kana is a word of its own. A number is `0` for each digit."""
    return [re.sub(r"\d", "0", word) for word in _WORDS.findall(normalise(text))]


def hash_of(feature: str) -> int:
    """32-bit FNV-1a over UTF-16 code units, with the finaliser of MurmurHash3."""
    value = 0x811C9DC5
    encoded = feature.encode("utf-16-le")
    for at in range(0, len(encoded), 2):
        value = ((value ^ (encoded[at] | encoded[at + 1] << 8)) * 0x01000193) & 0xFFFFFFFF
    value ^= value >> 16
    value = (value * 0x85EBCA6B) & 0xFFFFFFFF
    value ^= value >> 13
    value = (value * 0xC2B2AE35) & 0xFFFFFFFF
    return value ^ (value >> 16)


def grams_of(word: str) -> list[str]:
    """Pieces of 3 to 5 characters of a word between its ends; a word that is shorter has none."""
    marked = f"<{word}>"
    return [marked[at : at + size] for size in (3, 4, 5) for at in range(len(marked) - size + 1)]


def rows_of(text: str) -> list[int]:
    """Rows of the table whose sum is the text."""
    words = words_of(text)
    rows = [hash_of(word) % WORD_ROWS for word in words]
    rows += [WORD_ROWS + hash_of(gram) % GRAM_ROWS for word in words for gram in grams_of(word)]
    rows += [
        WORD_ROWS + GRAM_ROWS + hash_of(f"{left} {right}") % PAIR_ROWS for left, right in zip(words, words[1:])
    ]
    return rows
