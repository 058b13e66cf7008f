"""What somebody may see, gathered for pages and commands: a matter, a decision, the lists one chooses from."""
