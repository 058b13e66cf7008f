"""What would change it, for cases of the pack that ships: gambling, pharmacies, the founding case, and its sentence."""

import datetime as dt
from pathlib import Path

import pytest

from adjudge.answers.answer import Answer, Asked
from adjudge.app.decide import decide
from adjudge.app.on_files import load_case
from adjudge.app.recourse import recourse_of
from adjudge.basis.ids import SubjectId
from adjudge.basis.problem import ProblemLog
from adjudge.facts.value import Record
from adjudge.facts.vocabulary import Changer
from adjudge.outcome import Verdict
from adjudge.recourse.action import Addition, Power, Proof, Removal, Replacement
from adjudge.recourse.kinds import Extent, told
from adjudge.recourse.recourse import recourse
from adjudge.recourse.verify import Verifier
from adjudge.recourse.way import Purpose, Recourse
from tests.rooms.recourse.worlds import AD, ROOT, Said, moment, package, question, rule, shipped, steps

FOUNDING = ROOT / "examples" / "cases" / "kaspersky-2018"
BETTING: Said = ("ad.category", "sports_betting_1366", 3)
IN_BELGIUM: Said = ("ad.shown_in", "BE", 4)


def licence(country: str, weight: int = 4, kind: str = "gambling_licence") -> Said:
    value = {"kind": kind, "country": country, "number": "0042", "expires": "2027-01-01"}
    return "advertiser.certificates", dict(value), weight  # type: ignore[return-value]  # a tree of texts


def gambling(*said: Said) -> Recourse:
    return recourse(question(shipped("2026.6"), *said, subject=AD))


@pytest.fixture(scope="module")
def betting_in_belgium_with_a_french_licence() -> Recourse:
    return gambling(BETTING, IN_BELGIUM, licence("FR"))


def test_a_certificate_for_the_country_is_the_cheapest_thing_to_prove(
    betting_in_belgium_with_a_french_licence: Recourse,
) -> None:
    first = betting_in_belgium_with_a_french_licence.of(Power.PROVE)[0]
    (step,) = first.steps
    assert isinstance(step.action, Proof)
    assert isinstance(step.action.value, Record)
    assert step.action.value.get("country") == "BE"
    assert step.action.value.get("kind") == "gambling_licence"
    assert step.action.value.get("expires") == dt.date(2026, 7, 2)
    assert step.action.weight == 4
    assert step.action.unread == ("number",)
    assert step.documents == ("official_statement", "platform_record", "register_extract")
    assert (step.purpose, step.exceptions) == (Purpose.EXCEPTION, (("gambling-licence", "licensed"),))
    assert first.cures == (("gambling-licence", Verdict.EXCEPTED),)
    assert (first.remains, first.referred, first.cost) == ((), False, 1)


def test_an_ad_may_be_shown_where_the_licence_is_held_or_a_licence_be_obtained_or_something_else_be_sold(
    betting_in_belgium_with_a_french_licence: Recourse,
) -> None:
    category, place, obtained = betting_in_belgium_with_a_french_licence.of(Power.CHANGE)
    assert steps(place) == ["ad.shown_in := FR"]
    (added,) = (step.action for step in obtained.steps)
    assert isinstance(added, Addition)
    assert isinstance(added.value.value, Record)
    assert added.value.value.get("country") == "BE"
    assert obtained.cost == 4
    (changed,) = (step.action for step in category.steps)
    assert isinstance(changed, Replacement)
    tree = shipped("2026.6").vocabulary.taxonomies["ad_product"]
    extent = told(changed.to.all, tree)
    assert extent.extent is Extent.OUTSIDE
    assert {"gambling_1361", "tobacco_1544", "alcohol_1002"} & set(extent.branches) >= {"gambling_1361"}
    assert set(extent.excepted) == {"contests_1363", "give_aways_1364"}
    assert not {"sports_betting_1366", "casinos_1362"} & set(changed.to.all)


def test_without_any_licence_no_other_country_helps() -> None:
    found = gambling(BETTING, IN_BELGIUM)
    assert not any("ad.shown_in" in step for way in found.of(Power.CHANGE) for step in steps(way))
    assert found.own
    assert found.complete


def test_contrary_proof_of_the_category_obtains_a_persons_decision_only(
    betting_in_belgium_with_a_french_licence: Recourse,
) -> None:
    found = betting_in_belgium_with_a_french_licence
    single = [way for way in found.to_a_person if len(way.steps) == 1]
    contrary = [way for way in single if way.steps[0].action.fact == "ad.category"]
    assert contrary
    for way in contrary:
        (step,) = way.steps
        assert step.purpose is Purpose.CONTRARY
        assert way.contested
        assert way.referred


def test_nobody_is_told_to_prove_a_worse_category_than_another_one(
    betting_in_belgium_with_a_french_licence: Recourse,
) -> None:
    found = betting_in_belgium_with_a_french_licence
    assert {way.contested for way in found.to_a_person} == {("gambling-licence",)}
    assert any(len(way.contested) > 1 for way in found.detours)


def test_of_equal_effort_a_certificate_comes_before_another_business(
    betting_in_belgium_with_a_french_licence: Recourse,
) -> None:
    first = betting_in_belgium_with_a_french_licence.ways[0]
    assert (first.power, first.cost, first.alters) == (Power.PROVE, 1, False)
    assert first.steps[0].action.fact == "advertiser.certificates"


def test_codes_that_contain_what_is_prohibited_are_no_way_out() -> None:
    (own,) = recourse_of(answered("2024-11-01", "US"), SubjectId("ad-antivirus")).own
    action = own.steps[0].action
    assert isinstance(action, Replacement)
    assert not {"any_product", "information_security"} & set(action.to.all)


def test_an_ad_is_not_sent_where_another_rule_hits_it() -> None:
    said: tuple[Said, ...] = (
        ("ad.category", "elections_1476", 3),
        ("ad.shown_in", "US", 4),
        ("advertiser.country", "RU", 4),
    )
    asked = question(shipped("2026.6"), *said, subject=AD, territory="US")
    found = recourse(asked)
    assert found.is_needed
    worldwide = {rule.id for rule in asked.everywhere} - {rule.id for rule in asked.rules}
    assert worldwide
    for way in found.ways:
        tried = Verifier(asked).after([step.action for step in way.steps])
        assert tried.everywhere.measures == ()


def test_detours_through_another_regulated_category_are_marked(
    betting_in_belgium_with_a_french_licence: Recourse,
) -> None:
    found = betting_in_belgium_with_a_french_licence
    assert found.detours
    assert all(len(way.steps) > 1 or way.ends_contested for way in found.detours)
    assert all(not way.is_detour for power in Power for way in found.of(power))


def test_a_pharmacy_can_prove_its_accreditation_or_take_no_orders() -> None:
    said: tuple[Said, ...] = (
        ("ad.category", "drugstores_and_pharmacies_1386", 3),
        ("ad.orders_medicines", True, 3),
        ("ad.shown_in", "FR", 4),
        licence("BE", kind="pharmacy_accreditation"),
    )
    found = recourse(question(shipped("2026.6"), *said, subject=AD))
    assert found.lifted == ("pharmacy-accreditation",)
    (proof,) = (way for way in found.of(Power.PROVE) if way.steps[0].action.fact == "advertiser.certificates")
    (step,) = proof.steps
    assert isinstance(step.action, Proof)
    assert isinstance(step.action.value, Record)
    assert (step.action.value.get("kind"), step.action.value.get("country")) == (
        "pharmacy_accreditation",
        "FR",
    )
    changes = [tuple(steps(way)) for way in found.of(Power.CHANGE)]
    assert ("ad.orders_medicines := False",) in changes
    assert ("ad.shown_in := BE",) in changes


# --- the founding case ---


def answered(as_of: str, territory: str | None) -> Answer:
    log = ProblemLog()
    loaded = load_case(Path(FOUNDING), log)
    assert loaded is not None, log.problems
    asked = Asked(valid_at=moment(as_of), known_at=moment(as_of), territory=territory)
    answer = decide(loaded, asked, log)
    assert answer is not None, log.problems
    return answer


def test_a_prohibited_product_is_let_in_only_by_advertising_something_else() -> None:
    found = recourse_of(answered("2024-11-01", "US"), SubjectId("ad-antivirus"))
    assert found.lifted == ("prohibited-sale",)
    (own,) = found.own
    (step,) = own.steps
    assert isinstance(step.action, Replacement)
    assert step.action.fact == "ad.product"
    tree = answered("2024-11-01", "US").package.vocabulary.taxonomies["product"]
    extent = told(step.action.to.all, tree)
    assert (extent.extent, extent.branches) == (Extent.OUTSIDE, ("security_software",))


def test_the_authority_that_could_lift_the_prohibition_is_named() -> None:
    found = recourse_of(answered("2024-11-01", "US"), SubjectId("ad-antivirus"))
    (others,) = found.of(Power.OTHERS)
    assert len(others.steps) == 3
    for step in others.steps:
        assert isinstance(step.action, Removal)
        assert step.action.by is Changer.THIRD_PARTY
        assert isinstance(step.action.value, Record)
        assert step.action.value.get("authority") == "us_commerce"
    assert [item.fact for item in found.turning] == ["advertiser.sale_prohibitions"]


@pytest.mark.parametrize(
    ("subject", "territory"),
    [("ad-threat-intelligence", "US"), ("ad-antivirus", "FR"), ("kaspersky-lab", "US")],
)
def test_other_products_and_territories_need_no_way_out(subject: str, territory: str) -> None:
    found = recourse_of(answered("2024-11-01", territory), SubjectId(subject))
    assert not found.is_needed
    assert (found.measures, found.ways, found.complete) == ((), (), True)


def test_under_the_sentence_of_2018_nothing_helps_but_to_stop_selling_for_pay() -> None:
    made = package(
        """
taxonomies:
  business_model: {paid_by_users: {}, paid_by_advertisers: {}, paid_by_public_funds: {}}
facts:
  advertiser:
    business_model:
      {type: code<business_model>, changeable_by: advertiser, effort: 9, definition: {en: Who pays.}}
""",
        "rules:" + rule("business-model", "advertiser.business_model == 'paid_by_users'"),
    )
    found = recourse(question(made, ("advertiser.business_model", "paid_by_users", 4)))
    (way,) = found.ways
    (step,) = way.steps
    assert isinstance(step.action, Replacement)
    assert (way.power, way.cost) == (Power.CHANGE, 9)
    assert set(step.action.to.all) == {"paid_by_advertisers", "paid_by_public_funds"}
    assert step.action.before == ("paid_by_users",)
