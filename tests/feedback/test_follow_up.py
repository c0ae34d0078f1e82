from dataclasses import replace

from whypm.domain.content import Pack
from whypm.domain.feedback import ItemVerdict, Level
from whypm.feedback.coaching.follow_up import next_follow_up


def all_at(level: Level, pack: Pack, confidence: float = 0.9) -> list[ItemVerdict]:
    return [ItemVerdict(item.id, item.group, level, confidence) for item in pack.checklist]


def at(verdicts: list[ItemVerdict], level: Level, *item_ids: str) -> list[ItemVerdict]:
    return [replace(verdict, level=level) if verdict.id in item_ids else verdict for verdict in verdicts]


def test_a_claim_is_probed_before_a_gap(pack: Pack) -> None:
    verdicts = at(all_at(Level.MISSING, pack), Level.MENTION, "aspiration")
    follow_up = next_follow_up(verdicts, pack, ())
    assert follow_up is not None
    assert follow_up.about == "aspiration"


def test_deeds_are_asked_for_before_reasons(pack: Pack) -> None:
    verdicts = at(all_at(Level.EVIDENCE, pack), Level.MENTION, "contribution", "experience")
    follow_up = next_follow_up(verdicts, pack, ())
    assert follow_up is not None
    assert follow_up.about == "experience"


def test_no_question_comes_twice_until_all_are_asked(pack: Pack) -> None:
    asked: list[str] = []
    verdicts = all_at(Level.MISSING, pack)
    while (follow_up := next_follow_up(verdicts, pack, asked)) is not None:
        assert follow_up.text not in asked
        asked.append(follow_up.text)
    assert set(asked) == {text for item in pack.checklist for text in item.follow_ups}


def test_a_row_of_questions_moves_on_to_other_items(pack: Pack) -> None:
    asked: dict[str, str] = {}
    for _ in pack.checklist:
        follow_up = next_follow_up(all_at(Level.MENTION, pack), pack, asked.values())
        assert follow_up is not None
        asked[follow_up.about] = follow_up.text
    assert len(asked) == len(pack.checklist)


def test_a_question_asked_in_other_letters_and_spaces_counts_as_asked(pack: Pack) -> None:
    verdicts = all_at(Level.MISSING, pack)
    first = next_follow_up(verdicts, pack, ())
    assert first is not None
    again = next_follow_up(verdicts, pack, [f"  {first.text.upper()} "])
    assert again is not None
    assert again.text != first.text


def test_what_was_shown_is_not_asked_again(pack: Pack) -> None:
    assert next_follow_up(all_at(Level.EVIDENCE, pack), pack, ()) is None


def test_a_verdict_that_the_judge_is_not_sure_of_is_left_alone(pack: Pack) -> None:
    assert next_follow_up(all_at(Level.MISSING, pack, confidence=0.4), pack, ()) is None


def test_what_was_offered_and_not_asked_comes_after_all_others(pack: Pack) -> None:
    verdicts = at(all_at(Level.EVIDENCE, pack), Level.MENTION, "experience")
    texts = next(item.follow_ups for item in pack.checklist if item.id == "experience")
    second = next_follow_up(verdicts, pack, (), texts[:1])
    assert second is not None
    assert second.text == texts[1]
    again = next_follow_up(verdicts, pack, texts[1:], texts[:1])
    assert again is not None
    assert again.text == texts[0]
    assert next_follow_up(verdicts, pack, texts) is None


def test_an_item_that_was_offered_before_gives_way_to_one_that_was_not(pack: Pack) -> None:
    verdicts = at(all_at(Level.EVIDENCE, pack), Level.MISSING, "experience", "path")
    first = next_follow_up(verdicts, pack, ())
    assert first is not None
    following = next_follow_up(verdicts, pack, (), (first.text,))
    assert following is not None
    assert (first.about, following.about) == ("experience", "path")


def test_what_was_proven_earlier_in_the_talk_is_not_asked_again(pack: Pack) -> None:
    told = {item.id for item in pack.checklist} - {"path", "company"}
    follow_up = next_follow_up(all_at(Level.MISSING, pack), pack, (), (), told)
    assert follow_up is not None
    assert follow_up.about == "path"
    everything = [item.id for item in pack.checklist]
    assert next_follow_up(all_at(Level.MISSING, pack), pack, (), (), everything) is None
