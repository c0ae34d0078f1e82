"""Where in a recording there is a voice, and how high it is."""
