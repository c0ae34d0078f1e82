"""The model that a measurement is made with, and where what it needs is put."""

from pathlib import Path
from tempfile import gettempdir

from whypm.transcription.engine import Engine
from whypm.transcription.models import ModelFolder, ModelShelf

CACHE = Path(gettempdir()) / "whypm-lab-models"
THREADS = 2


def lab_model(name: str) -> ModelFolder:
    """Return the model of this name, or in this folder. Raises ModelError where there is none."""
    return ModelShelf(CACHE).resolve(name)


def lab_engine(name: str) -> Engine:
    """Return an engine with this model, on as many threads as the app gives it. Raises ModelError."""
    model = lab_model(name)
    return Engine(model.path, model.name, THREADS)
