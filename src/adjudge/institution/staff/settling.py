"""What statements of reasons say of the platform: its name, where one complains, who settles disputes."""

from collections.abc import Mapping, Sequence

from adjudge.basis.said import say
from adjudge.institution.house import House, doing, fitting, need, refused
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import permit
from adjudge.records.ports import Reading
from adjudge.records.rows import InstitutionRow
from adjudge.records.shelf import INSTITUTIONS
from adjudge.tongues.tongue import LANGUAGES


def settle_institution(
    house: House,
    actor: Actor,
    *,
    platform: Mapping[str, str],
    complaint: str,
    settlement: str,
    review: Mapping[str, str],
    languages: Sequence[str],
    reason: str,
) -> InstitutionRow:
    """Settle it anew; what was sent before keeps what it said."""
    unknown = [language for language in (*languages, *platform, *review) if language not in LANGUAGES]
    if unknown or not languages:
        message = say("no catalogue speaks {languages}", languages=tuple(dict.fromkeys(unknown)) or "")
        hint = say("choose among: {languages}", languages=tuple(LANGUAGES))
        raise refused("unknown-language", message, hint)
    row = InstitutionRow(
        platform={
            key: need(text, say("the name of the platform"), most=500) for key, text in platform.items()
        },
        complaint=need(complaint, say("the address for complaints"), most=2_000),
        settlement=need(settlement, say("the address for settlement out of court"), most=2_000),
        review={key: fitting(text, say("how complaints are decided")) for key, text in review.items()},
        languages=tuple(dict.fromkeys(languages)),
    )
    if "en" not in row.platform:
        raise refused("missing-text", say("the name of the platform is missing in English"), say("write it"))
    with doing(house, actor, Act.SETTLE) as act:
        act.records.put(INSTITUTIONS, row)
        act.write(
            row.id,
            {
                "platform": {**row.platform},
                "complaint": row.complaint,
                "settlement": row.settlement,
                "review": {**row.review},
                "languages": [*row.languages],
                "reason": need(reason, say("the reason")),
            },
        )
    return row


def read_institution(house: House, actor: Actor) -> InstitutionRow:
    """What is settled, for whoever may read the policies: it stands in every statement that is sent."""
    permit(actor, Act.READ_PACKAGES)
    with house.records.reading() as records:
        return institution_row(records)


def institution_row(records: Reading) -> InstitutionRow:
    """What is settled; empty texts where nothing was yet."""
    return records.get(INSTITUTIONS, "institution") or InstitutionRow()
