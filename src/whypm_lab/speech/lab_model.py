"""The models that a measurement is made with, and where what they need is put."""

from pathlib import Path
from tempfile import gettempdir

from whypm.feedback.fillers.network import FillerNetwork
from whypm.feedback.fillers.phrase_judge import PhraseJudge, read_phrase_judge
from whypm.places import find_places
from whypm.transcription.models.shelf import ModelFolder, ModelShelf
from whypm.transcription.recognition.engine import Engine

CACHE = Path(gettempdir()) / "whypm-lab-models"
THREADS = 2


def lab_model(name: str) -> ModelFolder:
    """Return the model of this name, or in this folder. Raises ModelError where there is none."""
    return ModelShelf(CACHE).resolve(name)


def lab_engine(name: str) -> Engine:
    """Return an engine with this model, on as many threads as the app gives it. Raises ModelError."""
    model = lab_model(name)
    return Engine(model.path, model.name, THREADS)


def lab_phrases() -> PhraseJudge:
    """Return what tells fillers in the app, its network in this process. Raises ModelError."""
    folder = find_places().assets / "fillers"
    return read_phrase_judge(folder, FillerNetwork(folder))
