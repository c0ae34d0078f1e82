"""Which release of WhyPM this is."""

from importlib.metadata import version


def app_version() -> str:
    """Return the version as ``pyproject.toml`` has it."""
    return version("whypm")
