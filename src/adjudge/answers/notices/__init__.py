"""Notices examined and statements written, as people read them."""
