from collections.abc import Callable
from dataclasses import replace

import pytest

from advised_answer import FINE, SAID, SENTENCES, transcript_of
from whypm.domain.content import Pack
from whypm.domain.feedback import Advice, AskedQuestion, EvidenceSentence, ItemVerdict, Level
from whypm.domain.timing import Filler, Pause, Timing
from whypm.domain.transcript import Sentence, Span, Transcript
from whypm.feedback.coaching.advice import MOST_ADVICE, advise
from whypm.feedback.delivery.timing import measure_timing

GOOD = {
    "experience": (1, "evidence"),
    "strategy": (4, "evidence"),
    "path": (3, "evidence"),
    "change": (2, "mention"),
}


def about(advice: tuple[Advice, ...]) -> list[str]:
    return [piece.about for piece in advice]


def test_a_good_answer_of_75_seconds_gets_no_advice_though_items_are_missing(
    pack: Pack, verdicts_on: Callable[..., tuple[ItemVerdict, ...]]
) -> None:
    assert advise(verdicts_on(**GOOD), FINE, pack, SAID) == ()


def test_a_claim_is_quoted_and_the_missing_part_asked_for(
    pack: Pack, verdicts_on: Callable[..., tuple[ItemVerdict, ...]]
) -> None:
    (advice, *_) = advise(verdicts_on(collaboration=(0, "mention"), change=(2, "mention")), FINE, pack, SAID)
    assert advice.about == "collaboration"
    assert advice.text.startswith(
        "You said “I work well with engineers”. Say what you did with the engineers"
    )


def test_a_claim_that_names_nobody_is_asked_about_somebody(
    pack: Pack, verdicts_on: Callable[..., tuple[ItemVerdict, ...]]
) -> None:
    said = transcript_of("I'm a people person and a team player.", "I want a say in what gets built.")
    (advice, *_) = advise(verdicts_on(collaboration=(0, "mention"), change=(1, "mention")), FINE, pack, said)
    assert "Say what you did with somebody of another trade:" in advice.text


@pytest.mark.parametrize(
    "wish",
    [
        "I would work closely with the engineers.",
        "I'd like to be in a team with designers.",
        "My background will help me to talk with developers.",
    ],
)
def test_nobody_is_asked_what_they_did_with_people_whom_they_only_wish_for(
    pack: Pack, verdicts_on: Callable[..., tuple[ItemVerdict, ...]], wish: str
) -> None:
    said = transcript_of(wish, "I want a say in what gets built.")
    (advice, *_) = advise(verdicts_on(collaboration=(0, "mention"), change=(1, "mention")), FINE, pack, said)
    assert "Say what you did with somebody of another trade:" in advice.text


def test_no_proof_comes_before_no_reason_before_length(
    pack: Pack, verdicts_on: Callable[..., tuple[ItemVerdict, ...]]
) -> None:
    short = replace(FINE, speaking_seconds=20.0)
    advice = advise(verdicts_on(collaboration=(0, "mention")), short, pack, SAID)
    assert about(advice) == ["collaboration", "change", "length"]


def test_an_answer_without_any_reason_is_told_so(
    pack: Pack, verdicts_on: Callable[..., tuple[ItemVerdict, ...]]
) -> None:
    shown = {key: value for key, value in GOOD.items() if key != "change"}
    (advice,) = advise(verdicts_on(**shown), FINE, pack, SAID)
    assert advice.about == "change"
    assert "why you want this job" in advice.text


def test_a_typed_answer_that_nobody_would_hear_to_its_end_is_told_so(
    pack: Pack, verdicts_on: Callable[..., tuple[ItemVerdict, ...]]
) -> None:
    long = transcript_of(*SENTENCES, *["We went on and on about this and that for a while."] * 30)
    (advice,) = advise(verdicts_on(**GOOD), None, pack, long)
    assert advice.text.startswith("Said aloud, this takes about 3 minutes; aim for 60 to 90")
    fits = transcript_of(*SENTENCES, *["We went on and on about this and that for a while."] * 18)
    assert advise(verdicts_on(**GOOD), None, pack, fits) == ()


@pytest.mark.parametrize(
    "question",
    [
        AskedQuestion("plain-6"),
        AskedQuestion(None, "Why are you interested in us in particular?"),
        AskedQuestion(None, "What do you know about us?"),
        AskedQuestion(None, "Why do you want to work here?"),
        AskedQuestion(None, "Why product management, and why us?"),
    ],
)
def test_the_company_is_asked_for_only_where_the_question_names_it(
    pack: Pack, verdicts_on: Callable[..., tuple[ItemVerdict, ...]], question: AskedQuestion
) -> None:
    verdicts = verdicts_on(**GOOD)
    assert about(advise(verdicts, FINE, pack, SAID, question=question)) == ["company"]
    assert (
        advise(verdicts, FINE, pack, SAID, question=AskedQuestion("plain-1", "Why product management?")) == ()
    )


def test_a_question_with_the_employer_s_name_asks_about_the_company(
    pack: Pack, verdicts_on: Callable[..., tuple[ItemVerdict, ...]]
) -> None:
    question = AskedQuestion(None, "Why product management at Acme?")
    assert about(advise(verdicts_on(**GOOD), FINE, pack, SAID, question=question, company="acme")) == [
        "company"
    ]
    assert advise(verdicts_on(**GOOD), FINE, pack, SAID, question=question) == ()


def test_a_sentence_is_quoted_once_for_the_claim_that_is_worth_most(
    pack: Pack, verdicts_on: Callable[..., tuple[ItemVerdict, ...]]
) -> None:
    verdicts = verdicts_on(
        collaboration=(0, "mention"), experience=(0, "mention"), path=(3, "mention"), change=(2, "evidence")
    )
    assert about(advise(verdicts, FINE, pack, SAID)) == ["experience", "path", "aspiration"]


def test_verdicts_that_the_judge_is_not_sure_of_bring_no_advice(
    pack: Pack, verdicts_on: Callable[..., tuple[ItemVerdict, ...]]
) -> None:
    unsure = verdicts_on(confidence=0.5, collaboration=(0, "mention"))
    assert advise(unsure, FINE, pack, SAID) == ()


@pytest.mark.parametrize(
    ("figure", "timing"),
    [
        ("length", replace(FINE, speaking_seconds=30.0)),
        ("length", replace(FINE, speaking_seconds=150.0)),
        ("pace", replace(FINE, words_per_minute=100.0)),
        ("pace", replace(FINE, words_per_minute=200.0)),
        ("latency", replace(FINE, response_latency_seconds=5.0)),
        ("fillers", replace(FINE, fillers=(Filler("um", 1.0, 1.2),) * 20, fillers_per_minute=16.0)),
        ("pauses", replace(FINE, pauses=(Pause(30.0, 33.0, inside_sentence=True),))),
    ],
)
def test_a_figure_outside_its_band_gets_advice(
    pack: Pack, verdicts_on: Callable[..., tuple[ItemVerdict, ...]], figure: str, timing: Timing
) -> None:
    assert about(advise(verdicts_on(**GOOD), timing, pack, SAID)) == [figure]


@pytest.mark.parametrize(
    "timing",
    [
        replace(FINE, speaking_seconds=50.0),
        replace(FINE, speaking_seconds=110.0),
        replace(FINE, words_per_minute=115.0),
        replace(FINE, words_per_minute=180.0),
        replace(FINE, response_latency_seconds=3.0),
        replace(FINE, fillers=(Filler("um", 1.0, 1.2),) * 10, fillers_per_minute=8.0),
        replace(FINE, pauses=(Pause(30.0, 32.0, inside_sentence=True),)),
        replace(FINE, pauses=(Pause(30.0, 36.0, inside_sentence=False),)),
    ],
)
def test_a_figure_near_its_band_is_passed_over(
    pack: Pack, verdicts_on: Callable[..., tuple[ItemVerdict, ...]], timing: Timing
) -> None:
    assert advise(verdicts_on(**GOOD), timing, pack, SAID) == ()


def test_a_few_seconds_of_speech_are_not_judged_by_their_rates(
    pack: Pack, verdicts_on: Callable[..., tuple[ItemVerdict, ...]]
) -> None:
    hasty = replace(FINE, speaking_seconds=8.0, words_per_minute=240.0, fillers_per_minute=20.0)
    assert about(advise(verdicts_on(**GOOD), hasty, pack, SAID)) == ["length"]


def test_silence_gets_one_kind_sentence(
    pack: Pack, verdicts_on: Callable[..., tuple[ItemVerdict, ...]]
) -> None:
    silent = replace(FINE, response_latency_seconds=None, speaking_seconds=0.0, words_per_minute=None)
    (advice,) = advise(verdicts_on(), silent, pack, transcript_of())
    assert "No speech was heard" in advice.text


def test_a_voice_that_was_not_understood_is_told_so(
    pack: Pack, verdicts_on: Callable[..., tuple[ItemVerdict, ...]]
) -> None:
    unclear = replace(transcript_of(), unclear=(Span(1.0, 4.0),))
    (advice,) = advise(verdicts_on(), FINE, pack, unclear)
    assert "not understood" in advice.text


def test_an_empty_text_gets_one_kind_sentence(
    pack: Pack, verdicts_on: Callable[..., tuple[ItemVerdict, ...]]
) -> None:
    (advice,) = advise(verdicts_on(), None, pack, transcript_of())
    assert "no answer here yet" in advice.text


def test_a_few_words_are_asked_to_go_on(
    pack: Pack, verdicts_on: Callable[..., tuple[ItemVerdict, ...]]
) -> None:
    (advice, *_) = advise(verdicts_on(), FINE, pack, transcript_of("I like products."))
    assert advice.text.startswith("You said “I like products” and stopped.")


def test_an_item_of_another_pack_is_advised_on_in_that_pack_s_words(pack: Pack) -> None:
    item = replace(pack.checklist[0], id="calm", title="Calm", how="Tell of one storm that you sat out.")
    other = replace(pack, checklist=(item,))
    claimed = ItemVerdict("calm", item.group, Level.MENTION, 0.9, (EvidenceSentence(0, Level.MENTION),))
    (advice, *_) = advise((claimed,), FINE, other, SAID)
    assert advice == Advice(
        "calm", "You said “I work well with engineers”. Tell of one storm that you sat out."
    )


def test_every_labelled_answer_gets_at_most_three_pieces_on_different_things(
    pack: Pack, answers: list, judge_by: type, speak: Callable
) -> None:
    silent = 0
    for answer in answers:
        recognition = speak(answer.sentences)
        sentences = tuple(Sentence(text, 0.0, 1.0) for text in answer.sentences)
        transcript = Transcript(" ".join(answer.sentences), "base", sentences)
        timing = measure_timing(recognition, recognition.words, sentences)
        verdicts = judge_by(answer.labels).judge(answer.sentences)
        advice = advise(verdicts, timing, pack, transcript, question=AskedQuestion(None, answer.question))
        assert len(advice) <= MOST_ADVICE
        assert len(set(about(advice))) == len(advice)
        proven = sum(verdict.level is Level.EVIDENCE for verdict in verdicts)
        assert advice or proven, "an answer that proves nothing needs advice"
        silent += not advice
    assert silent > 20, "good answers are left in peace"


def test_hesitation_alone_is_not_quoted_and_asked_for_once(
    pack: Pack, verdicts_on: Callable[..., tuple[ItemVerdict, ...]]
) -> None:
    (piece,) = advise(verdicts_on(), None, pack, transcript_of("Um."))
    assert piece.text.startswith("You hesitated and stopped. Go on:")


def test_a_title_keeps_its_abbreviation_inside_a_sentence(
    pack: Pack, verdicts_on: Callable[..., tuple[ItemVerdict, ...]]
) -> None:
    titled = replace(
        pack,
        checklist=tuple(
            replace(item, title="AI-age coaching") if item.id == "change" else item for item in pack.checklist
        ),
    )
    deeds = {name: GOOD[name] for name in ("experience", "strategy", "path")}
    advice = advise(verdicts_on(**deeds), None, titled, SAID)
    assert "AI-age coaching" in " ".join(piece.text for piece in advice)
