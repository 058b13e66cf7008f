"""What the public may see of a decision: made by one function, and handed to every face instead of the rows."""
