"""The text of one expression: to a tree with places and back; nothing of what it means."""
