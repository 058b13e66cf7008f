"""What a person proposes to decide about one subject, in the person's own words where the outcome leaves room for them.

Not the outcome: that is computed anew, at the proposal and again when the decision is issued.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from adjudge.basis.digest import Digest, Json, digest_of
from adjudge.basis.ids import ClaimId, RuleId
from adjudge.language.package import MeasureKind
from adjudge.notices.beginning import NoAdvance


class Departing(StrEnum):
    """How far a proposal goes from the outcome. Only to the milder side: what no rule allows cannot be imposed."""

    NOT = "not"
    MILDER = "milder"
    NO_MEASURE = "no_measure"


@dataclass(frozen=True, slots=True)
class Milder:
    """A measure that takes the place of a severer one: told once, or a suspension for so many days."""

    kind: MeasureKind
    days: int = 0


MILDER_KINDS = frozenset({MeasureKind.NOTIFY, MeasureKind.SUSPEND})
"""The others need texts, certificates or hours that a rule states, and a proposal does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A proposal. `instead` names, for rules whose measure is not taken as it is, the milder one (None: none).

    `answers` are the author's answers to claims that count against it, beyond what the weighing itself replies;
    `milder` and `rights` say how milder measures and the rights concerned were weighed; `why_departing` why the
    outcome is not followed. `wording` is the author's own statement of reasons, in the form of a notice file or as
    plain text; empty where it is to be written from the case. `appeal` is the appeal that it decides, `replies` the
    answers to its points; `unfounded` says that it is manifestly so, which only an appeal can be that is upheld.
    `no_advance` is the exception by which a service ends without advance notice, `why_no_advance` why it holds.
    """

    reason: str
    instead: Mapping[RuleId, Milder | None] = field(default_factory=dict)
    answers: Mapping[ClaimId, str] = field(default_factory=dict)
    milder: str = ""
    rights: str = ""
    why_departing: str = ""
    wording: str = ""
    appeal: str = ""
    replies: Mapping[str, str] = field(default_factory=dict)
    unfounded: bool = False
    no_advance: NoAdvance | None = None
    why_no_advance: str = ""

    @property
    def departing(self) -> Departing:
        """How far it goes from the outcome."""
        if not self.instead:
            return Departing.NOT
        return Departing.NO_MEASURE if None in self.instead.values() else Departing.MILDER

    @property
    def tree(self) -> dict[str, Json]:
        """As it is recorded and hashed. What decides no appeal says nothing of appeals."""
        further: dict[str, Json] = {"appeal": self.appeal, "replies": {**self.replies}} if self.appeal else {}
        if self.unfounded:
            further["unfounded"] = True
        if self.no_advance is not None:
            further |= {"no_advance": self.no_advance.value, "why_no_advance": self.why_no_advance}
        return {
            **further,
            "reason": self.reason,
            "instead": {
                str(rule): {"kind": milder.kind.value, "days": str(milder.days)} if milder else None
                for rule, milder in self.instead.items()
            },
            "answers": {str(claim): text for claim, text in self.answers.items()},
            "milder": self.milder,
            "rights": self.rights,
            "why_departing": self.why_departing,
            "wording": self.wording,
        }

    def digest(self, matter: str, subject: str, basis: Json) -> Digest:
        """What signatures are bound to: the proposal, whom it is about, and all that it was made upon."""
        tree: Json = {"proposal": self.tree, "matter": matter, "subject": subject, "basis": basis}
        return digest_of(tree)


def proposal_from(tree: Mapping[str, Any]) -> Proposal:
    """A proposal as it was recorded."""
    return Proposal(
        **{name: str(tree.get(name) or "") for name in _TEXTS},
        instead={RuleId(rule): _milder(given) for rule, given in (tree.get("instead") or {}).items()},
        answers={ClaimId(claim): str(text) for claim, text in (tree.get("answers") or {}).items()},
        replies={str(point): str(text) for point, text in (tree.get("replies") or {}).items()},
        unfounded=tree.get("unfounded") is True,
        no_advance=NoAdvance(tree["no_advance"]) if tree.get("no_advance") else None,
    )


def _milder(given: Mapping[str, str] | None) -> Milder | None:
    return Milder(MeasureKind(given["kind"]), int(given["days"])) if given else None


_TEXTS = ("reason", "milder", "rights", "why_departing", "wording", "appeal", "why_no_advance")
