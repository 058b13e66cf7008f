"""The log for those outside, rows held to it, and recorded decisions made again."""
