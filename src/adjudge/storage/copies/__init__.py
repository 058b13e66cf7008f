"""Databases copied whole: read as they were at one instant, and built anew from what was read."""
