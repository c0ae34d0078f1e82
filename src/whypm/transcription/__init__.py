"""Whisper on this machine: its models, and a child process that runs them."""
