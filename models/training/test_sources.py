"""`python3 -m unittest discover models/training`: what is kept for evaluation never reaches training."""

import tempfile
import unittest
from pathlib import Path

import sources


def touch(path: Path, content: bytes = b"") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


class Reserved(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_arabic_takes_only_what_train_csv_lists(self) -> None:
        touch(self.folder / "train.csv", b"file,class\ndataset/up/00000001_NO_01.wav,up\n")
        touch(self.folder / "dataset/up/00000001_NO_01.wav")
        touch(self.folder / "dataset/up/00000002_NO_01.wav")
        self.assertEqual([recording.speaker for recording in sources.arabic(self.folder)], ["00000001"])

    def test_arabic_without_its_listing_is_refused(self) -> None:
        with self.assertRaisesRegex(sources.SourcesError, "train.csv"):
            list(sources.arabic(self.folder))

    def test_dspspeech_keeps_the_other_positions_and_no_folder_name(self) -> None:
        for position in range(34):
            touch(self.folder / f"speech_data/person-{position:02}/x-03-01.wav")
        taken = list(sources.dspspeech(self.folder))
        self.assertEqual({int(recording.speaker) for recording in taken}, set(sources.DSPSPEECH_TRAINING_POSITIONS))
        self.assertFalse(any("person" in recording.speaker for recording in taken))

    def test_dspspeech_with_a_folder_missing_is_refused(self) -> None:
        for position in range(33):
            touch(self.folder / f"speech_data/person-{position:02}/x-03-01.wav")
        with self.assertRaisesRegex(sources.SourcesError, "whole"):
            list(sources.dspspeech(self.folder))

    def test_speech_commands_leaves_out_whoever_said_eight_words_three_times_and_duplicates(self) -> None:
        for word in range(8):
            for take in range(3):
                touch(self.folder / f"a/w{word}/0000000a_nohash_{take}.wav", f"a{word}{take}".encode())
                if word < 7:
                    touch(self.folder / f"a/w{word}/0000000b_nohash_{take}.wav", f"b{word}{take}".encode())
        touch(self.folder / "b/w0/0000000b_nohash_0.wav", b"b00")
        taken = list(sources.speech_commands([self.folder / "a", self.folder / "b"]))
        self.assertEqual({recording.speaker for recording in taken}, {"0000000b"})
        self.assertEqual(len(taken), 21)

    def test_takes_in_several_repositories_are_counted_together(self) -> None:
        for word in range(8):
            for take in range(3):
                touch(self.folder / f"{'ab'[take % 2]}/w{word}/0000000a_nohash_{take}.wav", f"{word}{take}".encode())
        self.assertEqual(list(sources.speech_commands([self.folder / "a", self.folder / "b"])), [])

    def test_speechocean_keeps_its_last_fifty_speakers_back(self) -> None:
        for speaker in range(60):
            touch(self.folder / f"WAVE/SPEAKER{speaker:04}/1.WAV")
        taken = {recording.speaker for recording in sources.speechocean(self.folder)}
        self.assertEqual(taken, {f"SPEAKER{speaker:04}" for speaker in range(10)})

    def test_librispeech_test_speakers_are_left_alone(self) -> None:
        touch(self.folder / "audio_data/librispeech_train-clean-100/1-2-3.flac")
        touch(self.folder / "audio_data/librispeech_test-other/9-2-3.flac")
        self.assertEqual([recording.speaker for recording in sources.librispeech(self.folder)], ["1"])


if __name__ == "__main__":
    unittest.main()
