"""Matters and decisions: opened, proposed, signed, issued, and reopened where their grounds fall away."""
