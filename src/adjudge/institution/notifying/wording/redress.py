"""The ways that are left after our own: settlement out of court, mediation, courts. DSA Art. 20(5), P2B Art. 12."""

from adjudge.institution.binding.procedure import procedure_row
from adjudge.institution.notifying.wording.telling import Telling
from adjudge.institution.staff.settling import institution_row
from adjudge.letters.letter import Block, Heading, Paragraph, Points


def further_ways(telling: Telling) -> tuple[Block, ...]:
    """Where else one can turn."""
    tongue, settlement = telling.tongue, institution_row(telling.records).settlement
    mediators = procedure_row(telling.records).mediators
    body = (
        tongue(
            "If you do not agree, you can turn to a body of out-of-court settlement; bodies are listed at {address}.",
            address=settlement,
        )
        if settlement
        else tongue("If you do not agree, you can turn to a body of out-of-court settlement.")
    )
    proposed: tuple[Block, ...] = (
        (Paragraph(tongue("We are ready to work with these mediators:")), Points(mediators))
        if mediators
        else ()
    )
    court = tongue("You can also go to court at any time.")
    return (Heading(tongue("What you can do")), Paragraph(body), *proposed, Paragraph(court))
