"""How old a word is when it is first seen: the preview's delay, from the word's end to the screen."""

import time
from difflib import SequenceMatcher
from statistics import median

import numpy as np

from whypm.domain.transcript import HeardSoFar
from whypm.transcription.process.client import Transcriber
from whypm.transcription.voice.voicing import SAMPLE_RATE
from whypm.transcription.words.readings import plain_form

BLOCK_SECONDS = 0.05


def median_word_age(transcriber: Transcriber, samples: np.ndarray) -> float:
    """Return the median delay in seconds over the words of an answer that is fed as fast as it is spoken.

    A word counts as seen when it stands in its place in what is told, spelt as it is in the end; one that is
    only seen after the answer is left out.

    Args:
        transcriber: with a child that has loaded its model.
        samples: float32, shape (samples,), 16 kHz, mono.
    """
    told: list[tuple[float, HeardSoFar]] = []
    live = transcriber.listen(
        SAMPLE_RATE, lambda heard: told.append((time.perf_counter(), heard)), preview=True
    )
    size = round(BLOCK_SECONDS * SAMPLE_RATE)
    began = time.perf_counter()
    for begin in range(0, len(samples), size):
        block = samples[begin : begin + size]
        # A block is there when its last sample was spoken.
        time.sleep(max(0.0, began + (begin + len(block)) / SAMPLE_RATE - time.perf_counter()))
        live.feed(block)
    before_the_end = list(told)
    words = live.finish().words
    final = [plain_form(word.text) for word in words]
    seen: dict[int, float] = {}
    for at, heard in before_the_end:
        shown = [plain_form(text) for text in f"{heard.settled} {heard.ahead}".split()]
        for run in SequenceMatcher(None, final, shown, autojunk=False).get_matching_blocks():
            for index in range(run.a, run.a + run.size):
                seen.setdefault(index, at - began - words[index].end)
    return median(seen.values())
