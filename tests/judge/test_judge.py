"""The shipped judge on answers as people give them."""

import shutil
import threading
import time
from pathlib import Path

import pytest

from whypm.domain.content import ChecklistItem, Group, Pack
from whypm.domain.errors import ModelError
from whypm.domain.feedback import ItemVerdict, Level, Method
from whypm.feedback.judging.judge import Judge

STRONG = (
    "It began when our only designer left the bakery's app team and I was asked to run the next release.",
    "I sat with two engineers and a designer every morning until we agreed on one ordering flow.",
    "Sales wanted loyalty points, but the numbers said people left at checkout, so we fixed checkout first.",
    "You made rota planning simpler for nurses, and my mother was one, so that mission is mine too.",
    "In five years I want to lead the product for a payments team.",
)


def by_id(verdicts: tuple[ItemVerdict, ...]) -> dict[str, ItemVerdict]:
    return {verdict.id: verdict for verdict in verdicts}


def test_a_strong_answer_shows_its_items_with_the_sentences_that_carry_them(judge: Judge) -> None:
    verdicts = by_id(judge.judge(STRONG))
    expected = {"path": 0, "collaboration": 1, "strategy": 2, "company": 3, "aspiration": 4}
    assert {name: verdicts[name].best_sentence for name in expected} == expected
    assert {verdicts[name].level for name in expected} == {Level.EVIDENCE}


def test_small_talk_shows_nothing(judge: Judge) -> None:
    verdicts = judge.judge(["Good morning.", "Can you hear me?", "Sorry, the train was late."])
    assert {verdict.level for verdict in verdicts} == {Level.MISSING}


def test_every_item_is_judged_in_the_packs_order(judge: Judge, pack: Pack) -> None:
    verdicts = judge.judge(STRONG)
    assert [(v.id, v.group) for v in verdicts] == [(i.id, i.group) for i in pack.checklist]
    assert {verdict.method for verdict in verdicts} == {Method.TRAINED}


def test_a_verdict_has_sentences_exactly_where_the_item_is_not_missing(judge: Judge) -> None:
    for verdict in judge.judge(STRONG):
        assert bool(verdict.evidence) == (verdict.level is not Level.MISSING)
        assert 0.0 <= verdict.confidence <= 1.0
        if verdict.evidence:
            assert verdict.evidence[0].level is verdict.level
            numbers = [carrier.sentence for carrier in verdict.evidence]
            assert len(set(numbers)) == len(numbers)
            assert set(numbers) <= set(range(len(STRONG)))


def test_an_answer_that_was_judged_while_it_grew_is_judged_as_by_another_judge(
    assets: Path, pack: Pack
) -> None:
    """Four times what fits into one window; what was read before changes the cost and nothing else."""
    answer = [f"{sentence} That was part {number}." for number in range(16) for sentence in STRONG]
    grew = Judge(assets, pack.checklist)
    for length in range(5, len(answer), 5):
        grew.judge(answer[:length])
    afresh = Judge(assets, pack.checklist)
    afresh.load()
    costs = []
    for judge in (afresh, grew, grew):
        spent = time.process_time()
        verdicts = judge.judge(answer)
        costs.append(time.process_time() - spent)
        assert verdicts == afresh.judge(answer)
    assert costs[1] < costs[0] / 2
    assert costs[2] < costs[0] / 4


def test_the_same_answer_gets_the_same_verdict_from_another_judge(
    assets: Path, pack: Pack, judge: Judge
) -> None:
    assert Judge(assets, pack.checklist).judge(STRONG) == judge.judge(STRONG)


def test_silence_is_missing_for_certain_and_needs_no_weights(tmp_path: Path, pack: Pack) -> None:
    for nothing in ((), ("",), ("  ", "\n")):
        verdicts = Judge(tmp_path, pack.checklist).judge(nothing)
        assert {(verdict.level, verdict.confidence) for verdict in verdicts} == {(Level.MISSING, 1.0)}


def test_a_very_long_answer_is_read_to_its_end(judge: Judge) -> None:
    padding = ["We had soup on Mondays and the bus was usually late, as it is in our town in winter."] * 80
    verdict = by_id(judge.judge([*padding, STRONG[1]]))["collaboration"]
    assert verdict.best_sentence == len(padding)


def test_talk_without_any_punctuation_is_read_to_its_end(judge: Judge) -> None:
    ramble = " ".join(["we had soup on mondays and the bus was usually late as it is in our town"] * 60)
    verdict = by_id(judge.judge([f"{ramble} {STRONG[1].lower().rstrip('.')}"]))["collaboration"]
    assert verdict.level is not Level.MISSING


def test_an_employer_known_by_name_counts_as_the_company(judge: Judge) -> None:
    sentences = ["Quendle lets bakers order flour by voice, and I used Quendle every night in my own shop."]
    named = by_id(judge.judge(sentences, company="Quendle"))["company"]
    assert named.level is not Level.MISSING
    assert by_id(judge.judge(sentences, company="quendle"))["company"] == named


def test_a_company_name_is_taken_as_text_and_not_as_a_pattern(judge: Judge) -> None:
    assert len(judge.judge(["I like what (C++ does."], company="(C++")) == 10


def test_threads_share_one_judge(assets: Path, pack: Pack, judge: Judge) -> None:
    fresh = Judge(assets, pack.checklist)
    found: list[tuple[ItemVerdict, ...]] = []
    threads = [threading.Thread(target=lambda: found.append(fresh.judge(STRONG))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [judge.judge(STRONG)] * 4


def test_a_changed_weight_file_is_refused_by_name(assets: Path, pack: Pack, tmp_path: Path) -> None:
    folder = shutil.copytree(assets, tmp_path / "judge")
    weights = bytearray((folder / "wide.onnx").read_bytes())
    weights[len(weights) // 2] ^= 1
    (folder / "wide.onnx").write_bytes(weights)
    with pytest.raises(ModelError, match=r"wide\.onnx is not the one"):
        Judge(folder, pack.checklist).load()


@pytest.mark.parametrize("name", ["judge.json", "narrow.onnx", "wide.onnx", "tokenizer.json"])
def test_a_missing_file_is_named(assets: Path, pack: Pack, tmp_path: Path, name: str) -> None:
    folder = shutil.copytree(assets, tmp_path / "judge")
    (folder / name).unlink()
    with pytest.raises(ModelError, match=name.replace(".", r"\.")):
        Judge(folder, pack.checklist).load()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"networks": {}, "sha256": {}, "items": [{"id": "passion"}]}',
        '{"networks": {}, "sha256": {"tokenizer.json": "0"}, "items": []}',
        '{"networks": {"wide.onnx": 1}, "sha256": {"tokenizer.json": "0"}, "items": []}',
    ],
    ids=["empty", "cut", "a list", "no figures", "no network", "a network without a checksum"],
)
def test_damaged_settings_are_refused(assets: Path, pack: Pack, tmp_path: Path, text: str) -> None:
    folder = shutil.copytree(assets, tmp_path / "judge")
    (folder / "judge.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match="damaged"):
        Judge(folder, pack.checklist).load()


def test_a_failed_load_is_tried_again(assets: Path, pack: Pack, tmp_path: Path) -> None:
    judge = Judge(tmp_path / "judge", pack.checklist)
    with pytest.raises(ModelError):
        judge.load()
    shutil.copytree(assets, tmp_path / "judge")
    judge.load()


def test_the_weights_are_small_enough(assets: Path) -> None:
    """What a sentence costs depends on the processor: ``evaluate --shipped`` prints it."""
    assert sum(path.stat().st_size for path in assets.iterdir()) <= 120e6


def item_of(name: str, examples: tuple[str, ...], counterexamples: tuple[str, ...] = ()) -> ChecklistItem:
    return ChecklistItem(name, Group.TIP, name, "", "", "", (), examples, counterexamples)


def test_an_item_without_weights_is_judged_by_its_examples(assets: Path) -> None:
    patience = item_of(
        "patience",
        ("I waited eight months for the permit and kept the team calm.", "I am a patient person."),
        ("I hate waiting.",),
    )
    judge = Judge(assets, [patience])
    (shown,) = judge.judge(["Hello.", "I'm a very patient person, I think."])
    assert (shown.level, shown.best_sentence, shown.method) == (Level.MENTION, 1, Method.EXAMPLES)
    (absent,) = judge.judge(["The sea was grey that day."])
    assert (absent.level, absent.evidence, absent.method) == (Level.MISSING, (), Method.EXAMPLES)


def test_a_counterexample_outweighs_an_example_that_is_less_like(assets: Path) -> None:
    judge = Judge(
        assets, [item_of("patience", ("I am a patient person.",), ("I am not a patient person at all.",))]
    )
    (verdict,) = judge.judge(["I am really not a patient person at all."])
    assert verdict.level is Level.MISSING


def test_an_item_without_weights_or_examples_is_missing_without_confidence(assets: Path) -> None:
    (verdict,) = Judge(assets, [item_of("patience", ())]).judge(STRONG)
    assert (verdict.level, verdict.confidence, verdict.is_sure) == (Level.MISSING, 0.0, False)
