"""The virtual sound card for every end-to-end test."""

from virtual_sound import sound_card

__all__ = ["sound_card"]
