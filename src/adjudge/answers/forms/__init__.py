"""The forms in which an answer is written out: JSON for programs, text, Markdown and HTML for people."""
