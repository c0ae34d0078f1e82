"""What a child process of a test does: a spawned child finds what tests share, and no test module."""

from multiprocessing.connection import Connection


def say_still_here(connection: Connection) -> None:
    """Send that the child lives, and end."""
    with connection:
        connection.send("still here")
