"""An institution made whole: a small policy, three people who decide together, and as many matters as are asked for.

Not the founding case, which is rich in what it says and slow: here acts are counted, raced and cut off in the middle.
"""

from collections.abc import Callable
from dataclasses import dataclass

from adjudge.basis.instant import NANOS, Instant, parse_instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import Plain
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.span import Source
from adjudge.facts.vocabulary import Vocabulary
from adjudge.facts.vocabulary_reader import read_vocabulary
from adjudge.institution.data.bringing import Brought, bring_in
from adjudge.institution.deciding import decisions, matters
from adjudge.institution.house import House
from adjudge.institution.staff import people, settling
from adjudge.language.package import Package
from adjudge.language.reading.package import read_package
from adjudge.matters.proposal import Proposal
from adjudge.people.actor import Actor
from adjudge.people.role import Role
from adjudge.records.rows import DecisionRow, MatterRow
from adjudge.records.shelf import MATTERS, PEOPLE

POLICY = "brewers"
VOCABULARY = """
vocabulary: ads
version: 1
facts:
  advertiser:
    licences:
      type: {record: {country: country, until: date}}
      many: true
      complete: true
      definition: {en: The licences to sell beer that are on record.}
  ad:
    beer:
      type: bool
      definition: {en: Whether the ad offers beer.}
"""
_PACKAGE = """
package: brewers
version: '1'
language: 1
vocabulary: ads
published_at: 2026-01-01
rules:
  - id: beer
    title: {en: Beer}
    subject: ad
    kind: restriction
    ground: {terms: Clause 1 on beer, url: "https://example.org/terms#1"}
    territory: worldwide
    when: ad.beer
    standard: corroborated
    unless:
      - id: licensed
        when: advertiser.licences.exists(l, l.country == 'FR' && l.until > now)
        standard: corroborated
    measure: {exclude: {}}
    decided_by: person
    explanation: {en: An ad for beer runs only for a brewer who holds a licence.}
"""
PROPOSAL = Proposal(
    reason="The ad offers beer, and no licence is on record.",
    milder="A label would not replace the licence.",
    rights="The brewer may trade; what is asked of it is a licence.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Who decides together: nobody may confirm what the same person proposed."""

    administrator: Actor
    author: Actor
    second: Actor
    issuer: Actor
    auditor: Actor


_ROLES = {
    "administrator": Role.ADMINISTRATOR,
    "author": Role.REVIEWER,
    "second": Role.SECOND_REVIEWER,
    "issuer": Role.APPEALS,
    "auditor": Role.AUDITOR,
}


def found(house: House, count: int, *, claims: int = 0) -> Staff:
    """Found an institution with people, its settings, the policy, and open matters of so many further claims each."""
    first = _join(house, people.FOUNDER, "administrator")
    others = {name: _join(house, first, name) for name in _ROLES if name != "administrator"}
    settling.settle_institution(
        house,
        first,
        platform={"en": "Platform", "fr": "Plateforme"},
        complaint="https://example.org/complain",
        settlement="https://example.org/settle",
        review={},
        languages=("en", "fr"),
        reason="set-up",
    )
    staff = Staff(administrator=first, **others)
    vocabulary, package = policy()
    subjects = [item for number in range(count) for item in subjects_of(number)]
    written = [item for number in range(count) for item in claims_of(number, claims)]
    bring_in(
        house,
        first,
        Brought(subjects=subjects, claims=written, documents=[DOCUMENT], packages=[package]),
        vocabulary,
        "brought from elsewhere",
    )
    for number in range(count):
        matters.open_matter(house, staff.author, brewer(number), POLICY, reason="seen on a round")
    return staff


def staff_of(house: House) -> Staff:
    """The people of an institution that was founded before, found again by their addresses."""
    with house.records.reading() as records:
        rows = {row.name: row for row in records.find(PEOPLE)}
    return Staff(**{name: people.actor_of(rows[name]) for name in _ROLES})


def matter_of(house: House, number: int) -> MatterRow:
    """The matter of a brewer."""
    with house.records.reading() as records:
        return records.find(MATTERS, advertiser=brewer(number))[0]


def brewer(number: int) -> str:
    """The advertiser of a matter."""
    return f"brewer-{number:05d}"


def ad(number: int) -> str:
    """The ad about which a matter decides."""
    return f"ad-{number:05d}"


def decide(house: House, staff: Staff, number: int) -> DecisionRow:
    """Decide a matter whole: proposed, confirmed, issued, by three people."""
    row = decisions.propose(house, staff.author, matter_of(house, number).id, ad(number), PROPOSAL)
    decisions.confirm(house, staff.second, row.id, row.digest, "read and agreed")
    return decisions.issue(house, staff.issuer, row.id)


def ticking(start: str = "2026-11-22T00:00:00Z") -> Callable[[], Instant]:
    """A clock that goes on by a second whenever it is asked."""
    at = (parse_instant(start) or Instant(0)).nanos

    def clock() -> Instant:
        nonlocal at
        at += NANOS
        return Instant(at)

    return clock


def policy() -> tuple[Vocabulary, Package]:
    """The policy."""
    log = ProblemLog()
    node = read_yaml(Source("vocabulary.yaml", VOCABULARY), log)
    vocabulary = read_vocabulary(node, log) if node is not None else None
    package = (
        read_package(read_yaml(Source("1.yaml", _PACKAGE), log), vocabulary, log) if vocabulary else None
    )
    if vocabulary is None or package is None:
        raise AssertionError(log.problems)
    return vocabulary, package


def _join(house: House, by: Actor, name: str) -> Actor:
    invited = people.invite(house, by, f"{name}@example.org", name, (_ROLES[name],))
    return people.actor_of(people.join(house, invited.secret))


DOCUMENT: dict[str, Plain] = {
    "id": "round",
    "kind": "question",
    "title": "What was seen on a round",
    "publisher": "The platform",
    "precision": "unknown",
    "language": "en",
    "status": "primary",
    "sources": ["seen"],
    "summary": {"en": "Ads for beer."},
}


def subjects_of(number: int) -> list[dict[str, Plain]]:
    """The brewer of a matter, and its ad."""
    return [
        {"id": brewer(number), "kind": "advertiser", "title": {"en": f"Brewer {number}"}},
        {"id": ad(number), "kind": "ad", "advertiser": brewer(number), "title": {"en": f"Ad {number}"}},
    ]


def claims_of(number: int, more: int = 0) -> list[dict[str, Plain]]:
    """One claim that there is beer, and further ones about licences that are over."""
    beer = _claim(f"{ad(number)}-beer", ad(number), "ad.beer", True)
    licences = [
        _claim(
            f"{brewer(number)}-licence-{index}",
            brewer(number),
            "advertiser.licences",
            {"country": _COUNTRIES[index % len(_COUNTRIES)], "until": f"{1900 + index % 100}-01-01"},
        )
        for index in range(more)
    ]
    return [beer, *licences]


def _claim(name: str, subject: str, fact: str, value: Plain) -> dict[str, Plain]:
    return {
        "id": name,
        "subject": subject,
        "fact": fact,
        "value": value,
        "stance": "asserts",
        "weight": 4,
        "weight_reason": {"en": "Seen by ourselves."},
        "origin": f"round-{name}",
        "document": "round",
        "recorded_at": "2026-02-01",
    }


_COUNTRIES = ("DE", "BE", "NL", "CZ", "IE", "US", "JP", "PL", "DK", "AT")


def another_claim(number: int) -> dict[str, Plain]:
    """What somebody may record about the ad of a matter, without the keys that the institution sets."""
    claim = _claim("", ad(number), "ad.beer", True)
    return {key: value for key, value in claim.items() if key not in {"id", "recorded_at"}}
