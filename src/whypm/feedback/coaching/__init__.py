"""What to do next: advice, drills and follow-up questions, and what their answers are held against."""
