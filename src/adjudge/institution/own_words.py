"""The reasons that the institution gives of itself, kept as plain words and said again in the reader's language.

Not what people wrote: that stays as it is. Rows and the log keep texts alone, so that ours are known by their words.
"""

import re
from collections.abc import Iterable

from adjudge.basis.said import Row, Said, say

BY_AUTOMATION = say("decided by automation, as the rules that apply provide")
FROM_CASE = say("taken from the case that is brought in, until it is settled anew")
CLAIMS_FELL = say("claims fell away")
RULES_GONE = say("rules are no longer in force")
NO_LONGER_MET = say("no longer met")
NOT_AS_APPROVED = say("the ad is not as it was approved")
PUT_RIGHT = say("what it is about was put right before it began")
TAKEN = say("taken out of the queue")
ASKED_AGAIN = say("its addressee asked for it, by its address and its reference")
ON_THE_PAGE = say("the page of the advertiser")
"""The proof of what stands on the page: it stands there."""
_CONSTANT = {
    str(said): said for said in (BY_AUTOMATION, FROM_CASE, PUT_RIGHT, TAKEN, ASKED_AGAIN, ON_THE_PAGE)
}
_WHY = {str(said): said for said in (CLAIMS_FELL, RULES_GONE, NO_LONGER_MET, NOT_AS_APPROVED)}
_FELL = re.compile(r"(?P<decision>[^\s:]+): (?P<why>[^:]+): (?P<lost>.+)", re.DOTALL)
_CASE = re.compile(r"the case (?P<case>\S+) (?P<when>is|was) brought in")
_FILED = re.compile(r"the appeal (?P<appeal>\S+) was filed")


def fell_away(decision: str, why: Said, lost: Iterable[str]) -> Said:
    """Why a matter is reopened by rule: the decision, and what it rested on."""
    return say("{decision}: {why}: {lost}", decision=decision, why=why, lost=Row(lost))


def case_is_brought_in(case: str) -> Said:
    """Why a case's material comes in."""
    return say("the case {case} is brought in", case=case)


def case_was_brought_in(case: str) -> Said:
    """Why a matter is opened for a case."""
    return say("the case {case} was brought in", case=case)


def appeal_was_filed(appeal: str) -> Said:
    """Why a closed matter is reopened by rule: somebody appeals against what was decided in it."""
    return say("the appeal {appeal} was filed", appeal=appeal)


def said_again(text: str) -> str:
    """A reason that was kept, as it was said where it is one of ours; any other text as it is."""
    if text in _CONSTANT:
        return _CONSTANT[text]
    fell, case, filed = _FELL.fullmatch(text), _CASE.fullmatch(text), _FILED.fullmatch(text)
    if fell is not None and fell["why"] in _WHY:
        return fell_away(fell["decision"], _WHY[fell["why"]], fell["lost"].split(", "))
    if case is not None:
        said = case_is_brought_in if case["when"] == "is" else case_was_brought_in
        return said(case["case"])
    if filed is not None:
        return appeal_was_filed(filed["appeal"])
    return text
