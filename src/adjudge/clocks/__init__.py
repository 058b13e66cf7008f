"""Clocks that bind the platform: how long it may take, by which calendar, and what follows when its time is over."""
