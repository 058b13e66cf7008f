"""All that is kept of one advertiser and that it may see, as a file that it takes with it."""
