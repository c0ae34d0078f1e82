from pathlib import Path

import numpy as np
import pytest
import soundfile

from whypm.audio.sound_file import WHISPER_RATE, read_sound
from whypm.places import find_places
from whypm.transcription.recognition.engine import Engine
from whypm_lab.speech.heard_fillers import listen
from whypm_lab.speech.long_answers import quiet
from whypm_lab.speech.scoring import filler_hits, word_errors
from whypm_lab.speech.spoken_form import spoken_words
from whypm_lab.speech.voices import ReadingVoice


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("It's 2,383 — OK?", "its two thousand three hundred eighty three ok"),
        ("the 31st of December 2025", "the thirty first of december twenty twenty five"),
        ("$5 and 10%", "five dollars and ten percent"),
        ("I can't; they won't, we'll", "i can not they will not we will"),
        ("Okay, alright: we're gonna organise it", "ok all right we are going to organize it"),
        ("version 2.5", "version two point five"),
    ],
)
def test_texts_that_sound_alike_get_one_form(written: str, spoken: str) -> None:
    assert " ".join(spoken_words(written, fillers=False)) == spoken


def test_hesitations_are_one_sound_or_left_out() -> None:
    assert spoken_words("Er, so, uhm, yes", fillers=True) == ["um", "so", "um", "yes"]
    assert spoken_words("Er, so, uhm, yes", fillers=False) == ["so", "yes"]


def test_the_error_rate_counts_each_kind_of_error() -> None:
    errors = word_errors("we built a map for nurses", "we built map for four nurse", fillers=False)
    assert (errors.substitutions, errors.deletions, errors.insertions) == (1, 1, 1)
    assert errors.rate == pytest.approx(3 / 6)
    assert word_errors("", "invented words", fillers=False).insertions == 2
    assert word_errors("two words", "", fillers=False).rate == 1.0


def test_a_hesitation_counts_only_in_its_place() -> None:
    hits = filler_hits("so um we went to the uh lake", "so uh we um went to the lake")
    assert (hits.in_reference, hits.reported, hits.in_place) == (2, 2, 1)
    assert (hits.recall, hits.precision) == (0.5, 0.5)


def test_what_a_voice_reads_is_heard_as_the_app_hears_it_and_its_times_are_put_right_once(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply = read_sound(find_places().assets / "demo" / "reply.opus")[: 8 * WHISPER_RATE]
    samples = np.round(reply * 32767).astype(np.int16)

    def play(_: ReadingVoice, _text: str, wav: Path) -> None:  # no machine has to bring a voice
        soundfile.write(wav, samples, WHISPER_RATE)

    monkeypatch.setattr(ReadingVoice, "speak", play)
    heard = listen(engine, ReadingVoice("flite", "slt"), ()).heard
    sound = np.concatenate([quiet(0.5), (samples / 32768).astype(np.float32), quiet(0.5)])
    assert len(heard) > 5
    assert heard == engine.recognise(sound, language="en").words
