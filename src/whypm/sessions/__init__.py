"""The rehearsal: its state machine, what drives it, and what is kept of it."""
