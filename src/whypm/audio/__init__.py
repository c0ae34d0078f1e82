"""The sound card: devices, recording, level, playing, and sound files."""
