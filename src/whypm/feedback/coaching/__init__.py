"""What to do next: one sentence, advice, drills and follow-up questions, and what these are held against."""
