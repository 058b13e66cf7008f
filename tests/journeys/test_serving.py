"""The founding case at serving time: stopped where the decision says, free elsewhere, with the reason, and back again.

The example terms of 2026 name no surface: what they exclude is excluded wherever the institution advertises. A further
version, written here, takes an advertiser off the list of recommended products alone, for a time.
"""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from adjudge.basis.instant import NANOS, Instant, parse_timestamp
from adjudge.basis.reading.json_text import Plain
from adjudge.institution.binding.procedure import ProcedureSettled, settle_procedure
from adjudge.institution.data.case_folder import bring_case
from adjudge.institution.deciding import decisions
from adjudge.institution.hearing.filing import file_appeal
from adjudge.institution.hearing.handling import assign
from adjudge.institution.house import House
from adjudge.institution.material.claims import record_claim, withdraw_claim
from adjudge.institution.record.audit.check import check_now
from adjudge.institution.serving.bases import AtOnce
from adjudge.institution.serving.folder import held_folder
from adjudge.institution.serving.publishing import Publisher
from adjudge.institution.staff import people, settling
from adjudge.ledger.signer import signer_of
from adjudge.matters.proposal import Proposal
from adjudge.people.actor import Actor
from adjudge.people.role import Role
from adjudge.records.rows import AppealState, DecisionRow, MatterRow
from adjudge.records.shelf import APPEALS, DECISIONS, MEASURES
from adjudge.serve.check import Answer
from adjudge.serve.follow import Follower
from adjudge.serve.trust import read_trusted
from tests.databases import Place, database, migrated_sqlite, postgres

__all__ = ["database", "migrated_sqlite", "postgres"]
ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guides" / "serving.md"
SIGNER = signer_of("adjudge.example", bytes(32))
KEY = read_trusted(str(SIGNER.verifier))
DAY = 86_400 * NANOS
COMPANY, PRODUCT, SERVICE = "kaspersky-lab", "ad-antivirus", "ad-threat-intelligence"
ADS, OFFERS, ORGANIC = "ads", "recommended_offers", "organic"
SURFACES = (ADS, OFFERS, ORGANIC)
GOOD = Proposal(
    reason="The sale of this product to people in the United States is forbidden there.",
    milder="A label would not keep a sale from being made that the law forbids.",
    rights="The freedom to do business; the ad may run everywhere else.",
)
WARNING: dict[str, Plain] = {
    "subject": COMPANY,
    "fact": "advertiser.government_measures",
    "value": {
        "instrument": "Warning under section 7 BSIG",
        "authority": "de_bsi",
        "addressee": "everyone",
        "effect": "warning",
        "target": "its_products",
        "territory": "DE",
        "products": "antivirus",
    },
    "stance": "asserts",
    "weight": 4,
    "weight_reason": {"en": "Supposed here: read in the register itself."},
    "origin": "de-bsi-2022-03",
    "document": "m08-bsi-warning",
    "holds_from": "2022-03-15",
}
_OFFERS = """
  - id: warned-product
    title:
      en: Product against which an authority warns everyone
      fr: Produit contre lequel une autorité met tout le monde en garde
    subject: advertiser
    kind: restriction
    ground: {terms: "10.1", url: "https://example.org/ads-standard#10.1"}
    territory: [DE]
    when: advertiser.government_measures.exists(m, m.effect == 'warning' && m.addressee == 'everyone')
    standard: reported
    measure: {suspend: {days: 30, surfaces: [recommended_offers]}}
    cure: {days: 7}
    on_unproven: nothing
    decided_by: person
    explanation:
      en: We recommend no product while a warning to everyone is recent. Its ads, and what anybody posts, go on.
      fr: Nous ne recommandons pas un produit peu après une mise en garde publique. Ses publicités continuent.
    codes: {dsa: {category: STATEMENT_CATEGORY_OTHER_VIOLATION_TC}}
"""


@dataclass
class Served:
    """The institution with the case, who publishes, and a server of ads that follows."""

    house: House
    now: list[int]
    matter: MatterRow
    staff: dict[str, Actor]
    publisher: Publisher
    follower: Follower

    def publish(self) -> None:
        self.publisher.look()
        self.follower.refresh()

    def decided(self, author: str, second: str, subject: str, proposal: Proposal) -> DecisionRow:
        """Proposed, signed by whoever must, issued."""
        house, told = self.house, "read and agreed"
        row = decisions.propose(house, self.staff[author], self.matter.id, subject, proposal)
        if decisions.open_needs(house, self.staff[author], row.id):
            decisions.confirm(house, self.staff[second], row.id, row.digest, told)
        if decisions.open_needs(house, self.staff[author], row.id):
            decisions.sign(house, self.staff["legal"], row.id, "legal", row.digest, reason=told)
        return decisions.issue(house, self.staff["judge" if author == "judge" else "issuer"], row.id)

    def ask(self, ad: str, surface: str, territory: str, at: int | None = None) -> Answer:
        return self.follower.check(COMPANY, ad, territory=territory, surface=surface, at=at)

    def stopped(self, ad: str, at: int | None = None) -> set[tuple[str, str]]:
        """Where the ad is stopped."""
        return {
            (territory, surface)
            for territory in ("US", "DE", "")
            for surface in SURFACES
            if not self.ask(ad, surface, territory, at).allow
        }

    def measure_of(self, decision: DecisionRow) -> tuple[int, int]:
        """From when and until when its measure stops."""
        with self.house.records.reading() as records:
            (row,) = records.find(MEASURES, decision=decision.id)
        assert row.end is not None
        return row.start.nanos, row.end.nanos


@pytest.fixture
def served(database: Place, tmp_path: Path) -> Iterator[Served]:
    started = parse_timestamp("2026-11-22T09:00:00Z")
    assert started is not None
    now = [started.nanos]

    def clock() -> Instant:
        now[0] += NANOS
        return Instant(now[0])

    house = House(records=database.records, blobs=database.blobs, clock=clock, random=os.urandom)
    staff = founded(house)
    case = with_one_version_more(tmp_path / "files")
    matter = bring_case(house, staff["administrator"], staff["author"], case)
    settle_procedure(
        house, staff["administrator"], ProcedureSettled(surfaces=(ADS, OFFERS)), reason="where we advertise"
    )
    folder = tmp_path / "serving"
    with held_folder(folder) as held:
        publisher = Publisher(house, SIGNER, held, AtOnce(house, SIGNER, folder))
        follower = Follower(folder, [KEY], without="deny", clock=lambda: now[0], steady=lambda: now[0])
        yield Served(house, now, matter, staff, publisher, follower)


def founded(house: House) -> dict[str, Actor]:
    first = people.actor_of(
        people.join(
            house, people.invite(house, people.FOUNDER, "a@example.org", "a", [Role.ADMINISTRATOR]).secret
        )
    )
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
    found = {"administrator": first}
    for name, role, advertiser in (
        ("author", Role.REVIEWER, ""),
        ("second", Role.SECOND_REVIEWER, ""),
        ("legal", Role.LEGAL, ""),
        ("issuer", Role.REVIEWER, ""),
        ("clerk", Role.APPEALS, ""),
        ("judge", Role.APPEALS, ""),
        ("other", Role.SECOND_REVIEWER, ""),
        ("member", Role.MEMBER, COMPANY),
    ):
        invited = people.invite(house, first, f"{name}@example.org", name, [role], advertiser=advertiser)
        found[name] = people.actor_of(people.join(house, invited.secret))
    return found


def with_one_version_more(folder: Path) -> Path:
    """The case beside the example terms and a further version of them; its folder."""
    terms = folder / "policies" / "ads-standard"
    shutil.copytree(ROOT / "policies" / "ads-standard", terms)
    text = (terms / "2026-06.yaml").read_text(encoding="utf-8")
    text = text.replace('version: "2026.6"', 'version: "2026.11"').replace(
        "published_at: 2026-06-01", "published_at: 2026-11-01"
    )
    (terms / "2026-11.yaml").write_text(text + _OFFERS, encoding="utf-8")
    shutil.copytree(ROOT / "examples" / "populations", folder / "populations")
    case = folder / "cases" / "kaspersky-2018"
    shutil.copytree(ROOT / "examples" / "cases" / "kaspersky-2018", case)
    return case


def test_an_ad_is_stopped_where_the_decision_says_and_runs_again_when_it_falls(served: Served) -> None:
    served.publish()
    assert served.stopped(PRODUCT) == set()
    decision = served.decided("author", "second", PRODUCT, GOOD)
    assert served.stopped(PRODUCT) == set(), "nothing is told before it is published"
    served.publish()
    assert served.stopped(PRODUCT) == {("US", ADS), ("US", OFFERS)}
    assert served.stopped(SERVICE) == set(), "what may be sold may be advertised"
    answer = served.ask(PRODUCT, ADS, "US")
    assert (answer.decision_id, answer.kind) == (decision.id, "exclude")
    assert "prohibited-sale" in answer.reason_code

    # The account can still post: nothing reaches what nobody declared as advertising.
    assert served.ask("", ORGANIC, "US") == served.ask(PRODUCT, ORGANIC, "US") == Answer(allow=True)

    appeal = file_appeal(served.house, served.staff["member"], decision.id, ["This ad was never booked."])
    assign(served.house, served.staff["clerk"], appeal.id, served.staff["judge"].person, "took no part")
    withdraw_claim(served.house, served.staff["author"], "q-ad-antivirus", "It was never booked.")
    proposal = replace(
        Proposal(reason="The ad was never booked."),
        appeal=appeal.id,
        replies={point.id: "This is so." for point in appeal.points},
    )
    served.decided("judge", "other", PRODUCT, proposal)
    with served.house.records.reading() as records:
        ended = records.get(APPEALS, appeal.id)
        assert ended is not None
        assert (ended.state, ended.outcome) == (AppealState.DECIDED, "reversed")
        assert records.get(DECISIONS, decision.id) is not None
    served.publish()
    assert served.stopped(PRODUCT) == set()
    assert check_now(served.house, SIGNER.verifier).findings == ()


def test_an_advertiser_leaves_the_recommended_products_alone_and_comes_back_by_itself(served: Served) -> None:
    record_claim(served.house, served.staff["author"], "ads-standard", WARNING)
    decision = served.decided("author", "second", COMPANY, replace(GOOD, reason="A warning is recent."))
    served.publish()
    written = sorted(item.name for item in served.publisher.folder.path.iterdir())
    start, end = served.measure_of(decision)
    assert (start - served.now[0]) // DAY in {6, 7}
    for ad in (PRODUCT, SERVICE, ""):
        assert served.stopped(ad) == served.stopped(ad, start - 1) == set()
        assert served.stopped(ad, start) == served.stopped(ad, end - 1) == {("DE", OFFERS)}
        assert served.stopped(ad, end) == set()
    assert served.ask("", OFFERS, "DE").until == start
    assert served.ask("", OFFERS, "DE", start).until == end
    for at in (start, end):
        served.now[0] = at
        served.publish()
        assert bool(served.stopped(SERVICE)) == (at == start)
    files = sorted(item.name for item in served.publisher.folder.path.iterdir())
    assert files == written, "a measure begins and ends by itself: nothing is published for it"


def test_the_guide_asks_as_it_says(served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    decision = served.decided("author", "second", PRODUCT, GOOD)
    served.publish()
    blocks = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    (block,) = (item for item in blocks if "ads = Follower(" in item)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "log-key").write_text(str(SIGNER.verifier))
    found: dict[str, Any] = {}
    exec(block, found)  # noqa: S102 - our own page
    try:
        stopped, recommended, posted = (found[name] for name in ("stopped", "recommended", "posted"))
        assert not stopped.allow
        assert (stopped.decision_id, recommended.decision_id) == (decision.id, decision.id)
        assert "prohibited-sale" in stopped.reason_code
        assert posted.allow
    finally:
        found["ads"].close()
