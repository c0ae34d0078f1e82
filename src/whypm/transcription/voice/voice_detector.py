"""The voice detector, fed while the sound comes in. However the sound is cut up, its frames are the same."""

from typing import Any, Protocol

import numpy as np

from whypm.transcription.voice.rumble import Rumble
from whypm.transcription.voice.voicing import FRAME_SAMPLES

CONTEXT_SAMPLES = 64
"""What Silero sees again of the frame before."""
STATE_SIZE = 128
"""Of its recurrent layer, which carries what was heard before from frame to frame."""
MOST_FRAMES = 1024
"""Seen in one run of the network: half a minute, so that a long file takes no more memory."""


class Network(Protocol):
    """Silero's network, as onnxruntime runs it."""

    def run(self, outputs: None, inputs: dict[str, np.ndarray]) -> Any:  # noqa: ANN401 - onnxruntime's own
        """Return the probabilities and the two new states."""


class VoiceDetector:
    """Gives the probability of speech for each frame of 32 ms of one recording."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._hidden = self._cell = np.zeros((1, 1, STATE_SIZE), dtype=np.float32)
        self._rumble = Rumble()
        self._context = np.zeros(CONTEXT_SAMPLES, dtype=np.float32)
        self._rest = np.zeros(0, dtype=np.float32)

    def hear(self, samples: np.ndarray) -> np.ndarray:
        """Return the probabilities of the frames that ``samples`` complete, shape (frames,).

        Args:
            samples: what follows the samples of the last call: float32, shape (samples,), 16 kHz, mono.
        """
        sound = np.concatenate([self._rest, samples])
        whole = len(sound) - len(sound) % FRAME_SAMPLES
        self._rest = sound[whole:]
        frames = self._rumble.taken_out_of(sound[:whole].reshape(-1, FRAME_SAMPLES))
        found = [
            self._run(frames[begin : begin + MOST_FRAMES]) for begin in range(0, len(frames), MOST_FRAMES)
        ]
        return np.concatenate(found) if found else np.zeros(0, dtype=np.float32)

    def finish(self) -> np.ndarray:
        """Return the probability of the last frame, begun and filled up with silence; shape (0 or 1,)."""
        return self.hear(np.zeros(-len(self._rest) % FRAME_SAMPLES, dtype=np.float32))

    def _run(self, frames: np.ndarray) -> np.ndarray:
        before = np.concatenate([self._context[np.newaxis], frames[:-1, -CONTEXT_SAMPLES:]])
        self._context = frames[-1, -CONTEXT_SAMPLES:]
        probabilities, self._hidden, self._cell = self._network.run(
            None, {"input": np.concatenate([before, frames], axis=1), "h": self._hidden, "c": self._cell}
        )
        return np.asarray(probabilities).reshape(-1)
