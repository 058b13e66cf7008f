"""Why a rule does not apply, in words: since when or until when it is in force, or where."""

from adjudge.basis.said import Country, Said, say
from adjudge.language.package import Package, Rule
from adjudge.reasons.absence import Absence


def absence_said(absence: Absence, package: Package, rule: Rule) -> Said:
    """One sentence."""
    match absence:
        case Absence.NOT_PUBLISHED:
            version, day = package.version, package.published_at
            return say(
                "version {version} was published on {day}, later than what is known", version=version, day=day
            )
        case Absence.NOT_YET:
            return say("the rule is in force from {day} on", day=rule.in_force.start)
        case Absence.NO_LONGER:
            return say("the rule was in force until {day}", day=rule.in_force.end)
        case Absence.ELSEWHERE:
            places = tuple(Country(code) for code in sorted(rule.territory or ()))
            return say("the rule applies in other territories: {places}", places=places)
