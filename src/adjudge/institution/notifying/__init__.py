"""Notices to advertisers: owed in what they tell of, made from what is committed, then delivered until proven."""
