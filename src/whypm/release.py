"""Which release of WhyPM this is, and where there are others.

``importlib.metadata`` brings a parser of e-mails with it: the window's first picture does not wait for that.
"""

_NOWHERE = ".example/"
"""Such addresses lead nowhere (RFC 2606): one of them holds the place until there is a page."""


def app_version() -> str:
    """Return the version as ``pyproject.toml`` has it."""
    from importlib.metadata import version

    return version("whypm")


def releases_page() -> str | None:
    """Return the address of the page with all releases, as ``pyproject.toml`` has it; None without one."""
    from importlib.metadata import metadata

    for entry in metadata("whypm").get_all("Project-URL") or ():
        name, _, address = entry.partition(", ")
        if name == "Releases" and address.startswith("https://") and _NOWHERE not in address:
            return str(address)
    return None
