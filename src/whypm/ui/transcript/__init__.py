"""The words of an answer, to be read, played and put right."""
