"""For every change that can alter an outcome a small case in which it does, found by search and confirmed by the spec.

Not a proof that a change alters nothing: where no case is found, the number of cases tried is all that is known.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from adjudge.basis.ids import RuleId
from adjudge.basis.problem import quoted
from adjudge.basis.said import Said, say
from adjudge.candidates.mentions import Sided
from adjudge.changes.cases import Concern, Weighed, cases
from adjudge.changes.change import Aspect, Change, Comparison, RuleChange
from adjudge.changes.effect import Effect, EffectKind, effects, shown_by
from adjudge.changes.options import Listener
from adjudge.changes.sayings import asked
from adjudge.changes.scenes import Scene, scenes
from adjudge.changes.single import without, without_all
from adjudge.changes.trial import Both, Side, Trial, claims_as_said, side, unsayable
from adjudge.changes.witness import Shown, Witness
from adjudge.errors import BugError
from adjudge.language.package import Rule

MOST_TRIES = 20_000
"""Cases tried for one rule."""
MOST_IN_ALL = 400_000
"""Cases tried for all rules together; what is left when it is reached gets none."""
_MOST_AFTER = 1_500
"""Further cases for the other direction, once every change is shown."""
_MOST_SINGLED = 1_500
"""Cases of one rule that are looked at change by change."""
_FIRST_BATCH, _BATCH = 256, 2_048
_REPORT = say("please report this with both packages; no case is shown")
_OF_SCENES = {Aspect.SUBJECT, Aspect.IN_FORCE, Aspect.TERRITORY, Aspect.LIST, Aspect.PARAM}
_DIRECTIONS = (EffectKind.REACHED, EffectKind.RELEASED)


@dataclass(slots=True)
class _Hit:
    """A case that differs, and what it is kept for."""

    case: Weighed
    scene: Scene
    wanted: frozenset[Effect]
    shows: list[Change] = field(default_factory=list)


class Searcher:
    """Two packages, searched rule by rule."""

    def __init__(self, compared: Comparison, most_tries: int = MOST_TRIES) -> None:
        """Both are evaluated at the same valid time, and known when the later of the two is published."""
        self.compared = compared
        self.most_tries = most_tries
        self.left = MOST_IN_ALL
        self.known_at = max(compared.old.published_at, compared.new.published_at)
        self.whole = Trial(side(compared.old), side(compared.new), self.known_at)

    def witnesses(self, change: RuleChange) -> Shown:
        """Search for one rule."""
        if not change.altering:
            return Shown(change=change)
        found = _RuleSearch(self, change, min(self.most_tries, self.left)).run()
        self.left -= found.tries
        kept = [self._witness(change, hit, found) for hit in found.hits]
        return Shown(
            change=change,
            witnesses=tuple(kept),
            unshown=tuple(
                item for item in change.altering if all(item not in hit.shows for hit in found.hits)
            ),
            tries=found.tries,
        )

    def _witness(self, change: RuleChange, hit: _Hit, found: "_RuleSearch") -> Witness:
        """The smallest part of a hit that still shows all that it is kept for, confirmed."""
        if not found.holds(hit.case, hit) or not self.whole.is_confirmed(hit.case, hit.scene):
            raise BugError(_unconfirmed(change), hint=_REPORT)
        case = _least(hit, found)
        old, new = self.whole.one(case, hit.scene)
        if not self.whole.is_confirmed(case, hit.scene):
            raise BugError(_unconfirmed(change), hint=_REPORT)
        return Witness(
            rule=change.id,
            effects=tuple(sorted(effects(change.id, found.others, old, new), key=_effect_order)),
            shows=tuple(item for item in change.altering if item in hit.shows),
            scene=hit.scene,
            known_at=self.known_at,
            subject=asked(hit.scene.kind),
            claims=tuple(claims_as_said(case, self.known_at)),
            unsayable_old=unsayable(case, self.whole.old.speaker),
            unsayable_new=unsayable(case, self.whole.new.speaker),
            old=old,
            new=new,
        )


def _unconfirmed(change: RuleChange) -> Said:
    return say("the engine and the spec differ on a case for the rule {rule}", rule=quoted(change.id))


def _effect_order(effect: Effect) -> tuple[int, str]:
    return list(EffectKind).index(effect.kind), effect.other or ""


def _least(hit: _Hit, found: "_RuleSearch") -> Weighed:
    """Claims are dropped one by one, from the last, as long as the rest still shows everything."""
    case = hit.case
    position = len(case) - 1
    while position >= 0:
        rest = case[:position] + case[position + 1 :]
        if found.holds(rest, hit):
            case, position = rest, len(rest)
        position -= 1
    return case


class _RuleSearch:
    """The search for one rule."""

    def __init__(self, searcher: Searcher, change: RuleChange, most_tries: int) -> None:
        self.change = change
        self.most_tries = most_tries
        self.searcher = searcher
        self.tries = 0
        self.hits: list[_Hit] = []
        self.provisional: dict[Change, _Hit] = {}
        self.others = _prevailed_over(change)
        self.trial = self._trial()
        self.single = self._singled()
        self._looked_at = 0
        self._after = 0

    def _trial(self) -> Trial:
        """Only the rule itself where verdicts alone can differ; that is the same and quicker."""
        whole = self.searcher.whole
        if any(not (shown_by(item) & {*_DIRECTIONS}) for item in self.change.altering):
            return whole
        old = _narrowed(whole.old, self.change.old)
        return Trial(old, _narrowed(whole.new, self.change.new), whole.known_at)

    def _singled(self) -> dict[Change, Trial]:
        """Trials of one change alone, for what other changes could bring about as well."""
        found = {}
        alike = [item for item in self.change.altering if shown_by(item) & {*_DIRECTIONS}]
        for item in self.change.altering:
            trial = self._single(item) if len(alike) > 1 or item not in alike else None
            if trial is not None:
                found[item] = trial
        return found

    def _single(self, item: Change) -> Trial | None:
        """Of a verdict the rule alone decides; measures and referral may turn on changes of other rules too."""
        compared, whole = self.searcher.compared, self.searcher.whole
        if shown_by(item) & {*_DIRECTIONS}:
            package = without(item, self.change, compared.old, compared.new)
            new = _narrowed(whole.new, self.change.new)
        else:
            package, new = without_all(self.change, compared.old, compared.new), whole.new
        return None if package is None else Trial(side(package, whole.new.speaker), new, whole.known_at)

    def run(self) -> "_RuleSearch":
        """Try cases scene by scene until every change is shown, both ways if that is cheap, or the limit is reached."""
        sides = tuple(self._sides(self.change.id))
        others = tuple(item for other in sorted(self.others) for item in self._sides(other))
        concern = Concern(sides, others)
        found = scenes(sides, self.searcher.known_at)
        for number, scene in enumerate(found):
            share = (self.most_tries - self.tries) // (len(found) - number)
            if share < 1 or self._is_done():
                break
            self._try(cases(concern, Listener(concern.all, scene), share), scene)
        for item, hit in self.provisional.items():
            if item not in self._shown():
                self._keep(hit, [item])
        return self

    def _sides(self, rule_id: RuleId) -> Iterator[Sided]:
        for package in (self.searcher.compared.old, self.searcher.compared.new):
            yield from ((package, rule) for rule in package.rules if rule.id == rule_id)

    def _try(self, found: Sequence[Weighed], scene: Scene) -> None:
        start, size = 0, _FIRST_BATCH
        while start < len(found) and (self._unshown() or self._wants_direction()):
            batch = found[start : start + size]
            if not self._unshown():
                batch = batch[: _MOST_AFTER - self._after]
                self._after += len(batch)
            self._batch(batch, scene)
            start, size = start + len(batch), _BATCH

    def _wants_direction(self) -> bool:
        return self._after < _MOST_AFTER and bool(self._missing_directions())

    def _batch(self, batch: Sequence[Weighed], scene: Scene) -> None:
        self.tries += len(batch)
        for case, both in zip(batch, self.trial.many(batch, scene), strict=True):
            found = effects(self.change.id, self.others, *both)
            if found:
                self._take(case, scene, found)

    def _take(self, case: Weighed, scene: Scene, found: frozenset[Effect]) -> None:
        """Keep the case if it shows a change that none showed, or goes in a direction that none went."""
        kinds = {effect.kind for effect in found}
        hit = _Hit(case, scene, found)
        shown = [
            item for item in self._unshown() if shown_by(item) & kinds and self._shows(case, scene, item)
        ]
        if kinds == {EffectKind.VERDICT}:
            # Met or not met says more: this one is kept only if no such case is found.
            for item in shown:
                self.provisional.setdefault(item, hit)
        elif shown:
            self._keep(hit, shown)
        elif not self._unshown() and kinds & self._missing_directions():
            self._keep(hit, [])

    def _keep(self, hit: _Hit, shown: list[Change]) -> None:
        hit.shows += shown
        if all(other is not hit for other in self.hits):
            self.hits.append(hit)

    def _shows(self, case: Weighed, scene: Scene, item: Change) -> bool:
        """Whether the one change alone makes a difference in the case."""
        trial = self.single.get(item)
        if trial is None:
            return True
        self._looked_at += 1
        return self._looked_at <= _MOST_SINGLED and self._differs(trial, case, scene, item)

    def _differs(self, trial: Trial, case: Weighed, scene: Scene, item: Change) -> bool:
        found = effects(self.change.id, self.others, *trial.one(case, scene))
        return bool({effect.kind for effect in found} & shown_by(item))

    def holds(self, case: Weighed, hit: _Hit) -> bool:
        """Whether, by the spec and the whole packages, a case shows all that a hit is kept for."""
        both: Both = self.searcher.whole.one(case, hit.scene)
        kinds = {effect.kind for effect in hit.wanted & effects(self.change.id, self.others, *both)}
        return bool(kinds) and all(
            bool(shown_by(item) & kinds)
            and (item not in self.single or self._differs(self.single[item], case, hit.scene, item))
            for item in hit.shows
        )

    def _shown(self) -> list[Change]:
        return [item for hit in self.hits for item in hit.shows]

    def _unshown(self) -> list[Change]:
        shown = self._shown()
        return [item for item in self.change.altering if item not in shown]

    def _missing_directions(self) -> set[EffectKind]:
        """The directions that no hit goes, of a rule on both sides some change of which alters verdicts."""
        if self.change.old is None or self.change.new is None:
            return set()
        if not any(shown_by(item) & {*_DIRECTIONS} for item in self.change.altering):
            return set()
        return {*_DIRECTIONS} - {effect.kind for hit in self.hits for effect in hit.wanted}

    def _is_done(self) -> bool:
        """Whether another scene can add nothing: other instants and countries matter to some changes only."""
        if self._unshown():
            return False
        return not (
            self._wants_direction() and any(item.aspect in _OF_SCENES for item in self.change.altering)
        )


def _narrowed(item: Side, rule: Rule | None) -> Side:
    """A side with one rule, or none."""
    return side(replace(item.package, rules=() if rule is None else (rule,)), item.speaker)


def _prevailed_over(change: RuleChange) -> frozenset[RuleId]:
    """The rules over which it prevails on one side only; on either, where the rule or its kind is what changed."""
    before, after = ({*rule.overrides, *rule.exempts} if rule else set() for rule in (change.old, change.new))
    if any(item.aspect is Aspect.KIND for item in change.changes):
        return frozenset(before | after)
    return frozenset(before ^ after)


def search(compared: Comparison, rules: Iterable[RuleChange], most_tries: int = MOST_TRIES) -> list[Shown]:
    """The witnesses of each rule. Raises BugError where a case that was found is not confirmed by the spec."""
    searcher = Searcher(compared, most_tries)
    return [searcher.witnesses(change) for change in rules]
