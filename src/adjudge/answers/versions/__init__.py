"""What a new version of a policy changes, as people read it."""
