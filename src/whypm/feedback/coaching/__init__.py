"""What to do next, in one sentence and in advice, drills and follow-up questions, and how these are answered."""
