"""Packages over a world: all kinds of rules, exceptions, overrides, exemptions, territories, intervals."""

from tests.generators.chooser import Chooser
from tests.generators.conditions import condition
from tests.generators.plan import Json, World
from tests.generators.times import Times, bounds
from tests.generators.values import PLAIN

STANDARDS = ("reported", "alleged", "corroborated", "official", "final")
KINDS = ("prohibition", "restriction", "requirement")
MEASURES: tuple[dict[str, Json], ...] = (
    {"exclude": {}},
    {"notify": {}},
    {"label": {"text": {"en": "Paid for by a state", "fr": "Payé par un État"}}},
    {"require": {"certificate": "licence"}},
    {"require": {"verification": "owner"}},
    {"limit": {"min_age": 18, "hours": "22:00-06:00"}},
    {"suspend": {"days": 7, "surfaces": ["feed"], "territory": ["FR"]}},
)
TERRITORIES: tuple[Json, ...] = ("worldwide", ["FR"], ["FR", "BE"], ["US"])


def package_tree(chooser: Chooser, world: World, times: Times, most_rules: int = 3) -> dict[str, Json]:
    """A package that reads without problems over its world."""
    ids = [f"r{number}" for number in range(1 + chooser.below(most_rules))]
    kinds = [chooser.pick(("advertiser", "ad")) for _ in ids]
    rules: list[Json] = []
    for number, (rule_id, subject) in enumerate(zip(ids, kinds, strict=True)):
        # A rule prevails over earlier ones only, so that there is no circle.
        below = [other for other, kind in zip(ids[:number], kinds, strict=False) if kind == subject]
        rules.append(_rule(chooser, world, times, rule_id, subject=subject, below=below))
    if chooser.chance(50):
        rules.reverse()
    tree: dict[str, Json] = {
        "package": "made",
        "version": "1",
        "language": 1,
        "vocabulary": "made",
        "published_at": times.K if chooser.chance(90) else chooser.pick(times.around_known),
        "rules": rules,
    }
    if world.lists:
        tree["lists"] = {name: _entries(chooser, times, kind, "values") for name, kind in world.lists.items()}
    if world.params:
        tree["params"] = {
            name: _entries(chooser, times, kind, "value") for name, kind in world.params.items()
        }
    return tree


def _rule(
    chooser: Chooser, world: World, times: Times, rule_id: str, *, subject: str, below: list[str]
) -> dict[str, Json]:
    is_exemption = bool(below) and chooser.chance(25)
    rule: dict[str, Json] = {
        "id": rule_id,
        "title": {"en": f"Rule {rule_id}"},
        "subject": subject,
        "kind": "exemption" if is_exemption else chooser.pick(KINDS),
        "ground": {"terms": "1.1"}
        if chooser.chance(70)
        else {"law": "Act 1", "url": "https://example.org/1"},
        "territory": "worldwide" if chooser.chance(70) else chooser.pick(TERRITORIES),
        "when": condition(chooser, world, subject),
        "standard": STANDARDS[chooser.below(3)] if chooser.chance(70) else chooser.pick(STANDARDS),
    }
    if is_exemption:
        rule["exempts"] = [chooser.pick(below)]
    else:
        rule["measure"] = chooser.pick(MEASURES)
        if below and chooser.chance(40):
            rule["overrides"] = [chooser.pick(below)]
    if chooser.chance(25):
        rule["in_force"] = bounds(chooser, times, "from", "to")
    if chooser.chance(35):
        rule["unless"] = [
            {
                "id": f"u{number}",
                "title": {"en": "An exception"},
                "when": condition(chooser, world, subject, 1),
                "standard": chooser.pick(STANDARDS),
            }
            for number in range(1 + chooser.below(2))
        ]
    if chooser.chance(50):
        rule["on_unproven"] = chooser.pick(("refer", "nothing", "request_evidence"))
    if chooser.chance(10):
        rule |= {"cure": {"days": 7}, "decided_by": "automation", "review": ["legal"]}
    return rule


def _entries(chooser: Chooser, times: Times, kind: str, key: str) -> Json:
    """Mostly one entry that is in force; sometimes none in force, two that meet at V, or an empty list."""
    spans: list[dict[str, Json]]
    which = chooser.below(10)
    if which == 9:
        spans = [{"to": times.V}]
    elif which in {7, 8}:
        spans = [{"to": times.V}, {"from": times.V}]
    else:
        spans = [{}]
    return [{**span, key: _content(chooser, kind, key)} for span in spans]


def _content(chooser: Chooser, kind: str, key: str) -> Json:
    if key == "value":
        return chooser.pick(PLAIN[kind])
    return [chooser.pick(PLAIN[kind]) for _ in range(chooser.below(4))]
