"""For how long what is no longer needed is kept: rules that the institution settles, each in days; none means for ever.

Not what goes when: `adjudge.institution.keeping` says that, and what stands in the way. GDPR Art. 5(1)(e).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from adjudge.basis.said import Said, say
from adjudge.errors import RefusedError
from adjudge.institution.house import refused
from adjudge.records.rows import ProcedureRow

LONGEST_KEPT = 36_500
DOCUMENTS, CONTACTS, MESSAGES, PEOPLE = "documents", "contacts", "messages", "people"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What goes by a rule, after what its days begin, and what is suggested."""

    title: Said
    suggested: int


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        DOCUMENTS: Rule(
            title=say("words and bytes of documents, after the last matter of their advertiser was closed"),
            suggested=365,
        ),
        CONTACTS: Rule(
            title=say("addresses of advertisers, after their last matter was closed, and where notices went"),
            suggested=365,
        ),
        MESSAGES: Rule(title=say("words of messages, after their appeal ended"), suggested=365),
        PEOPLE: Rule(title=say("names and addresses of people, after they were shut out"), suggested=365),
    }
)
"""A year beside the six months in which one may complain leaves time for a settlement and for a court."""


def kept_days(row: ProcedureRow, rule: str) -> int:
    """After how many days it goes; 0 where it is kept."""
    return int(row.retention.get(rule, "0"))


def retention_of(given: Mapping[str, str]) -> dict[str, str]:
    """Rules as they are kept: those that say nothing are left out. Raises RefusedError for what is none."""
    for name, text in given.items():
        if name not in RULES:
            message = say("there is no rule of retention {rule}", rule=name[:100])
            raise _odd(message, say("choose among: {kinds}", kinds=tuple(RULES)))
        if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) <= LONGEST_KEPT):  # noqa: PLR2004 - a limit
            message = say("{rule} cannot be kept for {text} days", rule=name, text=text[:100])
            raise _odd(
                message, say("write a number of days from 0 to {most}; 0 means kept", most=LONGEST_KEPT)
            )
    return {name: str(int(given[name])) for name in RULES if int(given.get(name) or 0)}


def _odd(message: Said, hint: Said) -> RefusedError:
    return refused("bad-value", message, hint)
