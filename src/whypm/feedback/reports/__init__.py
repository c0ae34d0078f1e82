"""All of it put together as a report, and as the JSON that is kept and printed."""
