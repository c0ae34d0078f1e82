"""A recording recognised, whole or while it grows, by a loaded model."""
