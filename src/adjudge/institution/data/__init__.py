"""Data in and out: files and case folders brought in, tables as known at a time."""
