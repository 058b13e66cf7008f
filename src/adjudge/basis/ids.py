"""Typed identifiers; a bare `str` never stands for one across a room's door.

What a text may be as an identifier is checked where it is read (`adjudge.basis.reading.shape`), not here.
"""

from typing import NewType

SubjectId = NewType("SubjectId", str)
ClaimId = NewType("ClaimId", str)
RuleId = NewType("RuleId", str)
DocumentId = NewType("DocumentId", str)
OriginId = NewType("OriginId", str)
FactName = NewType("FactName", str)
"""A fact with its kind, as `advertiser.country`."""
