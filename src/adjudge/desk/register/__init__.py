"""The public register as pages, files, a feed, and what other sites can show of it: for everybody."""
