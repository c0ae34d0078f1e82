"""The report's page in the terminal: what it says beyond the checklist."""

from dataclasses import replace
from pathlib import Path

from whypm.cli.report_page import page
from whypm.content.loader import load_pack
from whypm.domain.feedback import Advice, AskedQuestion, ItemVerdict, Level, Report
from whypm.domain.pitch import PitchStretch, PitchTrack, VoicePitch
from whypm.domain.remarks import Drill, Specifics
from whypm.domain.sound_quality import Loudness, SoundFault, SoundFaultKind, SoundQuality
from whypm.domain.timing import PaceStretch, Pause, Timing
from whypm.domain.transcript import Sentence, Span, Transcript, Word

PACK = load_pack(Path(__file__).parents[2] / "content" / "why-pm")
CURVE = (PaceStretch(1.0, 11.0, 118.4), PaceStretch(11.0, 21.0, 171.0))
TIMING = Timing(22.0, 1.0, 20.0, 48, 144.7, 151.6, (), (), 0.0, CURVE)
WORDS = (Word("I", 1.0, 1.2, 0.9), Word("like", 1.3, 1.6, 0.31), Word("users.", 1.7, 2.0, 0.9))
SAID = Transcript("I like users.", "base", (Sentence("I like users.", 1.0, 2.0),), WORDS, "en")


MOVED = (PitchStretch(1.0, 11.0, 118.0, 2.1), PitchStretch(11.0, 21.0, None, None))
PITCH = VoicePitch(PitchTrack(0.096, (118.0,) * 200), 118.3, 2.34, MOVED)


def text_of(report: Report) -> str:
    return "\n".join(page(report, PACK, None, 100))


def test_the_pace_over_the_answer_is_one_line() -> None:
    said = text_of(Report(AskedQuestion(), SAID, TIMING, (), ()))
    assert "Pace in each 10 seconds: 118 171 words a minute; 152 with the pauses left out" in said


def test_the_pitch_is_told_with_its_source_and_without_a_mark_or_a_target() -> None:
    lines = page(Report(AskedQuestion(), SAID, TIMING, (), (), pitch=PITCH), PACK, None, 100)
    (line,) = (line for line in lines if "Pitch:" in line)
    assert line == " " * 8 + "Pitch: moved 2.3 semitones (standard deviation) round 118 Hz"
    said = " ".join(" ".join(lines).split())
    assert "Source: There is no agreed target. Listeners found" in said
    assert "Pitch in each 10 seconds: moved 2.1 - semitones" in said
    assert all(len(line) <= 100 for line in lines)


def test_the_pitch_of_one_stretch_is_not_told_twice() -> None:
    short = Report(AskedQuestion(), SAID, TIMING, (), (), pitch=replace(PITCH, stretches=MOVED[:1]))
    assert "Pitch in each" not in text_of(short)


def test_no_pitch_is_told_where_there_is_none_or_the_page_is_about_a_drill() -> None:
    assert "Pitch" not in text_of(Report(AskedQuestion(), SAID, TIMING, (), ()))
    drill = Drill("pace", "Say it again, slower.", 20.0)
    assert "Pitch" not in text_of(Report(AskedQuestion(), SAID, TIMING, (), (), drill=drill, pitch=PITCH))


def test_of_silence_one_sentence_is_told_once_and_no_item_is_called_missing() -> None:
    advice = (Advice("length", "No voice was heard. Check the microphone."),)
    missing = tuple(ItemVerdict(item.id, item.group, Level.MISSING, 1.0) for item in PACK.checklist)
    said = text_of(Report(AskedQuestion(), Transcript("", "base", ()), None, missing, advice))
    assert said.count("No voice was heard.") == 1
    assert "missing" not in said
    answered = text_of(Report(AskedQuestion(), SAID, TIMING, missing, (), specifics=Specifics((), ())))
    assert answered.count("missing") == len(PACK.checklist)


def test_a_word_that_may_be_misheard_is_marked() -> None:
    said = text_of(Report(AskedQuestion(), SAID, TIMING, (), ()))
    assert "I like[?] users." in said
    assert "[?] marks a word that may be misheard" in said


def test_faults_of_the_sound_are_said() -> None:
    fault = SoundFault(SoundFaultKind.QUIET, "Your recording is very quiet.")
    sound = SoundQuality(Loudness(0.5, (-60.0,)), (fault,))
    assert "Your recording is very quiet." in text_of(
        Report(AskedQuestion(), SAID, TIMING, (), (), sound=sound)
    )
    assert "How it sounded" not in text_of(Report(AskedQuestion(), SAID, TIMING, (), ()))


def test_the_figures_keep_to_the_width_and_say_no_title_twice() -> None:
    timing = replace(TIMING, pauses=(Pause(3.0, 3.6, True),))
    heard = replace(SAID, unclear=(Span(5.0, 6.1),))
    for width in (60, 80):
        lines = page(Report(AskedQuestion(), heard, timing, (), ()), PACK, None, width)
        assert max(len(line) for line in lines) <= width
        said = " ".join(" ".join(lines).split())
        assert "good Longest pause inside a sentence 0.6 seconds (target under 2.5 seconds)" in said
