"""A client of the API in Python, of the standard library alone: typed calls of every operation.

Not the API's own room: nothing here knows the institution, Django or a database. `docs/guides/api.md` shows its use.
"""

from adjudge.client.client import Client
from adjudge.client.file import File, Upload
from adjudge.client.listing import Listing, Page
from adjudge.client.problem import ApiError, Change, Finding, NoAnswerError

__all__ = ["ApiError", "Change", "Client", "File", "Finding", "Listing", "NoAnswerError", "Page", "Upload"]
