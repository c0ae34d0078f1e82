"""How a recording is cut for Whisper, and what is read when."""
