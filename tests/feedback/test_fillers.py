from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from whypm.domain.transcript import Word
from whypm.feedback.fillers import find_fillers, mark_fillers
from whypm.feedback.tokens import bare

SPEECH = Path(__file__).parents[3] / "shared" / "speech"
WANTED_RECALL = 0.92
WANTED_PRECISION = 0.95

# The fillers stand in brackets; everything else is meant. A hyphen joins the words of one filler.
CASES = """
[Um], I like users.
So, [um], I have, [uh], worked in support.
I, [er], I was the only designer.
[Hmm], let me think about that.
It was [uh] quite a sizable test.
I was in the ER when the screen froze.
The gap was 5 mm wide.
Mm-hmm, that is how it was.
We said uh-huh and moved on.
[Ah], right after that I left.
I like users.
I like talking to customers.
We really like the app.
They didn't like it at all.
I would like to work with you.
I'd like a bigger problem.
It looks like a form.
It felt like home.
It was like a small family.
Tools like Jira helped us.
People like me get forgotten.
Things like that happen every week.
Like most people, I started small.
Like I said, it was slow.
And like I said, it was slow.
You use it and like it.
It is nothing like the old one.
What was it like?
I was asked what it was like, and I told them.
There was no one like her.
She is more like a coach.
Just like every lost deal, I wrote it down.
In like manner we went on.
It was, [like], enormous.
And, [like], nobody had asked the drivers.
I have, [like], forty ideas.
I kept the list for [like] five months.
It took [like] two weeks to ship.
We had [like] three product managers.
It's [like] really hard to read.
It was [like] super slow.
So [like] we had to call them all.
It was a [like] small team.
I want to [like] make a difference.
He would call at [like] midnight.
[Like], I was the one with the list.
So we, [like], built it ourselves.
I [like] went to every shop.
You know our product.
You know what I did next.
Do you know the app?
As you know, it is small.
If you know funerals, you know the rest.
Did you know that it was free?
They want the people you know to join.
I'll let you know tomorrow.
You know Lisbon better than I do.
So you know me already.
You know how it is.
You know me, I never stop.
It was, [you-know], a mess.
[You-know], I never planned this.
We moved it, [you-know]?
And [you-know] we had no time.
I [you-know] I went home.
We lost deals, [you-know], every week.
It is a [you-know] big team.
I learned to [you-know] write shorter mails.
[Y'know], it worked.
We had to, [um], [you-know], start again.
What I mean is that we ship.
That is what I mean.
You see what I mean.
By that I mean the whole flow.
When I say it works, I mean it.
I mean business.
Do I mean the first one?
I did it, [I-mean], I drew it first.
[I-mean], it was a spreadsheet.
It is already fixed [I-mean] decided.
[I-mean] we all tried.
And [I-mean], it was nice.
That sort of problem comes up a lot.
Sort of problem nobody owns.
It is the kind of work I want.
What kind of product is it?
This kind of thing happens.
It is a kind of waste.
They were not the sort of people to ask.
We have to sort it out.
She was kind about it.
A different kind of user came.
I [kind-of] fell into it.
It was [sort-of] embarrassing.
She [sort-of] laughed.
That [kind-of] got me thinking.
It's somebody else's notebook, [sort-of].
They were [kind-of] proof of concepts.
In a [sort-of] in a section at the end.
I'm [kinda] the one who asks.
What kinda work is it?
[Basically], I ran the desk.
It is [basically] my whole job.
I was a translator, [basically].
It is basically the same form.
That's the right thing.
Turn right at the door.
He was right.
Right now I run support.
I was all right with it.
It went left, right and centre.
Nothing gets dropped, [right]?
We had these tags, [right], and a reader.
[Right], so I ran a studio.
[Right] so I ran a studio.
That's right, we shipped it.
We were, [like], three people in a garage.
She said it was, [you-know], the best release so far.
I don't like meetings, but I like decisions.
It's something like a marketplace.
I feel like I could do that job.
I'd like to own a roadmap.
And that's, [like], the moment I knew.
It's not like we had a choice.
The app was [like] totally broken.
There were [like] twenty tickets a day.
Companies like yours care about this.
I worked on things like billing and search.
That's what it looks like from the outside.
How do you know what to build?
You know when something is wrong.
You never know what users want.
I wanted to know more.
So, [you-know], I just asked them.
Users, [you-know], they don't read.
We had no budget, [you-know].
It's a, [you-know], it's a small market.
I, [I-mean], we had no data.
What do I mean by that?
I don't mean that in a bad way.
It was hard, [I-mean], really hard.
[I-mean] the team was great.
They're some kind of agency.
It was a kind of magic.
Every kind of customer came in.
I was [kind-of] responsible for it.
We [sort-of] agreed on it.
It's [sort-of] like a puzzle.
What sort of product?
The same sort of thing happened.
Those are the kinds of problems I like.
It felt [kind-of] strange.
[Basically], nobody owned it.
They do basically the same thing.
So [basically] we rebuilt it.
I made the right call.
You have to get it right, first time.
Is that right?
We launched, [right], and nobody came.
So the users want this, [right]?
I knew right away.
They were right about churn.
The users have rights.
[Um], [you-know], [like], I tried.
I'd say, [uh], [I-mean], it depends.
[Er], so the, [um], the roadmap.
Err on the side of caution.
To err is human.
My boss, he was [like] really upset.
He was like a father to me.
It acts like a filter.
Unlike like buttons, shares matter.
We added a like button.
The post got fifty likes.
I like, [um], building things.
I really like, you see, the detail.
They like what we built.
Would you like some tea?
Nothing like that had happened.
I like the way you know your users.
It shows that you know your market.
Because you know your customers, you win.
The more you know, the better.
As far as I know, you know him.
Let me tell you, you know more than me.
People like to be asked.
Just because I like it doesn't mean you will.
If you like, I can explain.
It's what I like about product.
That is exactly like my last job.
More like a coach than a boss.
I was [like] the only one there.
We did, [like], everything.
""".strip().splitlines()


def words_of(text: str) -> list[Word]:
    return [
        Word(f" {token}", index * 0.4, index * 0.4 + 0.3, 0.9) for index, token in enumerate(text.split())
    ]


def read_case(case: str) -> tuple[list[Word], list[str]]:
    """Return the case's words and, for each, in small letters, whether it is marked."""
    texts: list[str] = []
    marked: list[str] = []
    for token in case.split():
        is_filler = token.startswith("[")
        for part in token.replace("[", "").replace("]", "").split("-") if is_filler else [token]:
            texts.append(part)
            marked.append("filler" if is_filler else "meant")
    return words_of(" ".join(texts)), marked


def marks(words: list[Word]) -> list[str]:
    return ["filler" if word.filler else "meant" for word in mark_fillers(words)]


@pytest.mark.parametrize("case", CASES)
def test_a_filler_is_told_from_the_same_words_meant(case: str) -> None:
    words, expected = read_case(case)
    assert marks(words) == expected


def test_both_uses_are_tried_at_least_eighty_times() -> None:
    assert len(CASES) >= 80
    assert sum("[" not in case for case in CASES) >= 40


def test_a_phrase_is_one_filler_with_the_times_of_its_words() -> None:
    (filler,) = find_fillers(mark_fillers(words_of("It was, you know, a mess.")))
    assert (filler.text, filler.start, filler.end) == ("you know", pytest.approx(0.8), pytest.approx(1.5))


def test_a_stop_after_it_tells_you_know_from_knowing_a_name() -> None:
    you, know, lisbon = words_of("You know Lisbon")
    assert not any(word.filler for word in mark_fillers([you, know, lisbon]))
    later = replace(lisbon, start=lisbon.start + 0.5, end=lisbon.end + 0.5)
    assert [word.filler for word in mark_fillers([you, know, later])] == [True, True, False]


def test_two_fillers_in_a_row_are_two() -> None:
    fillers = find_fillers(mark_fillers(words_of("So um, you know, like, we left.")))
    assert [filler.text for filler in fillers] == ["um", "you know", "like"]


def test_marking_again_changes_nothing() -> None:
    once = mark_fillers(words_of("Um, I like it, you know, and like I said, I mean it."))
    assert mark_fillers(once) == once


def test_a_mark_set_by_somebody_else_does_not_stay() -> None:
    stale = [Word(" users", 0.0, 0.3, 0.9, filler=True)]
    assert not mark_fillers(stale)[0].filler


def test_no_words_hold_no_fillers() -> None:
    assert mark_fillers([]) == ()
    assert find_fillers([]) == ()


# The fillers that a listener hears in the verbatim references; wherever these stand, they fill a gap.
REFERENCES = {
    "spontaneous/rosehill_second_pass_150s": {"um", "uh", "kind of", "basically"},
    "spontaneous/mfa_acoustic_corpus": {"um", "uh", "y'know"},
    "spontaneous/mfa_cold_corpus3": {"um", "uh"},
    "meeting/ami_trn03_EN2001e": {"sort of"},
    "meeting/ami_trn05_EN2004a": {"um", "basically"},
    "meeting/ami_trn06_EN2005a": {"uh", "um"},
    "fillers_short/mfa_uh": {"uh"},
    "fillers_short/mfa_um": {"um"},
}


def places(words: list[Word], kinds: set[str]) -> set[float]:
    """Return when each of these fillers starts."""
    tokens = [bare(word.text) for word in words]
    pairs = [" ".join(pair) for pair in pairwise([*tokens, ""])]
    return {
        word.start
        for word, token, pair in zip(words, tokens, pairs, strict=True)
        if token in kinds or pair in kinds
    }


@pytest.mark.skipif(not SPEECH.is_dir(), reason="the recordings beside the repository are not here")
def test_verbatim_references_give_up_their_fillers_and_no_others() -> None:
    expected = found = right = 0
    for name, kinds in REFERENCES.items():
        words = words_of((SPEECH / f"{name}.ref.txt").read_text(encoding="utf-8"))
        heard = places(words, kinds)
        marked = {filler.start for filler in find_fillers(mark_fillers(words))}
        expected += len(heard)
        found += len(marked)
        right += len(heard & marked)
    assert expected > 30
    assert right / expected >= WANTED_RECALL
    assert right / found >= WANTED_PRECISION


@pytest.mark.skipif(not SPEECH.is_dir(), reason="the recordings beside the repository are not here")
def test_read_texts_hold_no_fillers() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((SPEECH / "read").glob("*.ref.txt"))]
    assert texts
    assert [find_fillers(mark_fillers(words_of(text))) for text in texts] == [()] * len(texts)
