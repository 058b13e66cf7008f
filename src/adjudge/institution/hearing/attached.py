"""Documents named in an appeal: those that were received from or about the same advertiser, and still are there."""

from collections.abc import Sequence

from adjudge.basis.said import say
from adjudge.institution.hearing.appeal import MOST_DOCUMENTS
from adjudge.institution.house import refused
from adjudge.people.permission import not_found
from adjudge.records.ports import Reading
from adjudge.records.shelf import DOCUMENTS


def own_documents(records: Reading, advertiser: str, documents: Sequence[str]) -> tuple[str, ...]:
    """The ids, each once. Raises NotFoundError for what is not the advertiser's, in the words of what is not there."""
    wanted = tuple(dict.fromkeys(documents))
    if len(wanted) > MOST_DOCUMENTS:
        message = say("more than {most} documents are named", most=MOST_DOCUMENTS)
        raise refused("too-many", message, say("send the others with a further message"))
    found = records.get_many(DOCUMENTS, wanted)
    for document_id in wanted:
        row = found.get(document_id)
        if row is None or row.advertiser != advertiser or row.expunged_at is not None:
            raise not_found()
    return wanted
