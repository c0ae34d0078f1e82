"""Measurements and training. Not shipped."""
