"""Synthetic words in many languages: phonetic variety that the recordings lack.

Words are made up, so that they belong to nobody: syllables drawn at random from each language's letters, read by the
rules of espeak-ng for that language. A class comes with near twins that differ in one sound, because telling those
apart is what a person's phrases ask for.
"""

import ctypes
import ctypes.util
import io
from dataclasses import dataclass
from random import Random

import numpy as np
from scipy.signal import resample_poly

# Language of espeak-ng → onsets, nuclei and codas that its spelling rules read as one expects.
_LATIN = ("b c d f g h j l m n p r s t v z br cl dr fl gr pl pr st tr".split(), "a e i o u".split(), " n r s l m t".split(" "))
_INVENTORIES: dict[str, tuple[list[str], list[str], list[str]]] = {
    "en-us": ("b ch d f g h j k l m n p r s sh t th v w z st tr bl sk".split(), "a e i o u ee oo ai ow".split(), " n r s l m t k p nd st".split(" ")),
    "en": ("b ch d f g h j k l m n p r s sh t th v w z sp cr fl".split(), "a e i o u ee oa ou".split(), " n s l m t ck p ng".split(" ")),
    "de": ("b d f g h j k l m n p r s sch t w z str pf".split(), "a e i o u ei au ü ö ie".split(), " n r s l m t ch cht".split(" ")),
    "fr": ("b ch d f g j l m n p r s t v z bl cr".split(), "a é i o u ou an on in eu oi".split(), " r l s t ne".split(" ")),
    "es": _LATIN,
    "it": ("b c d f g l m n p r s t v z gl sch tr".split(), "a e i o u".split(), " n r l".split(" ")),
    "pt-br": ("b d f g j l m n p r s t v lh nh ch".split(), "a e i o u ão ei ou".split(), " r s m".split(" ")),
    "pl": ("b c cz d f g j k l ł m n p r s sz t w z ż dź śm prz".split(), "a e i o u y ą ę".split(), " n r k ć l st".split(" ")),
    "ru": ("б в г д ж з к л м н п р с т ф х ц ч ш".split(), "а е и о у ы я ю".split(), " н р л т к й".split(" ")),
    "tr": ("b c ç d f g h j k l m n p r s ş t v y z".split(), "a e ı i o ö u ü".split(), " n r l k t m".split(" ")),
    "sv": ("b d f g h j k l m n p r s t v sk st".split(), "a e i o u y å ä ö".split(), " n r l t s".split(" ")),
    "nl": ("b d f g h j k l m n p r s t v w z sch".split(), "a e i o u ij ui oe eu".split(), " n r l t k s".split(" ")),
    "fi": ("h j k l m n p r s t v".split(), "a e i o u y ä ö aa ee ii uo".split(), " n s l t".split(" ")),
    "hu": ("b c cs d f g gy h j k l m n ny p r s sz t v z zs".split(), "a á e é i o ö u ü".split(), " n r l k t s".split(" ")),
    "cs": ("b c č d f h ch j k l m n p r ř s š t v z ž".split(), "a á e i í o u ů".split(), " n r l k t".split(" ")),
    "ro": _LATIN,
    "id": ("b c d g h j k l m n ng ny p r s t w y".split(), "a e i o u ai au".split(), " n r ng k t s".split(" ")),
    "sw": ("b ch d f g h j k l m n ny p r s sh t v w z mb nd".split(), "a e i o u".split(), [""]),
    "hi": ("क ख ग घ च ज झ ट ड त थ द ध न प फ ब भ म र ल व श स ह".split(), "ा ि ी ु ू े ो".split(), " न र ल म त क".split(" ")),
    "ar": ("ب ت ث ج ح خ د ذ ر ز س ش ص ض ط ع غ ف ق ك ل م ن ه".split(), "ا ي و".split(), " ن ر ل م ت س ب".split(" ")),
    "vi": ("b c ch d đ g h kh l m n ng nh ph r s t th tr v x".split(), "a á à ả ã ạ e ê ố ờ u ư i".split(), " n ng m t c".split(" ")),
    "ko": ("가 나 다 라 마 바 사 아 자 차 카 타 파 하 고 노 도 로 모 보 소 기 니 디 리 미 비 시 구 누 두 루 무".split(), [""], ["", "", "은", "을"]),
    "ja": ("か き く け こ さ し す せ そ た ち つ て と な に ぬ ね の は ひ ふ へ ほ ま み む め も や ゆ よ ら り る れ ろ".split(), [""], ["", "", "ん"]),
    "el": ("β γ δ ζ θ κ λ μ ν π ρ σ τ φ χ".split(), "α ε ι ο ου".split(), " ς ν".split(" ")),
    "cmn-latn-pinyin": ("b p m f d t n l g k h j q x zh ch sh r z c s".split(), "a1 a2 a3 a4 i1 i2 i3 i4 u1 u2 u3 u4 an1 an4 ing1 ing3 ao2 ao4 ei1 ei4 ou3".split(), [""]),
}
_VOICES = (
    "m1 m2 m3 m4 m5 m6 m7 m8 f1 f2 f3 f4 f5 adam Alicia Andrea antonio belinda boris david Denis ed edward Gene "
    "gustave Henrique iven Jacky john Lee linda marcelo Marco max michel Mike pablo paul pedro quincy rob robert "
    "sandro shelby steph travis victor zac klatt2 klatt4 anika grandma grandpa norbert croak"
).split()


@dataclass(frozen=True)
class SyntheticWord:
    language: str
    text: str


@dataclass(frozen=True)
class Speaking:
    """One way of saying a word: a voice of espeak-ng, its pitch 0–99 and speed in words a minute."""

    voice: str
    pitch: int
    speed: int


def invent_words(count: int, seed: int) -> list[SyntheticWord]:
    """Single words, their near twins, and phrases of two or three words; `count` distinct ones."""
    random = Random(seed)
    words: dict[tuple[str, str], SyntheticWord] = {}
    languages = list(_INVENTORIES)
    while len(words) < count:
        language = languages[len(words) % len(languages)] if random.random() < 0.7 else random.choice(languages)
        syllables = [_syllable(language, random) for _ in range(random.choice((1, 2, 2, 2, 3, 3, 4)))]
        kinds = [syllables]
        if random.random() < 0.4:
            twin = list(syllables)
            twin[random.randrange(len(twin))] = _syllable(language, random)
            kinds.append(twin)
        if random.random() < 0.25:
            more = [_syllable(language, random) for _ in range(random.choice((1, 2, 3)))]
            kinds.append([*syllables, " ", *more])
        for kind in kinds:
            word = SyntheticWord(language, "".join(kind))
            words[language, word.text] = word
    return list(words.values())[:count]


def _syllable(language: str, random: Random) -> str:
    onsets, nuclei, codas = _INVENTORIES[language]
    return random.choice(onsets) + random.choice(nuclei) + random.choice(codas)


def ways_of_speaking(count: int, random: Random) -> list[Speaking]:
    return [Speaking(random.choice(_VOICES), random.randint(15, 85), random.randint(105, 215)) for _ in range(count)]


class _Espeak:
    """The espeak-ng library in this process: starting the program for every word takes ten times as long."""

    _SYNCHRONOUS, _UTF8, _RATE, _PITCH = 2, 1, 1, 3

    def __init__(self) -> None:
        found = ctypes.util.find_library("espeak-ng")
        if found is None:
            raise RuntimeError("The library of espeak-ng is missing: apt-get install espeak-ng")
        self._library = ctypes.CDLL(found)
        self.rate_hz = self._library.espeak_Initialize(self._SYNCHRONOUS, 0, None, 0)
        if self.rate_hz <= 0:
            raise RuntimeError("espeak-ng does not start: are its voices installed?")
        self._chunks: list[bytes] = []
        self._callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)(self._take)
        self._library.espeak_SetSynthCallback(self._callback)

    def _take(self, samples, count: int, _events) -> int:
        if samples and count > 0:
            self._chunks.append(ctypes.string_at(samples, 2 * count))
        return 0

    def speak(self, text: str, voice: str, pitch: int, speed: int) -> np.ndarray:
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise RuntimeError(f"espeak-ng has no voice {voice}")
        self._library.espeak_SetParameter(self._RATE, speed, 0)
        self._library.espeak_SetParameter(self._PITCH, pitch, 0)
        self._chunks.clear()
        encoded = text.encode() + b"\0"
        self._library.espeak_Synth(encoded, len(encoded), 0, 0, 0, self._UTF8, None, None)
        self._library.espeak_Synchronize()
        return np.frombuffer(b"".join(self._chunks), "<i2").astype(np.float32) / 32768


_espeak: _Espeak | None = None


def speak(word: SyntheticWord, way: Speaking) -> np.ndarray:
    """16 kHz mono in [-1, 1]. Raises `RuntimeError` where espeak-ng refuses."""
    global _espeak
    _espeak = _espeak or _Espeak()
    samples = _espeak.speak(word.text, f"{word.language}+{way.voice}", way.pitch, way.speed)
    if len(samples) < 1000:
        raise RuntimeError(f"espeak-ng says nothing for {word}")
    return _resampled(samples, _espeak.rate_hz)


def _resampled(samples: np.ndarray, rate_hz: int) -> np.ndarray:
    return resample_poly(samples, 16_000, rate_hz).astype(np.float32)


def read_sound(path) -> np.ndarray:
    """A recording as 16 kHz mono in [-1, 1]."""
    # Here, so that words can be synthesised where no recordings are read.
    import soundfile

    with open(path, "rb") as file:
        samples, rate = soundfile.read(io.BytesIO(file.read()), dtype="float32")
    if samples.ndim > 1:
        samples = samples.mean(axis=1)
    return samples if rate == 16_000 else _resampled(samples, rate)
