"""The net, and what is exported of it, compute the same."""

import unittest

import numpy as np
import torch

import export
from features import log_mel, speech_span
from network import Encoder, SpeakerBranch


def somewhat_trained(seed: int) -> Encoder:
    torch.manual_seed(seed)
    encoder = Encoder()
    encoder.branch = SpeakerBranch()
    encoder.eval()
    for module in encoder.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.1)
            module.running_var.uniform_(0.5, 1.5)
    return encoder


class Network(unittest.TestCase):
    def test_padding_changes_nothing(self) -> None:
        encoder, clip = somewhat_trained(1), torch.randn(1, 60, 40) * 2 - 6
        padded, mask = torch.cat([clip, torch.zeros(1, 37, 40)], 1), torch.zeros(1, 97)
        mask[:, :60] = 1
        for alone, together in zip(encoder(clip, torch.ones(1, 60))[:2], encoder(padded, mask)[:2]):
            self.assertLess(float((alone - together).abs().max()), 1e-5)

    def test_folded_weights_give_the_same_embeddings(self) -> None:
        encoder, clip = somewhat_trained(2), torch.randn(1, 71, 40) * 2 - 6
        phrase, speaker, frames = encoder(clip, torch.ones(1, 71))
        made = export.run_exported(export.inference_tensors(encoder), clip[0].numpy())
        self.assertLess(float(np.abs(made["phrase"] - phrase[0].detach().numpy()).max()), 1e-5)
        self.assertLess(float(np.abs(made["speaker"] - speaker[0].detach().numpy()).max()), 1e-5)
        self.assertLess(float(np.abs(made["frames"] - frames[0].T.detach().numpy()).max()), 1e-4)

    def test_loudness_changes_nothing(self) -> None:
        encoder, clip = somewhat_trained(3), torch.randn(1, 50, 40) * 2 - 6
        quiet = encoder(clip - 3, torch.ones(1, 50))[0]
        self.assertLess(float((encoder(clip, torch.ones(1, 50))[0] - quiet).abs().max()), 1e-5)


class Features(unittest.TestCase):
    def test_frames_are_ten_milliseconds_apart(self) -> None:
        self.assertEqual(log_mel(np.zeros(399, np.float32)).shape, (0, 40))
        self.assertEqual(log_mel(np.zeros(560, np.float32)).shape, (2, 40))

    def test_speech_is_found_between_silences(self) -> None:
        tone = np.sin(np.arange(8000) * 0.3).astype(np.float32) * 0.3
        silence = np.random.default_rng(1).normal(0, 1e-4, 8000).astype(np.float32)
        self.assertEqual(speech_span(np.concatenate([silence, tone, silence])), (50, 100))


if __name__ == "__main__":
    unittest.main()
