"""The HTTP API: parses what comes in, has one procedure of the institution do it, and presents what came of it."""
