"""The child process that the recogniser lives in, and the talk with it."""
