"""WhyPM: a mock interviewer for the question "Why product management?"."""
