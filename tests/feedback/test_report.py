import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from whypm.domain.content import Pack
from whypm.domain.errors import StorageError
from whypm.domain.feedback import AskedQuestion, EvidenceSentence, ItemVerdict, Level, Method, Report
from whypm.domain.sound_quality import Loudness, SoundFault, SoundFaultKind, SoundQuality
from whypm.domain.transcript import Recognition, Span, Word
from whypm.feedback.coaching.follow_up import EarlierQuestions
from whypm.feedback.reports.report import build_report
from whypm.feedback.reports.report_format import report_from_json, report_to_json

CONTRACT = Path(__file__).parents[3] / "shared" / "contract" / "report.schema.json"
QUESTION = AskedQuestion("plain-1", "Why product management?")
SAID = (
    "Um, so I was a nurse for nine years.",
    "I, I wrote to the people who made our pumps.",
    "I want a say in what gets built.",
)
LABELS = {"0": {"experience": "mention"}, "1": {"path": "evidence"}, "2": {"change": "mention"}}

Json = dict[str, Any]


class NoJudge:
    """A judge that must not be asked."""

    def judge(self, sentences: Sequence[str], *, company: str | None = None) -> tuple[ItemVerdict, ...]:
        raise AssertionError((sentences, company))


class HastyJudge:
    """A judge that leaves all but one item out and remembers what it was given."""

    def __init__(self, verdict: ItemVerdict) -> None:
        self.verdict = verdict
        self.given: tuple[tuple[str, ...], str | None] | None = None

    def judge(self, sentences: Sequence[str], *, company: str | None = None) -> tuple[ItemVerdict, ...]:
        self.given = (tuple(sentences), company)
        return (self.verdict,)


@pytest.fixture
def spoken(pack: Pack, judge_by: type, speak: Callable[..., Recognition]) -> Report:
    return build_report(QUESTION, pack, judge_by(LABELS), recognition=speak(SAID))


@pytest.fixture
def typed(pack: Pack, judge_by: type) -> Report:
    return build_report(QUESTION, pack, judge_by(LABELS), text=" ".join(SAID))


@pytest.fixture
def stored(spoken: Report) -> Json:
    """The report on the spoken answer as it comes from disk."""
    return json.loads(json.dumps(report_to_json(spoken)))


@pytest.fixture(scope="session")
def contract() -> Draft202012Validator:
    if not CONTRACT.is_file():
        pytest.skip("the contract beside the repository is not here")
    return Draft202012Validator(json.loads(CONTRACT.read_text(encoding="utf-8")))


def test_a_spoken_answer_has_everything(spoken: Report, pack: Pack) -> None:
    assert [sentence.text for sentence in spoken.transcript.sentences] == list(SAID)
    assert spoken.transcript.text == " ".join(SAID)
    assert spoken.transcript.model == "base"
    assert [word.text for word in spoken.transcript.words if word.filler] == [" Um,"]
    assert spoken.timing is not None
    assert [verdict.id for verdict in spoken.checklist] == [item.id for item in pack.checklist]
    assert spoken.advice
    assert spoken.follow_up is not None
    assert spoken.shape is not None
    assert spoken.specifics is not None
    assert [repair.text for repair in spoken.repairs] == ["I"]


def test_a_typed_answer_has_no_timing_and_no_words(typed: Report) -> None:
    assert [sentence.text for sentence in typed.transcript.sentences] == list(SAID)
    assert typed.timing is None
    assert typed.transcript.model is None
    assert typed.transcript.words == ()
    assert typed.repairs == ()


def test_silence_is_not_judged(pack: Pack) -> None:
    silence = Recognition("base", "en", 0.5, 8.0, (), ())
    report = build_report(QUESTION, pack, NoJudge(), recognition=silence)
    assert {verdict.level for verdict in report.checklist} == {Level.MISSING}
    assert len(report.advice) == 1
    assert report.transcript.text == ""
    assert (report.shape, report.specifics, report.repairs) == (None, None, ())


def test_words_where_no_voice_was_heard_are_not_reported_as_said(pack: Pack) -> None:
    invented = Recognition(
        "base", "en", 0.5, 8.0, (Word(" Thank", 0.0, 1.0, 0.3), Word(" you.", 1.0, 2.0, 0.3)), ()
    )
    report = build_report(QUESTION, pack, NoJudge(), recognition=invented)
    assert report.transcript.words == ()
    assert report.timing is not None
    assert report.timing.word_count == 0


def test_hesitations_that_take_no_time_were_not_said(
    pack: Pack, judge_by: type, speak: Callable[..., Recognition]
) -> None:
    heard = speak(SAID)
    invented = (Word(" um,", 1.2, 1.2, 0.5), Word(" uh,", 1.2, 1.2, 0.5))
    report = build_report(
        QUESTION, pack, judge_by({}), recognition=replace(heard, words=(*invented, *heard.words))
    )
    assert [word.text for word in report.transcript.words] == [word.text for word in heard.words]


@pytest.mark.parametrize("text", ["", "  \n", "..."])
def test_an_empty_text_is_not_judged(pack: Pack, text: str) -> None:
    report = build_report(QUESTION, pack, NoJudge(), text=text)
    assert report.transcript.sentences == ()
    assert len(report.advice) == 1


def test_another_language_is_named_and_not_judged(pack: Pack, speak: Callable[..., Recognition]) -> None:
    german = speak(["Ich war neun Jahre lang Pfleger."], language="de")
    report = build_report(QUESTION, pack, NoJudge(), recognition=german)
    assert "German" in report.advice[0].text
    assert report.transcript.language == "de"
    assert {verdict.level for verdict in report.checklist} == {Level.MISSING}


def test_a_doubtful_guess_at_another_language_does_not_stop_the_report(
    pack: Pack, judge_by: type, speak: Callable[..., Recognition]
) -> None:
    doubtful = replace(speak(SAID, language="cy"), language_probability=0.3)
    report = build_report(QUESTION, pack, judge_by(LABELS), recognition=doubtful)
    assert any(verdict.level is not Level.MISSING for verdict in report.checklist)


def test_the_judge_gets_the_sentences_and_the_company_and_what_it_leaves_out_is_not_sure(pack: Pack) -> None:
    item = pack.checklist[3]
    judge = HastyJudge(ItemVerdict(item.id, item.group, Level.MISSING, 0.9))
    report = build_report(QUESTION, pack, judge, text="I like it. I do.", company="Acme")
    assert judge.given == (("I like it.", "I do."), "Acme")
    assert [verdict.id for verdict in report.checklist if verdict.is_sure] == [item.id]


def test_a_follow_up_that_was_asked_does_not_come_again(pack: Pack, judge_by: type) -> None:
    first = build_report(QUESTION, pack, judge_by(LABELS), text=" ".join(SAID)).follow_up
    assert first is not None
    asked = EarlierQuestions(put=frozenset({first.text}))
    again = build_report(QUESTION, pack, judge_by(LABELS), text=" ".join(SAID), earlier=asked).follow_up
    assert again is not None
    assert again.text != first.text


def test_nobody_asks_on_where_nothing_was_said(pack: Pack, judge_by: type) -> None:
    silence = Recognition("base", "en", 0.5, 8.0, (), ())
    assert build_report(QUESTION, pack, judge_by({}), recognition=silence).follow_up is None
    assert build_report(QUESTION, pack, judge_by({}), text=" ").follow_up is None


def test_reports_keep_the_contract(spoken: Report, typed: Report, contract: Draft202012Validator) -> None:
    contract.validate(report_to_json(spoken))
    contract.validate(report_to_json(typed))


def test_reports_on_silence_and_emptiness_keep_the_contract(
    pack: Pack, contract: Draft202012Validator
) -> None:
    silence = Recognition("base", "en", 0.5, 8.0, (), (), (Span(1.0, 2.5),))
    contract.validate(report_to_json(build_report(AskedQuestion(), pack, NoJudge(), recognition=silence)))
    contract.validate(report_to_json(build_report(AskedQuestion(), pack, NoJudge(), text="")))


def test_advice_is_about_checklist_items_or_figures_of_the_contract(
    pack: Pack, judge_by: type, speak: Callable[..., Recognition]
) -> None:
    hasty = speak(SAID, word_seconds=0.2, silence_seconds=0.1, opening_seconds=6.0)
    data = report_to_json(build_report(QUESTION, pack, judge_by({}), recognition=hasty))
    known = {item["id"] for item in data["checklist"]} | set(data["timing"])
    assert data["advice"]
    assert {advice["about"] for advice in data["advice"]} <= known


def test_labelled_answers_keep_the_contract_and_come_back_from_json(
    pack: Pack,
    answers: list,
    judge_by: type,
    speak: Callable[..., Recognition],
    contract: Draft202012Validator,
) -> None:
    for answer in answers[::17]:
        asked = AskedQuestion(None, answer.question)
        report = build_report(asked, pack, judge_by(answer.labels), recognition=speak(answer.sentences))
        data = report_to_json(report)
        contract.validate(data)
        assert report_to_json(report_from_json(json.loads(json.dumps(data)))) == data


def test_a_stored_report_comes_back_the_same(stored: Json) -> None:
    report = report_from_json(stored)
    assert report_from_json(report_to_json(report)) == report
    assert report_to_json(report) == stored


def test_the_sound_of_a_recording_comes_back_the_same(spoken: Report) -> None:
    sound = SoundQuality(
        Loudness(0.5, (-20.0, -31.5)), (SoundFault(SoundFaultKind.HUM, "The mains hum in your recording."),)
    )
    report = replace(spoken, sound=sound)
    data = report_to_json(report)
    assert data["loudness"] == {"step_s": 0.5, "dbfs": [-20.0, -31.5]}
    assert data["sound_faults"] == [{"kind": "hum", "text": "The mains hum in your recording."}]
    assert report_from_json(data).sound == sound
    with pytest.raises(StorageError, match="dbfs"):
        report_from_json({**data, "loudness": {"step_s": 0.5, "dbfs": [True]}})


def test_the_pace_over_the_answer_is_in_the_report(stored: Json) -> None:
    assert [set(stretch) for stretch in stored["timing"]["pace_curve"]] == [
        {"start", "end", "words_per_minute"}
    ]
    assert stored["timing"]["pace_curve"][0]["words_per_minute"] == stored["timing"]["words_per_minute"]


def test_words_that_may_be_misheard_are_marked_and_hesitations_are_not(
    pack: Pack, judge_by: type, speak: Callable[..., Recognition]
) -> None:
    heard = speak(["Um, I was a nurse."])
    doubtful = replace(heard, words=tuple(replace(word, probability=0.3) for word in heard.words))
    words = report_to_json(build_report(QUESTION, pack, judge_by({}), recognition=doubtful))["transcript"][
        "words"
    ]
    assert [word["unsure"] for word in words] == [False, True, True, True, True]


def test_a_typed_report_comes_back_the_same(typed: Report) -> None:
    assert report_from_json(report_to_json(typed)) == typed


def test_keys_that_are_not_known_are_passed_over(stored: Json) -> None:
    more = {**stored, "mood": "sunny", "transcript": {**stored["transcript"], "accent": "mild"}}
    assert report_from_json(more) == report_from_json(stored)


def test_a_report_of_an_earlier_version_without_the_later_keys_is_read(stored: Json) -> None:
    for key in ("follow_up", "shape", "specifics", "repairs"):
        del stored[key]
    del stored["transcript"]["language"]
    del stored["transcript"]["unclear"]
    del stored["timing"]["pace_curve"], stored["loudness"], stored["sound_faults"]
    report = report_from_json(stored)
    assert (report.follow_up, report.shape, report.specifics, report.repairs) == (None, None, None, ())


def without(data: Json, path: str) -> Json:
    copy: Json = json.loads(json.dumps(data))
    *parents, last = path.split(".")
    part: Any = copy
    for name in parents:
        part = part[int(name)] if name.isdigit() else part[name]
    del part[last]
    return copy


@pytest.mark.parametrize(
    "path",
    [
        "format",
        "question",
        "transcript.text",
        "transcript.words.0.start",
        "timing.word_count",
        "timing.pauses",
        "checklist.0.level",
        "checklist",
        "advice",
        "shape.headline",
        "specifics.details",
        "repairs.0.first_word",
    ],
)
def test_a_stored_report_that_lacks_something_is_refused_with_its_name(stored: Json, path: str) -> None:
    with pytest.raises(StorageError, match=path.rsplit(".", 1)[-1]):
        report_from_json(without(stored, path))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("format", "whypm-report/2"),
        ("transcript", []),
        ("timing", "fast"),
        ("checklist", [{"id": 7}]),
        ("checklist", ["path"]),
        ("advice", [{"about": "path", "text": None}]),
        ("follow_up", {"about": "path"}),
        ("repairs", [{"kind": "odd", "text": "", "start": 0, "end": 0, "first_word": 0, "last_word": 0}]),
    ],
)
def test_a_stored_report_with_a_wrong_value_is_refused(stored: Json, key: str, value: object) -> None:
    with pytest.raises(StorageError, match="cannot be read"):
        report_from_json({**stored, key: value})


def changed(data: Json, path: str, value: object) -> Json:
    """A copy with this value at this place; ``checklist.*`` is an item that has evidence."""
    copy: Json = json.loads(json.dumps(data))
    *parents, last = path.split(".")
    part: Any = copy
    for name in parents:
        if name == "*":
            part = next(item for item in part if item["evidence"])
        else:
            part = part[int(name)] if name.isdigit() else part[name]
    part[last] = value
    return copy


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("checklist.*.evidence", [{"sentence": 3, "level": "mention"}]),
        ("shape.parts.0.sentences", [0, 3]),
        ("shape.parts.0.sentences", [-1]),
        ("shape.parts.0.sentences", [True]),
        ("shape.headline_sentence", 3),
        ("specifics.details.0.sentence", 3),
        ("specifics.general", [3]),
        ("specifics.general", [-1]),
        ("specifics.general", [False]),
        ("specifics.general", 0),
        ("repairs.0.last_word", 99),
        ("repairs.0.first_word", 50),
    ],
)
def test_a_stored_report_that_points_beyond_its_transcript_is_refused(
    stored: Json, path: str, value: object
) -> None:
    assert len(stored["transcript"]["sentences"]) == 3
    report_from_json(stored)
    with pytest.raises(StorageError, match="is missing or damaged"):
        report_from_json(changed(stored, path, value))


@pytest.mark.parametrize("data", [None, [], "report", 7, {}])
def test_what_is_no_report_at_all_is_refused(data: object) -> None:
    with pytest.raises(StorageError):
        report_from_json(data)


def test_a_likeness_with_a_detail_is_not_asked_for_the_example_that_was_given(pack: Pack) -> None:
    item = pack.checklist[0]
    said = "In 2022 I sat both waiters down for an hour and nobody has complained since."
    texts = ["I have worked in a restaurant for some time now.", said, "That is what I would bring to you."]
    claim = ItemVerdict(item.id, item.group, Level.MENTION, 0.9, (EvidenceSentence(1, Level.MENTION),))
    for method, asked in ((Method.EXAMPLES, False), (Method.TRAINED, True)):
        judge = HastyJudge(replace(claim, method=method))
        report = build_report(QUESTION, replace(pack, checklist=(item,)), judge, text=" ".join(texts))
        assert (item.id in {piece.about for piece in report.advice}) is asked
