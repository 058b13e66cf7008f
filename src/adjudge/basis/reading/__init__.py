"""Texts from outside to nodes that know their place, and nodes to typed values."""
