"""What an answer is written in: its language, sentences, clauses and words, and hesitations and numbers there."""
