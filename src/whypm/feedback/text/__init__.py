"""What an answer is written in: its language, sentences, clauses, words, hesitations and numbers."""
