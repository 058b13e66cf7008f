"""The questions that can be asked of a population: whom a rule or a reason reaches, who was treated otherwise.

Not reading one: that is in `adjudge.app.population_files`.
"""

from adjudge.answers.answer import Asked
from adjudge.answers.populations.answer import AlikeAnswer, ReachAnswer, Reason
from adjudge.basis.instant import Instant
from adjudge.basis.problem import ProblemLog, did_you_mean, quoted
from adjudge.basis.said import say
from adjudge.facts.claim import Subject
from adjudge.language.package import Package, Rule
from adjudge.language.seal import digest_of_package
from adjudge.population.alike import alike
from adjudge.population.model import Population
from adjudge.population.reach import reach
from adjudge.population.reason import reason_rule
from adjudge.population.view import PopulationView, view_at


def asked_of(
    population: Population, as_of: Instant | None, known_at: Instant | None, territory: str | None
) -> Asked:
    """The question, as of the population's own day unless another is asked for."""
    valid_at = as_of or population.file.as_of
    return Asked(valid_at=valid_at, known_at=known_at or valid_at, territory=territory)


def reach_of(
    population: Population, package: Package, asked: Asked, what: str | Reason, log: ProblemLog
) -> ReachAnswer | None:
    """Whom a rule of the package (by its id) or a stated reason reaches; None with problems."""
    if isinstance(what, Reason):
        rule, reason = reason_rule(what.text, what.kind, what.standard, package, log), what
    else:
        rule, reason = rule_in_force(what, package, asked, log), None
    if rule is None:
        return None
    view = _view(population, asked)
    if not view.of_kind(rule.subject):
        message = say("the population holds no subject of kind {kind}", kind=quoted(rule.subject.value))
        hint = say("ask about the other kind of subject")
        log.add("unknown-subject", message, where=population.file.id, hint=hint)
        return None
    return ReachAnswer(
        population=population,
        package=package,
        digest=digest_of_package(package),
        asked=asked,
        reason=reason,
        reach=reach(package, rule, view),
    )


def alike_of(
    population: Population,
    package: Package,
    asked: Asked,
    names: tuple[str | None, str | None],
    log: ProblemLog,
) -> AlikeAnswer | None:
    """Like cases under one rule or all (`names[1]`), of one subject or of all (`names[0]`); None with problems."""
    subject_id, rule_id = names
    subject = None if subject_id is None else _subject(subject_id, population, log)
    if rule_id is None:
        rules: tuple[Rule, ...] = package.in_force(asked.valid_at, asked.known_at, asked.territory)
        if not rules:
            _report_not_in_force(package, asked, log)
    else:
        rule = rule_in_force(rule_id, package, asked, log)
        rules = (rule,) if rule is not None else ()
    if log.refuses:
        return None
    found = alike(package, rules, _view(population, asked), subject=subject)
    return AlikeAnswer(
        population=population,
        package=package,
        digest=digest_of_package(package),
        asked=asked,
        alike=found,
    )


def _view(population: Population, asked: Asked) -> PopulationView:
    return view_at(population, asked.valid_at, asked.known_at)


def _subject(subject_id: str, population: Population, log: ProblemLog) -> Subject | None:
    found = next((item for item in population.subjects if item.id == subject_id), None)
    if found is None:
        known = sorted(str(item.id) for item in population.subjects)
        message = say("the population holds no subject {subject}", subject=quoted(subject_id))
        hint = did_you_mean(subject_id, known) or say("name a subject of the population")
        log.add("unknown-subject", message, where="--subject", hint=hint)
    return found


def rule_in_force(rule_id: str, package: Package, asked: Asked, log: ProblemLog) -> Rule | None:
    """A rule of the package that applies to the question; None with a problem."""
    found = next((rule for rule in package.rules if rule.id == rule_id), None)
    if found is None:
        known = sorted(str(rule.id) for rule in package.rules)
        message = say("the package has no rule {rule}", rule=quoted(rule_id))
        hint = did_you_mean(rule_id, known) or say("name a rule of the package")
        log.add("unknown-rule", message, where="--rule", hint=hint)
    elif package.published_at > asked.known_at:
        _report_not_in_force(package, asked, log)
        return None
    elif not found.applies(asked.valid_at, asked.territory):
        message = say(
            "the rule {rule} does not apply as of {instant} there",
            rule=quoted(rule_id),
            instant=str(asked.valid_at),
        )
        hint = say("ask for another day with `--as-of`, or another country with `--territory`")
        log.add("not-in-force", message, where="--rule", hint=hint)
        return None
    return found


def _report_not_in_force(package: Package, asked: Asked, log: ProblemLog) -> None:
    if package.published_at > asked.known_at:
        message = say(
            "version {version} was published at {instant}, later than what is asked about",
            version=quoted(package.version),
            instant=str(package.published_at),
        )
        hint = say("ask for a later day with `--known-at`, or name an earlier version")
    else:
        message = say("no rule applies as of {instant} there", instant=str(asked.valid_at))
        hint = say("ask for another day with `--as-of`, or another country with `--territory`")
    log.add("not-in-force", message, where=f"{package.id}@{package.version}", hint=hint)
