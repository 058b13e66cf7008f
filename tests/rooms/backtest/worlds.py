"""Small worlds to set two packages against: folders of data, and packages of which each shows one thing."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

from adjudge.app.changes import load_named
from adjudge.basis.instant import Instant, parse_instant
from adjudge.basis.problem import ProblemLog
from adjudge.facts.vocabulary import Vocabulary
from adjudge.interchange.tables.cells import Cells, list_cell, time_cells, truth
from adjudge.interchange.tables.to_cells import subject_cells
from adjudge.interchange.tables.values import value_cells
from adjudge.language.package import Package
from tests.generators.data_folders import write_tables

ROOT = Path(__file__).resolve().parents[3]
STANDARD = ROOT / "policies" / "ads-standard"


def at(text: str) -> Instant:
    """An instant."""
    found = parse_instant(text)
    assert found is not None
    return found


def package_of(name: Path | str) -> Package:
    """A package by its name on the command line."""
    log = ProblemLog()
    found = load_named(str(name), log)
    assert found is not None, [str(problem.message) for problem in log.problems]
    return found


def subject(name: str, advertiser: str = "") -> Cells:
    """A subject: an ad where its advertiser is named."""
    kind = "ad" if advertiser else "advertiser"
    return subject_cells(name, kind, advertiser or name, {"title": {"en": name.title()}})


def claim(  # noqa: PLR0913 - what a claim says
    number: int,
    who: str,
    fact: str,
    value: object,
    vocabulary: Vocabulary,
    *,
    weight: int = 4,
    denies: bool = False,
    origin: str = "",
    recorded: str = "2019-01-01",
) -> Cells:
    """A claim, of an origin of its own unless one is named."""
    declared = next((item for name, item in vocabulary.facts.items() if name == fact), None)
    return {
        "id": f"c-{number:05d}",
        "subject": who,
        "fact": fact,
        "stance": "denies" if denies else "asserts",
        "weight": str(weight),
        "origin": origin or f"o-{number}",
        "document": "d",
        "none": truth(False),
        **value_cells(value, declared, vocabulary),  # type: ignore[arg-type]  # as JSON
        **time_cells("holds_from", None),
        **time_cells("holds_to", None),
        **time_cells("recorded_at", at(recorded)),
        **time_cells("withdrawn_at", None),
        "place": None,
        "note": None,
        "weight_reason": None,
    }


def spent(number: int, who: str, amount: str, currency: str = "EUR", when: str = "2019-05-01") -> Cells:
    """An amount spent within a day."""
    start = at(when)
    return {
        "id": f"p-{number:05d}",
        "subject": who,
        **time_cells("from", start),
        **time_cells("to", Instant(start.nanos + 86_400_000_000_000)),
        "amount": str(Decimal(amount)),
        "currency": currency,
        **time_cells("recorded_at", start),
    }


def decision(number: int, who: str, rules: Mapping[str, str]) -> tuple[Cells, list[Cells]]:
    """A decision that is in force, with a measure of some kind by each of its rules."""
    name, when = f"dec-{number}", at("2019-01-02")
    measures = [
        {
            "id": f"m-{number}-{place}",
            "decision": name,
            "subject": who,
            "rule": rule,
            "kind": kind,
            "territories": list_cell(()),
            "all_but": truth(True),
            "surfaces": list_cell(()),
            "surfaces_all_but": truth(True),
            **time_cells("start", when),
            **time_cells("end", None),
            **time_cells("lifted_at", None),
        }
        for place, (rule, kind) in enumerate(rules.items())
    ]
    return {
        "id": name,
        "matter": f"M-{number}",
        "subject": who,
        "policy": "p",
        "version": "1",
        "package": "sha256:" + "0" * 64,
        **time_cells("issued_at", when),
        **time_cells("valid_at", when),
        **time_cells("known_at", when),
        "automated": truth(False),
        "supersedes": None,
        "bound_to": None,
        "in_force": truth(True),
        "rules": list_cell(rules),
        "grounds": list_cell(()),
        "entry": str(number),
    }, measures


MEDIA: Mapping[str, tuple[tuple[str, object], ...]] = {
    "rt": (("country", "RU"), ("news_media", True), ("state_financial_control", True)),
    "sputnik": (("country", "RU"), ("news_media", True), ("state_financial_control", True)),
    "public-one": (
        ("country", "GB"),
        ("news_media", True),
        ("state_financial_control", True),
        ("public_service_charter", True),
        ("editorial_independence_guaranteed", True),
    ),
    "sports-channel": (
        ("country", "FR"),
        ("news_media", True),
        ("state_financial_control", True),
        ("entertainment_only", True),
    ),
    "private-paper": (("country", "FR"), ("news_media", True)),
    "bad-software": (("product_works_against_user", True),),
    "nobody-knows": (),
}


def media(folder: Path) -> Path:
    """News media and others, with an ad of each, as ads-standard speaks of them."""
    vocabulary = package_of(f"{STANDARD}@2019-08").vocabulary
    claims: list[Cells] = []
    for who, facts in MEDIA.items():
        for name, value in facts:
            claims.append(claim(len(claims), who, f"advertiser.{name}", value, vocabulary))
    # One of whom two say that a state controls it, and two that none does.
    for denies in (False, True):
        for _ in range(2):
            fact = "advertiser.state_financial_control"
            made = claim(
                len(claims), "disputed", fact, True, vocabulary, denies=denies, recorded="2019-08-01"
            )
            claims.append(made)
    claims.append(claim(len(claims), "disputed", "advertiser.news_media", True, vocabulary))
    claims.append(claim(len(claims), "ad-of-rt", "ad.misleading", True, vocabulary, weight=1))
    everybody: Iterable[str] = (*MEDIA, "disputed")
    decided, measures = decision(1, "bad-software", {"malicious-software": "exclude"})
    rows = {
        "subjects": [
            row for who in everybody for row in (subject(who), subject(f"ad-of-{who}", who))
        ],
        "claims": claims,
        "spend": [
            spent(1, "ad-of-rt", "1234.56"),
            spent(2, "ad-of-rt", "10", "USD"),
            spent(3, "sputnik", "99.99"),
            spent(4, "ad-of-public-one", "7"),
            spent(5, "ad-of-rt", "5000000", when="2016-01-01"),
        ],
        "decisions": [decided],
        "measures": measures,
    }
    return write_tables(folder, rows, at("2019-08-19"))
