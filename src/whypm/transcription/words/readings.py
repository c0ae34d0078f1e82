"""Two readings of the same sound, made into one.

Whisper tidies speech: asked plainly, it leaves out "um" and "uh". Shown hesitant text first, it writes them
down, but then it sometimes skips whole passages or repeats itself without end. So every window is read
both ways: the plain reading gives the words, the verbatim one the hesitations, repeats and times.
"""

import re
import zlib
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import groupby
from statistics import fmean

from whypm.domain.transcript import Word

HESITATIONS = frozenset({"um", "uh", "uhm", "umm", "uhh", "erm", "er", "ah", "eh", "hm", "hmm", "mm", "mhm"})
"""Sounds that only a verbatim reading writes down. The report has its own list, where "mhm" is an answer."""

FASTEST_WORDS_PER_SECOND = 7.0
"""Nobody is understood faster: 400 words a minute; see Goldman-Eisler (1968) on bursts of articulation."""
LEAST_HEARD = 0.3
"""Of a low voice on a line that is cut off sharply at 300 and 3400 Hz the voice detector hears this share. By
that alone, two right readings of such a window (34 and 32 words in 7 s, 2.9 s of it voiced) were too fast."""
LOOPED_WORD, LOOPED_PHRASE = 6, 4
"""A word or a phrase said this often in a row is the decoder's loop; people stop earlier."""
LONGEST_LOOP_WORDS = 8
"""Phrases longer than this are not looked for; `LOOP_COMPRESSION` finds what goes round in them."""
LOOP_COMPRESSION = 2.4
"""Whisper's own threshold: text that deflates to less than 1/2.4 of its length repeats itself."""

SHORTEST_COMPRESSED_BYTES = 100
"""Short texts do not deflate, whatever they say."""
LEAST_LAST_PROBABILITY = 0.02
LEAST_TAIL_PROBABILITY = 0.1
"""Last words below these were invented, in every recording that was looked at."""
TIMELESS_WORDS = 3
"""So many last words in a row that take no time at all were never said: where a recording ends in the middle
of a word, Whisper sometimes writes the sentence once more, all of it at the sound's end (11 and 20 words so).
Of 95 readings of the recordings that are no loops, 93 have no such word, one has one and one has two."""
LEAST_AGREEMENT = 0.5
"""Readings that share less than half describe different sounds; the verbatim one is then not trusted. It made
hesitations out of words of an accent that neither reading understood. Of the 43 recordings, those with
hesitations in their reference share 0.8 and more in every window, but for two of three words each."""
SLOW_SECONDS_PER_LETTER = 0.12
"""Slow speech: 100 words a minute, five letters each. A word that leaves a hesitation beside it less time
than this takes has no hesitation in it."""
SOUND_ALIKE_LETTERS = 2
"""A word this short ("a", "of") may be how the plain reading wrote the hesitation itself."""
MOST_ADDED_WORDS = 3
"""A repeat or restart ("I was, I was") is short; a longer addition is invented."""

Reading = tuple[Word, ...]


def plain_form(text: str) -> str:
    """Return a word in lower case without punctuation, as words are compared."""
    return re.sub(r"[^\w']", "", text.lower()).strip("'")


def is_hesitation(word: Word) -> bool:
    """Say whether the word is only a sound such as "um"."""
    return plain_form(word.text) in HESITATIONS


def _written_short(word: Word) -> Word:
    """Return "umm" for "ummmmmm": a sound that somebody draws out, and Whisper with them."""
    short = re.sub(r"(\w)\1{2,}", r"\1\1", word.text)
    return replace(word, text=short) if plain_form(short) in HESITATIONS else word


def believable(reading: Reading, voiced_seconds: float) -> bool:
    """Say whether somebody can have said this: not too fast, and not the same over and over.

    Where the voice detector hears little of a voice, the words' own times tell how long they took; those of
    words that were made up are crammed.
    """
    own_seconds = sum(word.end - word.start for word in reading)
    spoken_seconds = max(voiced_seconds, min(own_seconds, voiced_seconds / LEAST_HEARD))
    if len(reading) > (spoken_seconds + 0.5) * FASTEST_WORDS_PER_SECOND:
        return False
    text = " ".join(plain_form(word.text) for word in reading).encode()
    return len(text) < SHORTEST_COMPRESSED_BYTES or len(text) / len(zlib.compress(text)) <= LOOP_COMPRESSION


def without_inventions(reading: Reading) -> Reading:
    """Return the reading without its loops, and without what Whisper adds in the silence after the last word.

    A loop's phrase is kept once, unless the reading ends with it: then all of it was made up.
    """
    reading = tuple(_written_short(word) for word in reading)
    forms = [plain_form(word.text) for word in reading]
    kept: list[Word] = []
    index = 0
    while index < len(reading):
        length, repeats = _loop_at(forms, index)
        following = index + length * repeats
        if repeats == 1 or following < len(reading):
            kept.extend(reading[index : index + length])
        index = following
    kept = _without_timeless_tail(kept)
    while kept and kept[-1].probability < LEAST_LAST_PROBABILITY:
        kept.pop()
    return _without_unsure_tail(tuple(kept))


def goes_round(reading: Reading) -> bool:
    """Say whether the decoder was caught in a loop."""
    forms = [plain_form(word.text) for word in reading]
    return any(_loop_at(forms, start) != (1, 1) for start in range(len(forms)))


def _loop_at(forms: list[str], start: int) -> tuple[int, int]:
    """Return the length in words of the loop that starts here and how often it runs; (1, 1) for none."""
    for length in range(1, LONGEST_LOOP_WORDS + 1):
        phrase = forms[start : start + length]
        repeats = 1
        while forms[start + repeats * length : start + (repeats + 1) * length] == phrase:
            repeats += 1
        if repeats >= (LOOPED_WORD if length == 1 else LOOPED_PHRASE):
            return length, repeats
    return 1, 1


def _without_timeless_tail(words: list[Word]) -> list[Word]:
    """Drop a last row of words that take no time, as Whisper gives them."""
    end = len(words)
    while end and words[end - 1].end <= words[end - 1].start:
        end -= 1
    return words[:end] if len(words) - end >= TIMELESS_WORDS else words


def _without_unsure_tail(reading: Reading) -> Reading:
    """Drop a last row of hesitations that Whisper did not believe in when it began."""
    end = len(reading)
    while end and is_hesitation(reading[end - 1]):
        end -= 1
    unsure = end < len(reading) and reading[end].probability < LEAST_TAIL_PROBABILITY
    return reading[:end] if unsure else reading


def merge_readings(plain: Reading, verbatim: Reading) -> Reading:
    """Return the plain reading's words with what the verbatim reading heard between them.

    Where both agree the verbatim times are taken, as they leave room for the hesitations. Where they differ,
    the one that Whisper was surer of wins. Words of one reading that the other skipped are kept, except
    that the verbatim reading may not add long passages of its own.
    """
    our_words, our_sounds = _set_apart(plain)
    their_words, their_sounds = _set_apart(verbatim)
    matcher = SequenceMatcher(
        None,
        [plain_form(word.text) for word in our_words],
        [plain_form(word.text) for word in their_words],
        autojunk=False,
    )
    if our_words and matcher.ratio() < LEAST_AGREEMENT:
        return plain
    merged: list[Word] = []
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        if tag == "equal":
            for ours, theirs in zip(range(start, end), range(other_start, other_end), strict=True):
                sounds = their_sounds.get(theirs) or our_sounds.get(ours, ())
                merged += [*sounds, _agreed(our_words[ours], their_words[theirs], after_sound=bool(sounds))]
        else:
            sounds = _between(their_sounds, other_start, other_end)
            chosen = _chosen(our_words[start:end], their_words[other_start:other_end])
            if not _have_room(sounds, our_words[start:end]):
                sounds, chosen = (), our_words[start:end]
            sounds = sounds or _between(our_sounds, start, end)
            merged += sorted((*chosen, *sounds), key=lambda word: word.start + word.end)
    merged += their_sounds.get(len(their_words)) or our_sounds.get(len(our_words), ())
    return _with_capitals(_each_once(merged, plain, verbatim))


def _each_once(merged: list[Word], plain: Reading, verbatim: Reading) -> list[Word]:
    """Leave out the plain reading's hesitations that the verbatim one has at the same time.

    Where it has a restart too ("I, um, I like" for "I, um, like"), both stand between other words.
    """
    heard = [word for word in merged if word in verbatim and is_hesitation(word)]
    return [
        word
        for word in merged
        if not is_hesitation(word)
        or word in verbatim
        or word not in plain
        or all(word.end <= other.start or other.end <= word.start for other in heard)
    ]


def _agreed(ours: Word, theirs: Word, *, after_sound: bool) -> Word:
    text = theirs.text if after_sound else ours.text  # "Um, hopefully", where we had "Hopefully"
    return Word(text, theirs.start, theirs.end, max(ours.probability, theirs.probability))


def _have_room(sounds: Reading, words: Reading) -> bool:
    """Say whether the plain words leave time for the sounds ("acoustic" leaves none for "um, sick")."""
    for word in words:
        inside = [sound for sound in sounds if word.start <= (sound.start + sound.end) / 2 < word.end]
        left_seconds = word.end - word.start - sum(sound.end - sound.start for sound in inside)
        letters = len(plain_form(word.text))
        if inside and letters > SOUND_ALIKE_LETTERS and left_seconds < letters * SLOW_SECONDS_PER_LETTER:
            return False
    return True


def _between(sounds: dict[int, Reading], start: int, end: int) -> Reading:
    return tuple(sound for index in range(start, end) for sound in sounds.get(index, ()))


def _with_capitals(words: list[Word]) -> Reading:
    """Begin a hesitation with a capital where it begins a sentence, and nowhere else."""
    fitted: list[Word] = []
    for word in words:
        opens = not fitted or fitted[-1].text.endswith((".", "?", "!"))
        cased = word.text.capitalize() if opens else word.text.lower()
        fitted.append(replace(word, text=cased) if is_hesitation(word) else word)
    return tuple(fitted)


def _chosen(ours: Reading, theirs: Reading) -> Reading:
    if not ours:
        return theirs if len(theirs) <= MOST_ADDED_WORDS else ()
    if len(theirs) < len(ours) or len(theirs) > len(ours) + MOST_ADDED_WORDS:
        return ours
    return theirs if _sureness(theirs) > _sureness(ours) else ours


def _sureness(words: Reading) -> float:
    return fmean(word.probability for word in words)


def _set_apart(reading: Reading) -> tuple[Reading, dict[int, Reading]]:
    """Return the words, and the hesitations by the index of the word that follows them."""
    spoken: list[Word] = []
    hesitations: dict[int, Reading] = {}
    for hesitant, group in groupby(reading, key=is_hesitation):
        words = tuple(group)
        if hesitant:
            hesitations[len(spoken)] = words
        else:
            spoken.extend(words)
    return tuple(spoken), hesitations
