"""Migrations; each goes forward from every state that was landed."""
