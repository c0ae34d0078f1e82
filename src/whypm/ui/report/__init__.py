"""What is shown of one answer: advice, checklist, parts, delivery and its course over time."""
