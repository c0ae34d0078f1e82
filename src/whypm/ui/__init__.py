"""The window: pages, widgets, and the bridge from the session to them."""
