"""The report: put together from all of it, made anew after a correction, and as JSON to keep and to print."""
