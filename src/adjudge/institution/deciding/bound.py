"""What signatures are bound to, beside the proposal itself: everything from which the statement of reasons is written.

Claims are named by their ids, since a claim never changes its words; a subject recorded anew, another address for
complaints or another claim that carries the weight is another basis.
"""

from adjudge.answers.answer import Answer, SubjectAnswer
from adjudge.basis.digest import Json, digest_of
from adjudge.institution.binding.procedure import procedure_row
from adjudge.institution.material.view import outcome_form
from adjudge.institution.plain import as_text, textual
from adjudge.institution.staff.settling import institution_row
from adjudge.matters.gate import applied_rules
from adjudge.reasons.explain import Explanation
from adjudge.records.ports import Reading
from adjudge.records.rows import MatterRow
from adjudge.records.shelf import INSTITUTIONS, SUBJECTS


def basis_of(records: Reading, matter: MatterRow, answer: Answer, left: SubjectAnswer) -> Json:
    """The basis of a proposal: what was found, on which claims, and what its statement says of whom."""
    subject = left.party.subject
    people = {str(subject.id), str(subject.advertiser or subject.id)}
    rows = [row for row in (records.get(SUBJECTS, key) for key in sorted(people)) if row is not None]
    advance = procedure_row(records).advance_days
    return {
        **({"advance_days": str(advance)} if advance else {}),
        "package": answer.digest,
        "outcome": outcome_form(answer, subject.id),
        "reasons": [_reason(item) for item in applied_rules(left)],
        "subjects": {row.id: digest_of(as_text(row.content)) for row in rows},
        "institution": digest_of(INSTITUTIONS.write(institution_row(records)).decode()),
        "matter": textual([matter.source, matter.detection, *matter.notified]),
    }


def seen_by(records: Reading, matter: MatterRow, answer: Answer, found: SubjectAnswer) -> str:
    """The digest of what an author has before them: a proposal that was written of something else is not taken."""
    return digest_of(basis_of(records, matter, answer, found))


def _reason(item: Explanation) -> Json:
    """One applied rule with the ids of all that speaks for it and against it."""
    return textual(
        {
            "rule": item.rule.id,
            "grounds": [claim.id for claim in item.grounds.claims] if item.grounds else [],
            "supporting": sorted(claim.id for claim in item.supporting),
            "contrary": sorted(contrary.claim.id for contrary in item.contrary),
            "silent": sorted(item.silent),
        }
    )
