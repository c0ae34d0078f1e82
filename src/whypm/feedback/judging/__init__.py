"""Which items of the checklist an answer shows, by which sentences, and how sure that is."""
