"""When measures begin: anew, as they were told, or on from the decision before, place by place."""

from dataclasses import replace

import pytest

from adjudge.app.notices import examined_for
from adjudge.basis.ids import RuleId
from adjudge.basis.instant import Instant
from adjudge.decisions.course import Stretch, course
from adjudge.decisions.scope import Extent
from adjudge.facts.vocabulary import Kind
from adjudge.language.package import Measure, MeasureKind, Rule
from adjudge.notices.beginning import Earlier, Timing, begins, timed
from adjudge.notices.deadlines import days_after
from adjudge.notices.statement import as_notice
from adjudge.tongues.tongue import tongue_of
from tests.rooms.notices.parts import OWN, Tried, day, measured, statement, terms

WORLD = Extent(frozenset(), all_but=True)
FIRST = day("2026-06-10T12:00:00Z")


def rule(measure: Measure, *, cure: int | None = None, subject: Kind = Kind.AD) -> Rule:
    """A rule of the example terms with another measure."""
    found = terms().packages[0].rules[0]
    return replace(found, id=RuleId("r"), subject=subject, measure=measure, cure_days=cure)


def earlier(kind: MeasureKind, start: str, end: str = "", *names: str) -> Earlier:
    extent = Extent(frozenset(names), all_but=not names)
    until = day(end) if end else None
    return Earlier(rule="r", kind=kind.value, territory=extent, surfaces=WORLD, start=day(start), end=until)


def run(given: Rule, timing: Timing, first: Instant = FIRST) -> list[Stretch]:
    assert given.measure is not None
    return list(course([timed(given, given.measure, first, timing)]))


def shown(stretches: list[Stretch]) -> list[tuple[str, str, str]]:
    return [
        (",".join(sorted(item.applied.territory.names)), str(item.start)[:10], str(item.end)[:10])
        for item in stretches
    ]


def test_an_advance_notice_is_for_the_end_of_a_service_only() -> None:
    excluding, timing = Measure(kind=MeasureKind.EXCLUDE), Timing(advance_days=30)
    ends = rule(excluding, cure=7, subject=Kind.ADVERTISER)
    assert str(begins(ends, FIRST, timing)) == "2026-07-11T00:00:00Z"
    assert str(begins(ends, FIRST, replace(timing, excepted=True))) == "2026-06-18T00:00:00Z"
    assert begins(rule(excluding), FIRST, timing) == FIRST
    suspending = Measure(kind=MeasureKind.SUSPEND, details={"days": 3})
    assert begins(rule(suspending, subject=Kind.ADVERTISER), FIRST, timing) == FIRST


def test_a_case_says_that_the_end_of_a_service_is_told_in_advance() -> None:
    tried = next(item for item in measured() if ends_service(item))
    found = tried.answer(replace(OWN, advance_days=30))
    at = found.asked.valid_at
    written = statement(found, tried.subject, at)
    start = days_after(at, 30)
    for letter in written.letters:
        assert tongue_of(letter.language).day(start) in letter.text
    assert examined_for(found, as_notice(written), at).complete
    too_early = as_notice(statement(tried.answer(), tried.subject, at))
    refused = examined_for(found, too_early, at)
    assert [item.requirement.id for item in refused.defects] == ["DSA-17.3a", "DSA-17.4"]


def ends_service(tried: Tried) -> bool:
    """Whether it is an advertiser that is excluded."""
    [found] = [item for item in tried.answer().subjects if item.outcome.subject == tried.subject]
    kinds = {item.measure.kind for item in found.decision.measures}
    return found.party.subject.kind is Kind.ADVERTISER and kinds == {MeasureKind.EXCLUDE}


def test_where_an_earlier_decision_did_not_reach_there_is_a_cure() -> None:
    given = rule(Measure(kind=MeasureKind.EXCLUDE, territory=frozenset({"FR", "BE"})), cure=7)
    timing = Timing(earlier=(earlier(MeasureKind.EXCLUDE, "2026-05-01", "", "FR", "DE"),))
    found = run(given, timing)
    assert shown(found) == [("FR", "2026-06-10", "None"), ("BE", "2026-06-18", "None")]
    assert [item.since is not None for item in found] == [True, False]


def test_another_kind_or_another_rule_begins_anew() -> None:
    given = rule(Measure(kind=MeasureKind.EXCLUDE), cure=7)
    other = replace(earlier(MeasureKind.EXCLUDE, "2026-05-01"), rule="s")
    for before in (earlier(MeasureKind.LABEL, "2026-05-01"), other):
        [found] = run(given, Timing(earlier=(before,)))
        assert (str(found.start)[:10], found.held) == ("2026-06-18", None)


@pytest.mark.parametrize(
    ("days", "end"), [(60, "2026-07-31"), (10, "2026-06-11"), (5, "2026-06-06")], ids=["on", "less", "served"]
)
def test_what_was_served_of_a_suspension_counts(days: int, end: str) -> None:
    given = rule(Measure(kind=MeasureKind.SUSPEND, details={"days": days}), cure=3)
    timing = Timing(earlier=(earlier(MeasureKind.SUSPEND, "2026-06-01", "2026-07-01"),))
    [found] = run(given, timing)
    assert str(found.end)[:10] == end
    assert found.since == day("2026-06-01")
    assert found.start == (FIRST if days > 5 else day("2026-06-01"))


def test_a_suspension_that_is_over_is_another_one_unless_it_is_decided_anew() -> None:
    given = rule(Measure(kind=MeasureKind.SUSPEND, details={"days": 5}))
    over = Timing(earlier=(earlier(MeasureKind.SUSPEND, "2026-05-01", "2026-05-06"),))
    assert shown(run(given, over)) == [("", "2026-06-10", "2026-06-15")]
    assert shown(run(given, replace(over, served=True))) == [("", "2026-05-01", "2026-05-06")]


def test_what_a_severer_measure_had_cut_in_two_goes_on_whole() -> None:
    given = rule(Measure(kind=MeasureKind.LABEL, details={"text": "x"}), cure=7)
    parts = (
        earlier(MeasureKind.LABEL, "2026-06-20"),
        earlier(MeasureKind.LABEL, "2026-05-01", "2026-06-05"),
    )
    [found] = run(given, Timing(earlier=parts))
    assert (found.start, found.since) == (FIRST, day("2026-05-01"))


def test_what_is_told_once_is_told_with_each_decision_without_a_new_cure() -> None:
    given = rule(Measure(kind=MeasureKind.NOTIFY), cure=7)
    [found] = run(given, Timing(earlier=(earlier(MeasureKind.NOTIFY, "2026-05-01", "2026-05-01"),)))
    assert (found.start, found.end) == (FIRST, FIRST)
