"""What is made of Whisper's words: which to believe, how two readings become one, where they were said."""
