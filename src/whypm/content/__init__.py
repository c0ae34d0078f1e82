"""Question packs: read from TOML, checked, and picked from."""
