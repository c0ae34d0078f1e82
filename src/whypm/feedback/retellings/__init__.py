"""What stays, vanishes and contradicts itself from one answer of a user to the next."""
