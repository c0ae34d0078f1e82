"""The page of the settings: sound, voice and models."""
