"""What a measure does, in the words of a statement."""

from collections.abc import Mapping

from adjudge.decisions.scope import Applied
from adjudge.decisions.words import detail_text
from adjudge.facts.vocabulary import Kind
from adjudge.language.package import MeasureKind
from adjudge.tongues.tongue import Tongue


def restriction_words(applied: Applied, name: str, kind: Kind, tongue: Tongue) -> str:
    """What is restricted, and on which surfaces. `name` and `kind` are those of the one on whom the measure is."""
    surfaces = tuple(sorted(applied.surfaces.names))
    words = _on_ad(applied, name, tongue) if kind is Kind.AD else _on_advertiser(applied, name, tongue)
    if not applied.surfaces.all_but:
        return f"{words} " + tongue("This concerns only: {surfaces}.", surfaces=surfaces)
    if surfaces:
        return f"{words} " + tongue(
            "This concerns every advertising surface except: {surfaces}.", surfaces=surfaces
        )
    return words


def _on_ad(applied: Applied, name: str, tongue: Tongue) -> str:
    match applied.measure.kind:
        case MeasureKind.NOTIFY:
            return tongue(
                "We tell you what was found of the ad {name}; this by itself restricts nothing.", name=name
            )
        case MeasureKind.LABEL:
            return tongue(
                "{name} runs only with the label “{label}”.", name=name, label=_label(applied, tongue)
            )
        case MeasureKind.REQUIRE:
            return tongue(
                "The ad {name} may run only once this is shown: {wanted}.",
                name=name,
                wanted=_details(applied, tongue),
            )
        case MeasureKind.LIMIT:
            limits = _details(applied, tongue)
            return tongue("{name} runs only within these limits: {limits}.", name=name, limits=limits)
        case _:
            return _stopped(applied, name, tongue)


def _on_advertiser(applied: Applied, name: str, tongue: Tongue) -> str:
    match applied.measure.kind:
        case MeasureKind.NOTIFY:
            return tongue(
                "We tell you what was found of the advertiser {name}; this by itself restricts nothing.",
                name=name,
            )
        case MeasureKind.LABEL:
            label = _label(applied, tongue)
            return tongue("The ads of {name} run only with the label “{label}”.", name=name, label=label)
        case MeasureKind.REQUIRE:
            return tongue(
                "The ads of {name} may run only once this is shown: {wanted}.",
                name=name,
                wanted=_details(applied, tongue),
            )
        case MeasureKind.LIMIT:
            limits = _details(applied, tongue)
            return tongue(
                "The ads of {name} run only within these limits: {limits}.", name=name, limits=limits
            )
        case _:
            return _stopped(applied, name, tongue)


def _stopped(applied: Applied, name: str, tongue: Tongue) -> str:
    """Suspension and exclusion, which are worded alike for both."""
    if applied.measure.kind is MeasureKind.SUSPEND:
        return tongue("{name} is suspended from our advertising service for a time.", name=name)
    return tongue("{name} is excluded from our advertising service.", name=name)


def _label(applied: Applied, tongue: Tongue) -> str:
    text = applied.measure.details.get("text", {})
    return tongue.text(text) if isinstance(text, Mapping) else str(text)


def _details(applied: Applied, tongue: Tongue) -> tuple[str, ...]:
    return tuple(detail_text(key, value, tongue) for key, value in applied.measure.details.items())
