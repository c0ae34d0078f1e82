"""The window round the pages: navigation, notices, the list of keys."""
