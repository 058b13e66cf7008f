"""One matter and its decisions: what is on record, what is proposed, signed and issued."""
