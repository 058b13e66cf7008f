"""What verdicts, measures and the roles that sign are called: the words that notices and answers share."""

from collections.abc import Mapping

from adjudge.basis.said import Said, say
from adjudge.language.package import MeasureKind
from adjudge.outcome import Verdict
from adjudge.tongues.tongue import Tongue

VERDICT_WORDS: Mapping[Verdict, Said] = {
    Verdict.UNKNOWN: say("unknown"),
    Verdict.REFUTED: say("refuted"),
    Verdict.UNPROVEN: say("unproven"),
    Verdict.CONTESTED: say("contested"),
    Verdict.EXCEPTED: say("excepted"),
    Verdict.MET: say("met"),
}
MEASURES: Mapping[MeasureKind, Said] = {
    MeasureKind.NOTIFY: say("notify"),
    MeasureKind.LABEL: say("label"),
    MeasureKind.REQUIRE: say("require"),
    MeasureKind.LIMIT: say("limit"),
    MeasureKind.SUSPEND: say("suspend"),
    MeasureKind.EXCLUDE: say("exclude"),
}
ROLES: Mapping[str, Said] = {"legal": say("legal"), "second_reviewer": say("a second person")}
"""Roles that sign decisions; one that is not here is shown as it is."""


def role_text(role: str, tongue: Tongue) -> str:
    """A role whose signature a decision needs."""
    return tongue.of(ROLES.get(role) or role)


def detail_text(key: str, value: str | int | Mapping[str, str], tongue: Tongue) -> str:
    """One detail of a measure: `minimum age: 18`."""
    shown = tongue.text(value) if isinstance(value, Mapping) else value
    match key:
        case "text":
            return tongue("text: {text}", text=shown)
        case "certificate":
            return tongue("certificate: {name}", name=shown)
        case "verification":
            return tongue("verification: {name}", name=shown)
        case "min_age":
            return tongue("minimum age: {age}", age=shown)
        case "hours":
            return tongue("hours: {hours}", hours=shown)
        case _:
            return f"{key}: {shown}"
