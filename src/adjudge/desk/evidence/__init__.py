"""Documents as they are read, and what is claimed of them."""
