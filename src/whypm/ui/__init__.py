"""The window: its pages, what they are made of, and the desks that act on what the pages are asked for."""
