"""Invented populations of any size, in the layout `adjudge-data/1`: the same request gives the same bytes."""
