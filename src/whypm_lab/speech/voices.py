"""Voices that read answers aloud for measurements: programs of the machine, each a process of its own.

flite (its licence is like MIT's) comes from the distribution; ``piper`` (GPL, so never imported) from any
environment that is on the path, with a voice's model file.
"""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

LONGEST_SECONDS = 300.0
"""No answer takes a synthesiser longer to speak."""


@dataclass(frozen=True, slots=True)
class ReadingVoice:
    """A voice by its name: ``flite:rms``, ``flite:slt``, ``piper:/path/to/voice.onnx``."""

    program: str
    voice: str

    @classmethod
    def named(cls, name: str) -> "ReadingVoice":
        """Return the voice; raise ValueError where its program is unknown or missing."""
        program, _, voice = name.partition(":")
        if program not in {"flite", "piper"} or not voice:
            raise ValueError(f"{name} is no voice: write flite:NAME or piper:FILE.onnx.")
        if shutil.which(program) is None:
            raise ValueError(f"{program} is not installed; the voice {name} needs it.")
        return cls(program, voice)

    @property
    def name(self) -> str:
        """What tables call it."""
        return f"{self.program}:{Path(self.voice).stem}"

    def speak(self, text: str, wav: Path) -> None:
        """Write the text as speech to ``wav``; raise CalledProcessError where the program fails."""
        if self.program == "flite":
            words = wav.with_suffix(".txt")
            words.write_text(text, encoding="utf-8")
            command = ["flite", "-voice", self.voice, "-f", str(words), "-o", str(wav)]
            subprocess.run(command, check=True, capture_output=True, timeout=LONGEST_SECONDS)
            return
        command = ["piper", "--model", self.voice, "--output-file", str(wav)]
        subprocess.run(command, check=True, capture_output=True, timeout=LONGEST_SECONDS, input=text.encode())
