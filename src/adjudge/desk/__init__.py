"""The institution's pages: sign in, look, act, each by one procedure; thin, over templates and one style sheet.

More than ten modules, since each page has its own, so that a page can be read by itself.
"""
