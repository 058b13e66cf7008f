"""A small population to be asked: shops that sell potions, in a policy of their own."""

from pathlib import Path

VOCABULARY = """
vocabulary: shops
version: 1
taxonomies:
  model: {any_model: {paid_by_users: {}, paid_by_ads: {}}}
facts:
  advertiser:
    model: {type: code<model>, changeable_by: nobody, definition: {en: Who pays.}}
    country: {type: country, protected: true, changeable_by: nobody, definition: {en: Register.}}
    potions: {type: bool, definition: {en: Sells potions.}, changeable_by: nobody}
    licensed: {type: bool, definition: {en: Licence.}, proof: [{document: register_extract, weight: 4}]}
    spend: {type: money, definition: {en: Invoiced.}}
    staff: {type: int, definition: {en: Payroll.}}
    tags: {type: string, many: true, definition: {en: Tags.}}
  ad:
    text: {type: string, definition: {en: Text.}}
"""
PACKAGE = """
package: market
version: '1'
language: 1
vocabulary: shops
published_at: 2020-01-01
rules:
  - id: potions
    title: {en: Potions <b>without</b> a licence}
    subject: advertiser
    kind: prohibition
    ground: {terms: "1"}
    territory: worldwide
    when: advertiser.potions && advertiser.model == 'paid_by_users'
    standard: reported
    unless:
      - {id: licensed, when: advertiser.licensed, standard: official}
    measure: {exclude: {}}
    explanation: {en: Why.}
  - id: later
    subject: advertiser
    kind: prohibition
    ground: {terms: "2"}
    in_force: {from: 2030-01-01}
    territory: [FR]
    when: advertiser.potions
    standard: reported
    measure: {notify: {}}
    explanation: {en: Why.}
"""
POPULATION = """
population: shops-2020
title: {en: Shops in 2020}
policy: market
as_of: 2020-06-01
subjects: [SUBJECTS]
dimensions:
  country: advertiser.country
  spend: advertiser.spend
  staff: {fact: advertiser.staff, bands: [10, 100]}
"""
DOCUMENTS = """
documents:
  - id: register
    kind: register_extract
    title: Register
    publisher: The registrar
    published: 2020-01-15
    precision: day
    language: en
    status: primary
    sources: [the registrar]
    summary: {en: It says so.}
"""
SUBJECTS = ("ann", "bob", "cyd", "dan", "eve")
SHOP = "{id: %s, kind: advertiser, title: {en: Shop %s}}"


def claim(number: int | str, subject: str, fact: str, value: object, weight: int = 2) -> str:
    return (
        f"{{id: c{number}, subject: {subject}, fact: advertiser.{fact}, value: {value}, stance: asserts,"
        f" weight: {weight}, origin: o{number}, document: register, recorded_at: 2020-02-01}}"
    )


def money(amount: str, currency: str = "EUR") -> str:
    return f'{{amount: "{amount}", currency: {currency}}}'


CLAIMS = (
    *(claim(f"p-{name}", name, "potions", "true") for name in ("ann", "bob", "cyd", "dan")),
    *(claim(f"m-{name}", name, "model", "paid_by_users") for name in ("ann", "bob", "cyd")),
    claim("m-dan", "dan", "model", "paid_by_ads"),
    claim("s-ann", "ann", "spend", money("10.10")),
    claim("s-bob", "bob", "spend", money("0.2")),
    claim("s-cyd", "cyd", "spend", money("5", "USD")),
    claim("n-ann", "ann", "staff", "9"),
    claim("n-bob", "bob", "staff", "10"),
    claim("l-cyd", "cyd", "country", "FR"),
    claim("l-ann", "ann", "country", "FR"),
    claim("l-ann2", "ann", "country", "BE"),
)
DECISIONS = (
    "{subject: ann, measures: [notify, exclude], since: 2020-03-01, document: register, status: verified}",
    "{subject: bob, measures: [], document: register, status: unverified}",
    "{subject: dan, measures: [limit], document: register, status: verified}",
)


def listed(key: str, items: tuple[str, ...]) -> str:
    return f"{key}:\n" + "".join(f"  - {item}\n" for item in items) if items else f"{key}: []\n"


def write(
    folder: Path,
    *,
    population: str = POPULATION,
    subjects: tuple[str, ...] = SUBJECTS,
    claims: tuple[str, ...] = CLAIMS,
    decisions: tuple[str, ...] = DECISIONS,
) -> Path:
    """A folder with a policy and a population beside it; the population's folder."""
    policy, people = folder / "policies" / "market", folder / "people"
    policy.mkdir(parents=True, exist_ok=True)
    people.mkdir(exist_ok=True)
    shops = ", ".join(SHOP % (name, name) for name in subjects)
    files = {
        policy / "vocabulary.yaml": VOCABULARY,
        policy / "1.yaml": PACKAGE,
        people / "population.yaml": population.replace("SUBJECTS", shops),
        people / "documents.yaml": DOCUMENTS,
        people / "claims.yaml": listed("claims", claims),
        people / "decisions.yaml": listed("decisions", decisions),
    }
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
    return people
