"""What advertisers were told, and how they are reached."""
