"""Backups: everything that an institution keeps as one file that proves itself, and an institution made from one."""
