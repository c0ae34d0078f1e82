"""How well speech is recognised, measured on real recordings."""
