"""Data folders that programs of earlier times left behind, packed; and how a test has one in a database of its own."""
