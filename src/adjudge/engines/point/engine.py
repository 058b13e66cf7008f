"""The point engine: a package compiled once, evaluated for any subject at any instant, from any number of threads.

Compiled code is kept for each stretch of time in which the same rules, lists and parameters are in force.
"""

from collections.abc import Iterable
from threading import Lock

from adjudge.basis.ids import RuleId
from adjudge.basis.instant import Instant
from adjudge.engines.point.closures import Entries
from adjudge.engines.point.unit import Settled, Unit, compile_unit
from adjudge.engines.point.weigh import Context
from adjudge.facts.claim import Claim, Subject
from adjudge.facts.settle import NOTHING_SAID, View, live, settle
from adjudge.facts.vocabulary import Kind
from adjudge.language.operators import Concrete
from adjudge.language.package import Dated, Entry, Package, Rule
from adjudge.outcome import Outcome

MOST_UNITS = 64
"""Compiled stretches that are kept; beyond, the oldest is dropped and compiled anew when it is asked for."""

_Key = tuple[Kind, tuple[RuleId, ...], tuple[tuple[str, int], ...], tuple[tuple[str, int], ...]]


class PointEngine:
    """One package, compiled. Safe to share between threads; compiling takes a lock, evaluating does not."""

    def __init__(self, package: Package) -> None:
        """Compiling is put off until a question is asked."""
        self.package = package
        self._units: dict[_Key, Unit] = {}
        self._lock = Lock()

    def outcomes(
        self,
        claims: Iterable[Claim],
        subjects: Iterable[Subject],
        *,
        valid_at: Instant,
        known_at: Instant,
        territory: str | None,
    ) -> list[Outcome]:
        """The outcome for every subject, sorted by subject. LANGUAGE.md 5.4, 8."""
        view = settle(live(claims, valid_at, known_at))
        asked = sorted(subjects, key=lambda s: s.id)
        units = {kind: self.unit(kind, valid_at, known_at, territory) for kind in {s.kind for s in asked}}
        return [self.outcome(subject, view, units[subject.kind], valid_at) for subject in asked]

    def outcome(self, subject: Subject, view: View, unit: Unit, valid_at: Instant) -> Outcome:
        """One subject's outcome by a unit of its kind."""
        return unit.outcome(settled(subject, view), valid_at)

    def met(self, subject: Subject, view: View, unit: Unit, valid_at: Instant) -> list[RuleId]:
        """The rules that are met: for a caller who only needs to know whether to look."""
        return unit.met(settled(subject, view), valid_at)

    def unit(self, kind: Kind, valid_at: Instant, known_at: Instant, territory: str | None) -> Unit:
        """The compiled rules for a kind of subject that apply at an instant in a territory."""
        rules = [r for r in self.package.in_force(valid_at, known_at, territory) if r.subject is kind]
        lists = _in_force(self.package, self.package.lists, valid_at)
        params = _in_force(self.package, self.package.params, valid_at)
        key = (kind, tuple(rule.id for rule in rules), _numbers(lists), _numbers(params))
        found = self._units.get(key)
        if found is not None:
            return found
        with self._lock:
            if key not in self._units:
                if len(self._units) >= MOST_UNITS:
                    del self._units[next(iter(self._units))]
                self._units[key] = self._compile(rules, lists, params)
            return self._units[key]

    def _compile(self, rules: list[Rule], lists: "_Found", params: "_Found") -> Unit:
        vocabulary = self.package.vocabulary
        entries = Entries(_values(lists), _values(params), vocabulary.taxonomies)
        return compile_unit(rules, Context(vocabulary.facts, entries))


def settled(subject: Subject, view: View) -> Settled:
    """What is known of a subject, and of its advertiser for an ad. LANGUAGE.md 1.1."""
    own = view.subjects.get(subject.id, NOTHING_SAID)
    above = view.subjects.get(subject.advertiser, NOTHING_SAID) if subject.advertiser else own
    return Settled(subject.id, own, above)


_Found = dict[str, tuple[int, Entry]]


def _in_force(package: Package, table: Dated, at: Instant) -> _Found:
    """For each name the entry in force, with its number."""
    found: _Found = {}
    for name, entries in table.items():
        entry = package.entry(table, name, at)
        if entry is not None:
            found[name] = (next(i for i, other in enumerate(entries) if other is entry), entry)
    return found


def _numbers(found: _Found) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((name, number) for name, (number, _) in found.items()))


def _values(found: _Found) -> dict[str, Concrete]:
    return {name: entry.value for name, (_, entry) in found.items()}


def outcomes(
    package: Package,
    claims: Iterable[Claim],
    subjects: Iterable[Subject],
    *,
    valid_at: Instant,
    known_at: Instant,
    territory: str | None,
) -> list[Outcome]:
    """Compile a package for one question; who asks many keeps a `PointEngine`."""
    engine = PointEngine(package)
    return engine.outcomes(claims, subjects, valid_at=valid_at, known_at=known_at, territory=territory)
