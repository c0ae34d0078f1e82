"""The page of what was rehearsed, and two answers beside each other."""
