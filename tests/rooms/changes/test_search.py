"""Every change that can alter an outcome is shown by a case, and every case is what it is said to be."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from adjudge.answers.versions.json_form import differences_form, differences_json, question_form
from adjudge.app.exchange import Question, answer_line, read_question
from adjudge.basis.problem import ProblemLog
from adjudge.changes import search as search_module
from adjudge.changes.change import Aspect, Status
from adjudge.changes.compare import compare
from adjudge.changes.difference import difference
from adjudge.changes.effect import EffectKind, effects
from adjudge.changes.search import MOST_TRIES, search
from adjudge.changes.trial import Trial
from adjudge.changes.witness import Shown, Witness
from adjudge.engines.point.engine import outcomes as by_point
from adjudge.errors import BugError
from adjudge.language.package import Package
from adjudge.language.package_printer import package_form, vocabulary_form
from adjudge.outcome import Outcome, Verdict, exchange_form
from adjudge.spec.resolve import outcomes as by_spec
from adjudge.tongues.tongue import tongue_of
from tests.differential.naive import outcomes as by_naive
from tests.generators.cases import seeded_case
from tests.rooms.changes.pairs import ALTERING, SECOND, VOCABULARY, package, rule


def shown(old: Package, new: Package, most_tries: int = MOST_TRIES) -> list[Shown]:
    compared = compare(old, new)
    return search(compared, compared.rules, most_tries)


def question(package_: Package, witness: Witness, *, is_old: bool) -> Question:
    """The case as one side can hold it."""
    unsayable = witness.unsayable_old if is_old else witness.unsayable_new
    return Question(
        package=package_,
        claims=tuple(claim for claim in witness.claims if claim.id not in unsayable),
        subjects=(witness.subject,),
        valid_at=witness.scene.valid_at,
        known_at=witness.known_at,
        territory=witness.scene.territory,
    )


def naively(package_: Package, witness: Witness, *, is_old: bool) -> object:
    (found,) = by_naive(question(package_, witness, is_old=is_old))
    return found


def check(old: Package, new: Package, found: Shown) -> None:
    """Another reading of the page finds the two outcomes, and they differ as it is said."""
    assert found.change.altering == () or found.witnesses
    for witness in found.witnesses:
        assert naively(old, witness, is_old=True) == exchange_form(witness.old)
        assert naively(new, witness, is_old=False) == exchange_form(witness.new)
        assert witness.effects
        assert exchange_form(witness.old) != exchange_form(witness.new)


@pytest.mark.parametrize("name", ALTERING)
def test_each_kind_of_change_has_its_case(name: str) -> None:
    pair = ALTERING[name]
    (found,) = (item for item in shown(pair.old, pair.new) if item.change.id == "one")
    assert found.unshown == ()
    assert pair.effects <= {effect.kind.value for item in found.witnesses for effect in item.effects}
    assert {change for item in found.witnesses for change in item.shows} == set(found.change.altering)


# The type of a fact changes the text of a claim's value, which this reading does not read again.
@pytest.mark.parametrize("name", sorted(set(ALTERING) - {"type-of-a-fact"}))
def test_each_case_is_confirmed_by_another_reading(name: str) -> None:
    pair = ALTERING[name]
    for found in shown(pair.old, pair.new):
        check(pair.old, pair.new, found)


@pytest.mark.parametrize("name", ALTERING)
def test_each_case_can_be_asked_again_in_the_exchange_form(name: str) -> None:
    pair = ALTERING[name]
    form: dict[str, Any] = differences_form(difference(pair.old, pair.new), tongue_of("en"))
    asked = 0
    for witness in (witness for item in form["rules"] for witness in item["witnesses"]):
        for key, package_ in (("old", pair.old), ("new", pair.new)):
            line = json.dumps({**_asked(witness, key), **_texts(package_)})
            assert answer_line(line, by_spec) == {"outcomes": [witness["outcomes"][key]]}
            assert answer_line(line, by_point) == {"outcomes": [witness["outcomes"][key]]}
            asked += 1
    assert asked


def _asked(witness: dict[str, Any], side: str) -> dict[str, object]:
    """The question without the claims that the side cannot hold."""
    claims = witness["question"]["claims"]
    kept = [claim for claim in claims if claim["id"] not in witness["unsayable"][side]]
    return {**witness["question"], "claims": kept}


def _texts(package_: Package) -> dict[str, object]:
    return {"vocabulary": vocabulary_form(package_.vocabulary), "package": package_form(package_)}


@pytest.mark.parametrize("name", ALTERING)
def test_no_claim_of_a_case_can_be_left_out(name: str) -> None:
    pair = ALTERING[name]
    for found in shown(pair.old, pair.new):
        for witness in found.witnesses:
            for claim in witness.claims:
                rest = replace(witness, claims=tuple(other for other in witness.claims if other is not claim))
                old, new = evaluated(pair.old, rest, is_old=True), evaluated(pair.new, rest, is_old=False)
                left = effects(found.change.id, frozenset({SECOND_ID}), old, new)
                assert not set(witness.effects) <= left


SECOND_ID = next(iter(package(rule(SECOND)).rules)).id


def evaluated(package_: Package, witness: Witness, *, is_old: bool) -> Outcome:
    asked = question(package_, witness, is_old=is_old)
    (found,) = by_spec(
        asked.package,
        asked.claims,
        asked.subjects,
        valid_at=asked.valid_at,
        known_at=asked.known_at,
        territory=asked.territory,
    )
    return found


def test_an_added_rule_is_met_by_its_case_and_a_removed_one_was() -> None:
    few, many = package(rule()), package(rule(), rule(SECOND), version="2")
    (added,), (removed,) = shown(few, many), shown(many, few)
    (one,), (other,) = added.witnesses, removed.witnesses
    assert [effect.kind for effect in one.effects] == [EffectKind.REACHED]
    assert [effect.kind for effect in other.effects] == [EffectKind.RELEASED]
    assert one.old.of(SECOND_ID) is None
    assert other.new.of(SECOND_ID) is None


def test_an_added_rule_shows_what_it_lifts() -> None:
    old, new = package(rule(SECOND)), package(rule(overrides="[two]"), rule(SECOND), version="2")
    (added,) = shown(old, new)
    assert added.unshown == ()
    kinds = [{effect.kind for effect in item.effects} for item in added.witnesses]
    assert {EffectKind.REACHED} in kinds
    assert any(EffectKind.OTHER_LIFTED in found for found in kinds)


def test_an_added_exemption_shows_what_it_lifts() -> None:
    exemption = rule(kind="exemption", measure="", exempts="[two]")
    old, new = package(rule(SECOND)), package(exemption, rule(SECOND), version="2")
    (added,) = shown(old, new)
    assert added.unshown == ()
    assert any(effect.other == "two" for item in added.witnesses for effect in item.effects)


def test_each_of_several_changes_has_a_case_of_its_own() -> None:
    unless = "[{id: shown, when: advertiser.verified, standard: official}]"
    old = package(rule(when="advertiser.listed"))
    new = package(
        rule(when="advertiser.listed || advertiser.sued", standard="official", unless=unless), version="2"
    )
    (found,) = shown(old, new)
    assert {item.aspect for item in found.change.changes} == {Aspect.WHEN, Aspect.STANDARD, Aspect.UNLESS}
    assert found.unshown == ()
    assert len(found.witnesses) >= 3


def test_a_referral_by_another_rule_that_changed_is_not_taken_for_its_own() -> None:
    old = package(rule(), rule(SECOND))
    new = package(rule(on_unproven="refer"), rule(SECOND, on_unproven="refer"), version="2")
    for found in shown(old, new):
        assert found.unshown == ()
        for witness in found.witnesses:
            outcome = witness.new.of(found.change.id)
            assert outcome is not None
            assert outcome.verdict is Verdict.UNPROVEN


def test_a_change_that_alters_nothing_is_said_to_be_unshown_and_not_to_be_none() -> None:
    old = package(rule(when="advertiser.staff > 5"))
    new = package(rule(when="advertiser.staff >= 6"), version="2")
    (found,) = shown(old, new)
    assert (found.change.status, found.status) == (Status.CHANGED, Status.REWRITTEN)
    assert (found.witnesses, found.unshown) == ((), found.change.altering)
    assert found.tries > 0


def test_a_change_of_more_than_a_condition_is_one_of_meaning_with_or_without_a_case() -> None:
    old = package(rule(when="advertiser.staff > 5"))
    new = package(rule(when="advertiser.staff >= 6", cure="{days: 7}"), version="2")
    (found,) = shown(old, new)
    assert (found.witnesses, found.status) == ((), Status.CHANGED)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("^ab+c$", "^ab*c$"),
        ("^ab{2,4}c$", "^ab{2,5}c$"),
        ("^(north|south)$", "^(north|west)$"),
        ("^[a-f]x$", "^[a-g]x$"),
        ("^abc$", "^abc"),
        (r"^\\d{4}$", r"^\\d{5}$"),
        ("^colou?r$", "^colour$"),
    ],
)
def test_two_patterns_are_told_apart_by_a_text_made_from_one_of_them(one: str, other: str) -> None:
    (found,) = shown(
        package(rule(when=f"advertiser.name.matches('{one}')")),
        package(rule(when=f"advertiser.name.matches('{other}')"), version="2"),
    )
    assert found.witnesses
    assert found.status is Status.CHANGED


def test_a_rule_that_can_never_be_met_has_no_case() -> None:
    old, new = package(), package(rule(when="advertiser.listed && 1 == 2"), version="2")
    (found,) = shown(old, new)
    assert found.witnesses == ()
    assert [item.aspect for item in found.unshown] == [Aspect.RULE]


@pytest.mark.parametrize("limit", [1, 5, 50])
def test_no_more_cases_are_tried_than_the_limit(limit: int) -> None:
    pair = ALTERING["an-operand-more"]
    hard = package(rule(when="advertiser.staff >= 6 && advertiser.listed && advertiser.sued"), version="2")
    easy = package(rule(when="advertiser.staff > 5 && advertiser.listed && advertiser.sued"))
    assert all(found.tries <= limit for found in shown(easy, hard, limit))
    assert all(found.tries <= limit for found in shown(pair.old, pair.new, limit))


def test_all_rules_together_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_module, "MOST_IN_ALL", 1)
    first, second = shown(package(), package(rule(), rule(SECOND), version="2"))
    assert (first.tries, second.tries, second.witnesses) == (1, 0, ())
    assert [item.aspect for item in second.unshown] == [Aspect.RULE]


def test_a_conjunction_of_many_facts_is_met() -> None:
    names = [f"f{number}" for number in range(20)]
    words = "{vocabulary: ads, version: 1, facts: {advertiser: {" + ", ".join(
        f"{n}: {{type: bool}}" for n in names
    )
    condition = " && ".join(f"advertiser.{name}" for name in names)
    new = package(rule(when=condition), vocabulary=words + "}}}", version="2")
    (found,) = shown(package(vocabulary=words + "}}}"), new)
    assert len(found.witnesses[0].claims) == len(names)


def test_a_disjunction_of_many_comparisons_is_told_apart() -> None:
    many = " || ".join(f"advertiser.staff == {3 * number}" for number in range(150))
    old = package(rule(when=many))
    (found,) = shown(old, package(rule(when=f"{many} || advertiser.staff == 1000"), version="2"))
    assert [claim.value for claim in found.witnesses[0].claims] == [1000]


def test_a_later_instant_is_asked_where_the_rule_begins_later() -> None:
    old, new = package(), package(rule(in_force="{from: 2031-05-01}"), version="2")
    (found,) = shown(old, new)
    assert str(found.witnesses[0].scene.valid_at) == "2031-05-01T00:00:00Z"


def test_both_packages_are_known_even_if_one_is_published_later() -> None:
    pair = ALTERING["an-operand-more"]
    later = replace(
        pair.new, published_at=replace(pair.new.published_at, nanos=pair.new.published_at.nanos * 2)
    )
    (found,) = shown(pair.old, later)
    assert {item.known_at for item in found.witnesses} == {later.published_at}
    assert found.unshown == ()


def test_a_list_of_thousands_is_told_apart_by_its_one_new_member() -> None:
    names = [f"n{number}" for number in range(3_000)]

    def tables(values: list[str]) -> str:
        return f"lists: {{names: [{{values: [{', '.join(values)}]}}]}}"

    condition = "advertiser.name in lists.names"
    old = package(rule(when=condition), tables=tables(names))
    new = package(rule(when=condition), tables=tables([*names, "Ünïcode-名"]), version="2")
    (found,) = shown(old, new)
    assert [claim.value for claim in found.witnesses[0].claims] == ["Ünïcode-名"]


def test_vocabularies_that_share_nothing_are_compared() -> None:
    words = "{vocabulary: other, version: 1, facts: {advertiser: {реклама_ok: {type: bool}}}}".replace(
        "реклама_ok", "gut"
    )
    other = package(
        rule(when="advertiser.gut"),
        vocabulary=words,
        version="2",
        head="package: b\nversion: '{version}'\nlanguage: 1\nvocabulary: other\npublished_at: 2021-01-01\n",
    )
    (found,) = shown(package(rule()), other)
    assert found.unshown == ()
    for witness in found.witnesses:
        check(package(rule()), other, replace(found, witnesses=(witness,)))
    assert any(witness.unsayable_old or witness.unsayable_new for witness in found.witnesses)


def test_the_same_packages_give_the_same_bytes() -> None:
    for name in ("a-record", "another-currency", "unless-when", "to-exemption"):
        pair = ALTERING[name]
        texts = {differences_json(difference(pair.old, pair.new), tongue_of("en")) for _ in range(2)}
        assert len(texts) == 1


def test_a_case_that_the_spec_does_not_confirm_is_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Trial, "is_confirmed", lambda *_: False)
    pair = ALTERING["standard"]
    with pytest.raises(BugError, match="differ on a case for the rule `one`"):
        shown(pair.old, pair.new)


def generated(seed: int) -> Package:
    found = read_question(seeded_case(seed).line(), ProblemLog())
    assert found is not None
    return found.package


def pairs_of_seeds() -> Iterator[tuple[Package, Package]]:
    yield from ((generated(seed), generated(seed + 1_000)) for seed in range(8))


def test_generated_packages_are_compared_without_a_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_module, "_MOST_SINGLED", 100)
    witnesses = 0
    for old, new in pairs_of_seeds():
        for found in shown(old, new, 400):
            for witness in found.witnesses:
                witnesses += 1
                assert naively(old, witness, is_old=True) == exchange_form(witness.old)
                assert naively(new, witness, is_old=False) == exchange_form(witness.new)
    assert witnesses > 10


def test_a_question_has_no_territory_where_none_was_asked_about() -> None:
    territory = ALTERING["territory"]
    (found,) = shown(territory.old, territory.new)
    assert question_form(found.witnesses[0])["territory"]
    (found,) = shown(ALTERING["standard"].old, ALTERING["standard"].new)
    assert "territory" not in question_form(found.witnesses[0])


def test_the_vocabulary_of_the_fixtures_has_every_type() -> None:
    for kind in (
        "bool",
        "int",
        "decimal",
        "string",
        "date",
        "timestamp",
        "duration",
        "country",
        "language",
        "money",
    ):
        assert f"type: {kind}" in VOCABULARY
