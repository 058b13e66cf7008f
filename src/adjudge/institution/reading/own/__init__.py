"""What an advertiser reads of its own file."""
