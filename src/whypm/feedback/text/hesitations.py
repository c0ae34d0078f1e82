"""The sounds of hesitation, as they are written down."""

from whypm.feedback.text.tokens import word_set

HESITATIONS = word_set("um umm ummm uh uhh uhhh uhm er erm hm hmm hmmm mm mmm ah ahh eh ehm")
"""As Whisper spells them. "Mhm" and "uh-huh" are answers, not hesitations.

Transcription has a list of its own, `transcription.words.readings.HESITATIONS`: what only a verbatim reading
writes down, "mhm" among it.
"""
