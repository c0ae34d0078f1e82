"""How an answer was spoken: its length, pace, pauses, repairs and pitch, each beside its target."""
