"""Which language an answer was in, where it was not English."""

from types import MappingProxyType

from whypm.domain.transcript import Recognition

_SURE_FROM_PROBABILITY = 0.5
"""More likely than all other languages together, by Whisper's own estimate."""

_NAMES = MappingProxyType(
    {
        "ar": "Arabic", "bn": "Bengali", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
        "es": "Spanish", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
        "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean",
        "ms": "Malay", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese",
        "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sv": "Swedish", "ta": "Tamil", "te": "Telugu",
        "th": "Thai", "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese",
        "zh": "Chinese",
    }
)  # fmt: skip


def foreign_language(recognition: Recognition) -> str | None:
    """Return the name of the answer's language, or None where it is English or uncertain."""
    if recognition.language == "en" or recognition.language_probability < _SURE_FROM_PROBABILITY:
        return None
    return _NAMES.get(recognition.language, f"another language ({recognition.language})")
