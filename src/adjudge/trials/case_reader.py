"""A case of a test from its nodes: the question, the claims, or the one change to an earlier case.

What a case expects is read by `adjudge.trials.expectation_reader`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from adjudge.basis.instant import Instant
from adjudge.basis.problem import did_you_mean, quoted
from adjudge.basis.reading.node import Node
from adjudge.basis.reading.shape import Fields, Shape
from adjudge.basis.said import say, verbatim
from adjudge.facts.claim import Claim, Subject
from adjudge.facts.codes import COUNTRIES
from adjudge.facts.vocabulary import Vocabulary
from adjudge.language.package import Package, latest
from adjudge.trials.expectation_reader import read_expected
from adjudge.trials.model import (
    Boundary,
    Change,
    ClaimChange,
    Expectation,
    Setting,
    SettingChange,
    Trial,
)
from adjudge.trials.parts import read_claim, read_claims, texts_with_english

WITH, WITHOUT = "with", "without"
CHANGES = (WITH, WITHOUT, *(setting.value for setting in Setting))
"""The keys of which a case beside another has exactly one."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What all cases of a file stand in.

    `tested` are the versions that the file names; none where each case uses the one of its own instant. They are
    `listed` where the file may name several.
    """

    vocabulary: Vocabulary
    packages: tuple[Package, ...]
    tested: tuple[Package, ...]
    listed: bool
    subjects: tuple[Subject, ...]
    background: Mapping[str, Claim]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The question and the claims of a case. `known_at` is None where it follows `at`."""

    at: Instant
    known_at: Instant | None
    territory: str | None
    claims: Mapping[str, Claim]

    @property
    def known(self) -> Instant:
        """The known time: the valid time unless another is written."""
        return self.known_at or self.at


@dataclass(slots=True)
class CaseReader:
    """Reads the cases of one file in their order. `written` are the names of all of them."""

    shape: Shape
    frame: Frame
    written: Sequence[str]
    asked: dict[str, _Asked | None] = field(default_factory=dict)
    """What earlier cases ask, None of those that have problems of their own."""

    def read(self, node: Node) -> tuple[Trial, ...]:
        """One case, once for each version under test; none with a problem."""
        shape = self.shape
        fields = shape.mapping(node, say("a case"))
        if fields is None:
            return ()
        before = self.problems
        id_node = fields.required("case")
        case_id = shape.identifier(id_node, say("the name of the case"))
        title = texts_with_english(shape, fields.optional("title"), say("the title"))
        asked, boundary = self.question(fields, case_id)
        packages = self.packages(asked, node) if asked else ()
        expected = self.expected(fields.required("expect"), packages)
        fields.done()
        self.remember(case_id, id_node, asked)
        if not (case_id and asked) or self.problems > before:
            return ()
        return tuple(
            Trial(
                id=case_id,
                title=title,
                package=package,
                subjects=self.frame.subjects,
                claims=tuple(asked.claims.values()),
                valid_at=asked.at,
                known_at=asked.known,
                territory=asked.territory,
                expected=expectations,
                boundary=boundary,
                listed=package.version if self.frame.listed else None,
                span=id_node.span if id_node else None,
            )
            for package, expectations in expected
        )

    @property
    def problems(self) -> int:
        """How many problems there are so far."""
        return len(self.shape.log.problems) + self.shape.log.left_out

    def expected(
        self, node: Node | None, packages: Sequence[Package]
    ) -> list[tuple[Package, tuple[Expectation, ...]]]:
        """What each version should find. The first with a problem ends it: a slip is not told once for each."""
        found: list[tuple[Package, tuple[Expectation, ...]]] = []
        for package in packages:
            before = self.problems
            found.append((package, read_expected(self.shape, node, package, self.frame.subjects)))
            if self.problems > before:
                break
        return found

    def remember(self, case_id: str | None, node: Node | None, asked: _Asked | None) -> None:
        """Keep what a case asks for those that will stand beside it; each name stands once."""
        if case_id is None:
            return
        if case_id in self.asked:
            message = say("two cases are called {name}", name=quoted(case_id))
            self.shape.problem("duplicate-id", message, node, say("rename one of them"))
        self.asked.setdefault(case_id, asked)

    def packages(self, asked: _Asked, node: Node) -> tuple[Package, ...]:
        """The versions under test, else the latest that was published at the known time. LANGUAGE.md 5.1."""
        if self.frame.tested:
            return self.frame.tested
        found = latest(list(self.frame.packages), asked.known)
        if found is None and self.frame.packages:
            first = min(package.published_at for package in self.frame.packages)
            message = say("no version of the policy was published by {instant}", instant=str(asked.known))
            hint = say("the first was published at {instant}; or name a `version:`", instant=str(first))
            self.shape.problem("unknown-package", message, node, hint)
        return (found,) if found is not None else ()

    def question(self, fields: Fields, case_id: str | None) -> tuple[_Asked | None, Boundary | None]:
        """What the case asks: of its own, or as an earlier one but for one change."""
        beside_node = fields.optional("beside")
        if beside_node is None:
            return self.own(fields), None
        beside = self.shape.identifier(beside_node, say("the case that this one stands beside"))
        keys = [key for key in CHANGES if fields.optional(key) is not None]
        if beside is None or not self.is_one_change(fields, keys, beside_node):
            return None, None
        base = self.earlier(beside, beside_node, case_id)
        changed = self.changed(base, keys[0], fields) if base else None
        if changed is None:
            return None, None
        return changed[0], Boundary(beside, changed[1], fields.node.keys[keys[0]].span)

    def own(self, fields: Fields) -> _Asked | None:
        """The question of a case that stands beside no other."""
        shape = self.shape
        at = shape.instant(fields.required("at"), verbatim("`at`"))
        known_at = shape.instant(fields.optional("known_at"), verbatim("`known_at`"))
        territory = self.territory(fields.optional("territory"))
        claims = read_claims(shape, fields.optional("claims"), self.frame.vocabulary, self.frame.subjects)
        for key in (WITH, WITHOUT):
            node = fields.optional(key)
            if node is not None:
                message = say("{key} changes an earlier case, but the case names none", key=quoted(key))
                shape.problem("not-one-change", message, node, say("name the case as {key}", key="`beside:`"))
        if at is None:
            return None
        return _Asked(at, known_at, territory, {**self.frame.background, **claims})

    def territory(self, node: Node | None) -> str | None:
        """A country."""
        text = self.shape.text(node, verbatim("`territory`"))
        if text is not None and text not in COUNTRIES:
            message = say("{code} is not a country", code=quoted(text))
            hint = say("write an ISO 3166-1 code such as `FR`")
            self.shape.problem("unknown-code", message, node, hint)
            return None
        return text

    def is_one_change(self, fields: Fields, keys: list[str], node: Node) -> bool:
        """Whether a case beside another has one change; `claims` would be any number of them."""
        claims = fields.optional("claims")
        shown = ", ".join(quoted(key) for key in [*keys, *(["claims"] if claims is not None else [])])
        hint = say("write one of {keys}", keys=", ".join(f"`{key}:`" for key in CHANGES))
        if claims is not None or len(keys) > 1:
            message = say("a case beside another differs by one change, but has {keys}", keys=shown)
            self.shape.problem("not-one-change", message, node, hint)
        elif not keys:
            message = say("the case does not say how it differs from the one that it stands beside")
            self.shape.problem("not-one-change", message, node, hint)
        return claims is None and len(keys) == 1

    def earlier(self, name: str, node: Node, case_id: str | None) -> _Asked | None:
        """What an earlier case asks; None with a problem, or where that case has problems of its own."""
        if name in self.asked:
            return self.asked[name]
        message = say("no earlier case is called {name}", name=quoted(name))
        hint = did_you_mean(name, list(self.asked)) or say("write that case above this one")
        if name == case_id:
            hint = say("a case cannot stand beside itself: name another")
        elif name in self.written:
            hint = say("it stands further down: write it above this one")
        self.shape.problem("unknown-case", message, node, hint)
        return None

    def changed(self, base: _Asked, key: str, fields: Fields) -> tuple[_Asked, Change] | None:
        """An earlier question with its one change."""
        node = fields.node.items[key]
        if key == WITH:
            return self.with_claim(base, node)
        if key == WITHOUT:
            return self.without_claim(base, node)
        return self.with_setting(base, Setting(key), node)

    def with_claim(self, base: _Asked, node: Node) -> tuple[_Asked, Change] | None:
        """A claim added, or put in the place of the one of its id."""
        claim = read_claim(self.shape, node, self.frame.vocabulary, self.frame.subjects)
        if claim is None:
            return None
        old = base.claims.get(str(claim.id))
        if old == claim:
            self.report_nothing_changed(node)
            return None
        return replace(base, claims={**base.claims, str(claim.id): claim}), ClaimChange(old, claim)

    def without_claim(self, base: _Asked, node: Node) -> tuple[_Asked, Change] | None:
        """A claim dropped."""
        claim_id = self.shape.identifier(node, say("the claim that is left out"))
        if claim_id is None:
            return None
        if claim_id not in base.claims:
            message = say("the case that this one stands beside has no claim {claim}", claim=quoted(claim_id))
            hint = did_you_mean(claim_id, list(base.claims)) or say("name a claim of that case")
            self.shape.problem("unknown-claim", message, node, hint)
            return None
        claims = {key: claim for key, claim in base.claims.items() if key != claim_id}
        return replace(base, claims=claims), ClaimChange(base.claims[claim_id], None)

    def with_setting(self, base: _Asked, setting: Setting, node: Node) -> tuple[_Asked, Change] | None:
        """Another instant or territory. A known time that was not written goes with the valid time."""
        if setting is Setting.TERRITORY:
            territory = self.territory(node)
            if territory is None:
                return None
            asked, change = (
                replace(base, territory=territory),
                SettingChange(setting, base.territory, territory),
            )
        else:
            instant = self.shape.instant(node, verbatim(f"`{setting.value}`"))
            if instant is None:
                return None
            if setting is Setting.AT:
                asked, change = replace(base, at=instant), SettingChange(setting, base.at, instant)
            else:
                asked, change = replace(base, known_at=instant), SettingChange(setting, base.known, instant)
        if change.old == change.new:
            self.report_nothing_changed(node)
            return None
        return asked, change

    def report_nothing_changed(self, node: Node) -> None:
        """A change to what is so already."""
        message = say("this changes nothing: it is so in the case that this one stands beside")
        self.shape.problem("not-one-change", message, node, say("change it, or drop the case"))
