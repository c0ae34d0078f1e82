"""The interviewer's voice: text rendered to a sound file by a child process."""
