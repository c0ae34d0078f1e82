"""What the pages' intents lead to: each desk hands them on, and tells its page what came of it."""
