"""Tests that policy authors write: cases with what they expect of a policy, run and counted."""
