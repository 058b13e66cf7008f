"""Hooks: programs of the platform's own that are told of what happens, from the log; not how a call is made."""
