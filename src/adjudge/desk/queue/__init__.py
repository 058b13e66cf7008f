"""What waits for somebody, in the order in which it should be taken."""
