"""What an answer is made of: sentences, clauses, words and the numbers spelled out among them."""
