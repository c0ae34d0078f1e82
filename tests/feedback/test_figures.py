from dataclasses import replace

import pytest

from whypm.domain.content import Band, Pack, Place
from whypm.domain.timing import Filler, Pause, Timing
from whypm.feedback.delivery.figures import (
    describe_figures,
    duration_words,
    figure_value,
    filler_words,
    target_words,
)

FILLERS = tuple(Filler(text, 1.0, 1.2) for text in ("um", "um", "you know", "um"))
TIMING = Timing(
    80.0, 1.2, 72.0, 170, 142.0, 150.0, (Pause(10.0, 11.0), Pause(20.0, 20.8, True)), FILLERS, 3.3
)


def band(good: tuple[float | None, float | None]) -> Band:
    return Band("pace", "Pace", "words a minute", good[0], good[1], None, None, "")


def test_the_five_figures_are_told_with_target_source_and_place(pack: Pack) -> None:
    figures = {figure.name: figure for figure in describe_figures(TIMING, pack)}
    assert list(figures) == ["length", "latency", "pace", "fillers", "pauses"]
    assert figures["length"].value == "1 minute 12 seconds"
    assert figures["length"].target == "60 to 90 seconds"
    assert figures["latency"].value == "1.2 seconds before the first word"
    assert figures["latency"].target == "at most 2 seconds"
    assert figures["fillers"].value == "at least 4 (“um” and “you know”), 3.3 a minute"
    assert figures["pauses"].value == "longest pause inside a sentence 0.8 seconds"
    assert figures["pauses"].target == "under 2.5 seconds"
    assert {figure.place for figure in figures.values()} == {Place.GOOD}
    assert all(figure.source and "\n" not in figure.source for figure in figures.values())


def test_only_pauses_inside_sentences_are_held_against_the_band() -> None:
    assert figure_value(TIMING, "pauses") == pytest.approx(0.8)
    assert figure_value(replace(TIMING, pauses=()), "pauses") == 0.0


def test_where_nobody_spoke_there_are_no_figures(pack: Pack) -> None:
    silent = Timing(8.0, None, 0.0, 0, None, None, (), (), None)
    assert describe_figures(silent, pack) == ()


def test_a_figure_that_nobody_knows_has_no_value() -> None:
    assert figure_value(TIMING, "charm") is None


@pytest.mark.parametrize(
    ("good", "expected"),
    [
        ((120.0, 160.0), "120 to 160"),
        ((None, 5.0), "at most 5"),
        ((None, 2.49), "under 2.5"),
        ((None, 11.99), "under 12"),
        ((60.0, None), "at least 60"),
        ((None, None), ""),
    ],
)
def test_a_target_is_told_in_words(good: tuple[float | None, float | None], expected: str) -> None:
    assert target_words(band(good)) == expected


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0.0, "0.0 seconds"),
        (3.24, "3.2 seconds"),
        (48.4, "48 seconds"),
        (59.7, "1 minute"),
        (61.0, "1 minute 1 second"),
        (160.0, "2 minutes 40 seconds"),
    ],
)
def test_a_length_of_time_is_told_as_people_say_it(seconds: float, expected: str) -> None:
    assert duration_words(seconds) == expected


def test_the_most_common_fillers_are_named() -> None:
    many = replace(TIMING, fillers=(*FILLERS, Filler("like", 2.0, 2.2), Filler("you know", 3.0, 3.2)))
    assert filler_words(many) == "at least 6 (mostly “um” and “you know”)"
    assert filler_words(replace(TIMING, fillers=())) == "none heard"
    meant = replace(TIMING, fillers=(Filler("i mean", 1.0, 1.4),))
    assert filler_words(meant) == "at least 1 (“I mean”)"


def test_where_no_word_was_recognised_there_are_no_figures(pack: Pack) -> None:
    music = Timing(20.0, 1.0, 0.2, 0, 0.0, 0.0, (), (), 0.0)
    assert describe_figures(music, pack) == ()
    hesitant = replace(music, fillers=FILLERS)
    assert describe_figures(hesitant, pack) != ()


@pytest.mark.parametrize(("seconds", "is_told"), [(0.3, False), (2.9, False), (3.1, True), (20.0, True)])
def test_what_is_over_in_a_moment_has_no_rate(seconds: float, is_told: bool, pack: Pack) -> None:
    told = {one.name for one in describe_figures(replace(TIMING, speaking_seconds=seconds), pack)}
    assert {"length", "latency", "pauses"} <= told
    assert ({"pace", "fillers"} <= told) is is_told
    assert is_told or not {"pace", "fillers"} & told


@pytest.mark.parametrize(
    ("figure", "change", "told", "place"),
    [
        ("length", {"speaking_seconds": 59.6}, "1 minute", Place.GOOD),
        ("length", {"speaking_seconds": 9.97}, "10 seconds", Place.LOW),
        ("latency", {"response_latency_seconds": 2.01}, "2.0 seconds before the first word", Place.GOOD),
        ("pace", {"words_per_minute": 160.4}, "160 words a minute", Place.GOOD),
        ("pauses", {"pauses": (Pause(1.0, 3.46, True),)}, "inside a sentence 2.5 seconds", Place.HIGH),
    ],
)
def test_a_figure_is_placed_as_it_is_told(
    figure: str, change: dict[str, object], told: str, place: Place, pack: Pack
) -> None:
    timing = replace(TIMING, **change)  # type: ignore[arg-type]
    described = next(one for one in describe_figures(timing, pack) if one.name == figure)
    assert told in described.value
    assert described.place is place
