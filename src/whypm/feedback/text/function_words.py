"""Small words by the part they play in a sentence."""

from whypm.feedback.text.tokens import word_set

SUBJECTS = word_set(
    "i we they he she it you there i'm i've i'd i'll we're we've we'd they're they've they'd he's "
    "she's it's there's that's you're it'd it'll"
)
DETERMINERS = word_set("a an the my our your their his her its this that these those")
BE = word_set(
    "is was were are am be been it's that's he's she's i'm we're they're there's you're what's "
    "who's isn't wasn't being"
)
PREPOSITIONS = word_set("for in with from at into on by through after of about over within")
CONJUNCTIONS = frozenset({"and", "but", "so", "because", "then", "or"})
