"""What an exception to advance notice must have: a service that ends, reasons that are told, an infringement before.

Not when a measure begins, which is `adjudge.notices.beginning`. P2B Art. 4(4).
"""

from collections.abc import Iterable

from adjudge.answers.answer import SubjectAnswer
from adjudge.basis.said import say
from adjudge.errors import Finding
from adjudge.matters.proposal import Proposal
from adjudge.notices.beginning import NoAdvance, is_termination


def advance_findings(left: SubjectAnswer, proposal: Proposal, *, infringed_before: bool) -> Iterable[Finding]:
    """What a proposal lacks that ends a service without advance notice."""
    if proposal.no_advance is None:
        return
    if not _ends_service(left):
        message = say("it ends no advertiser's service, so that nothing is told in advance")
        yield Finding("needless-exception", message, say("leave the exception out"))
    why = " ".join(proposal.why_no_advance.split())
    if not why:
        message = say("it ends a service without advance notice, and does not say why")
        yield Finding("exception-without-reasons", message, say("write why the exception holds"))
    elif proposal.wording.strip() and why not in " ".join(proposal.wording.split()):
        message = say("its statement of reasons does not say why there is no advance notice")
        hint = say("put the same words into the statement, or let it be written from the case")
        yield Finding("exception-not-stated", message, hint)
    if proposal.no_advance is NoAdvance.REPEATED_INFRINGEMENT and not infringed_before:
        message = say("no earlier decision on other claims put a measure on this advertiser")
        yield Finding("not-repeated", message, say("name another exception, or give the advance notice"))


def _ends_service(left: SubjectAnswer) -> bool:
    """Whether a rule whose measure is taken, as it is left after departing, excludes an advertiser."""
    wanted = {item.rule for item in left.decision.measures}
    return any(item.rule.id in wanted and is_termination(item.rule) for item in left.explanations)
