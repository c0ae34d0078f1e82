"""What is made of the words that Whisper gives: which to believe, and where they were said."""
