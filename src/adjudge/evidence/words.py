"""What kinds of documents are called, and the weights of what is read in them, for notices and answers alike.

Not what a document weighs: the vocabulary says which kinds can prove a fact, and how heavily.
"""

from collections.abc import Mapping

from adjudge.basis.said import Said, say
from adjudge.basis.weight import Standard

WEIGHTS: Mapping[int, Said] = {
    0: say("none"),
    Standard.ALLEGED: say("alleged"),
    Standard.REPORTED: say("reported"),
    Standard.CORROBORATED: say("corroborated"),
    Standard.OFFICIAL: say("official"),
    Standard.FINAL: say("final"),
}
SUPPOSED = "question"
"""The kind of document in which an example supposes a fact: it is on record, but nobody can hand it in."""
DOCUMENT_KINDS: Mapping[str, Said] = {
    "ad_record": say("ad record"),
    "advice": say("advice"),
    "automated_scan": say("automated scan"),
    "content_review": say("content review"),
    "contract": say("contract"),
    "court_ruling": say("court ruling"),
    "government_directive": say("government directive"),
    "government_list": say("government list"),
    "identity_check": say("identity check"),
    "invoice": say("invoice"),
    "laboratory_report": say("laboratory report"),
    "official_statement": say("official statement"),
    "party_statement": say("party statement"),
    "payment_record": say("payment record"),
    "platform_record": say("platform record"),
    "platform_statement": say("platform statement"),
    "press_report": say("press report"),
    "published_accounts": say("published accounts"),
    "published_output": say("published output"),
    SUPPOSED: say("question"),
    "register_extract": say("register extract"),
    "regulation": say("regulation"),
    "resolution": say("resolution"),
    "rights_holder_statement": say("rights holder statement"),
    "statute": say("statute"),
    "technical_examination": say("technical examination"),
    "test_purchase": say("test purchase"),
    "warning": say("warning"),
}
"""Kinds of documents, as the vocabulary that ships names them."""


def weight_said(weight: int) -> Said:
    """A weight with its word: `4 official`; 0 is none."""
    return say("{weight} {word}", weight=weight, word=WEIGHTS[weight])


def document_kind(kind: str) -> str:
    """A kind of document; one that only its own vocabulary knows as it is written there, with spaces."""
    return DOCUMENT_KINDS.get(kind) or kind.replace("_", " ")
