"""A good answer as the tests of what is advised take it: its sentences, and figures within every band."""

from whypm.domain.timing import Timing
from whypm.domain.transcript import Sentence, Transcript

FINE = Timing(80.0, 1.0, 75.0, 175, 140.0, 150.0, (), (), 0.0)
SENTENCES = (
    "I work well with engineers.",
    "As an analyst I ran forty calls and shipped the returns page.",
    "I want a say in what gets built, as I am tired of getting the specification when it is written.",
    "It began when our only designer left and I was asked to run the release.",
    "Sales wanted the button, but churn was the leak, so we fixed onboarding first.",
)


def transcript_of(*texts: str) -> Transcript:
    """Return these sentences as a typed answer."""
    return Transcript(" ".join(texts), None, tuple(Sentence(text) for text in texts))


SAID = transcript_of(*SENTENCES)
