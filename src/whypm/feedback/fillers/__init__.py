"""Which "like" or "you know" fills a gap, and which is meant."""
