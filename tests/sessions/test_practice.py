"""What is asked next with a kept session."""

from dataclasses import replace

import pytest

from kept_answer import kept_session
from whypm.domain.errors import UsageError
from whypm.domain.feedback import AskedQuestion, Report
from whypm.domain.remarks import FollowUp
from whypm.domain.session import DrillOf, Session, SessionState
from whypm.domain.transcript import Sentence, Transcript
from whypm.sessions.practice import ask_on, is_followed_up
from whypm.sessions.store import SessionStore


def kept(
    store: SessionStore, session_id: str, asked: AskedQuestion, follow_up: str | None, said: str = "I did."
) -> Session:
    sentences = (Sentence(said, None, None),) if said else ()
    offered = FollowUp("path", follow_up) if follow_up is not None else None
    report = Report(asked, Transcript(said, None, sentences), None, (), (), offered)
    session = kept_session(session_id, asked, report)
    store.keep(session)
    return session


def test_what_was_followed_up_already_is_not_asked_again(store: SessionStore) -> None:
    whole = kept(store, "aaa", AskedQuestion("plain-1", "Why?"), "And where?")
    assert ask_on(whole, store).text == "And where?"
    kept(store, "bbb", AskedQuestion(None, "And where?"), "And when?")
    asked = ask_on(whole, store)
    assert (asked.question_id, asked.text, asked.company) == (None, "And when?", "Acme")
    kept(store, "ccc", AskedQuestion(None, "And when?"), None)
    with pytest.raises(UsageError, match="aaa was followed up already, and there is nothing more to ask"):
        ask_on(whole, store)


def test_a_question_that_was_put_and_not_answered_is_asked_again(store: SessionStore) -> None:
    where = AskedQuestion(None, "And where?")
    whole = kept(store, "aaa", AskedQuestion("plain-1", "Why?"), "And where?")
    kept(store, "silent", where, None, said="")
    store.keep(replace(kept(store, "unread", where, None), report=None, state=SessionState.SET_ASIDE))
    store.keep(replace(kept(store, "drilled", where, None), drill=DrillOf("path")))
    kept(store, "other", AskedQuestion("where-1", "And where?"), None)
    assert ask_on(whole, store).text == "And where?"
    assert not is_followed_up(whole, store)


def test_a_session_is_followed_up_once_its_question_was_answered(store: SessionStore) -> None:
    whole = kept(store, "aaa", AskedQuestion("plain-1", "Why?"), "And where?")
    assert not is_followed_up(whole, store)
    reply = kept(store, "bbb", AskedQuestion(None, "And where?"), None)
    assert is_followed_up(whole, store)
    assert not is_followed_up(reply, store), "it has no follow-up question"
    assert not is_followed_up(replace(whole, report=None), store)


def test_a_talk_that_comes_round_to_its_beginning_ends(store: SessionStore) -> None:
    """No report offers what was asked before; an older version's may."""
    first = kept(store, "aaa", AskedQuestion(None, "And where?"), "And when?")
    kept(store, "bbb", AskedQuestion(None, "And when?"), "And where?")
    assert ask_on(first, store).text == "And where?"
