"""What a measure does, in the words of a statement."""

from collections.abc import Mapping

from adjudge.decisions.scope import Applied
from adjudge.decisions.words import detail_text
from adjudge.language.package import MeasureKind
from adjudge.tongues.tongue import Tongue


def restriction_words(applied: Applied, name: str, tongue: Tongue) -> str:
    """What is restricted, and on which surfaces."""
    surfaces = tuple(sorted(applied.surfaces.names))
    words = _words(applied, name, tongue)
    if not applied.surfaces.all_but:
        return f"{words} " + tongue("This concerns only: {surfaces}.", surfaces=surfaces)
    if surfaces:
        return f"{words} " + tongue(
            "This concerns every advertising surface except: {surfaces}.", surfaces=surfaces
        )
    return words


def _words(applied: Applied, name: str, tongue: Tongue) -> str:
    details = applied.measure.details
    match applied.measure.kind:
        case MeasureKind.NOTIFY:
            return tongue("We tell you of a breach by {name}; it goes on running.", name=name)
        case MeasureKind.LABEL:
            text = details.get("text", {})
            label = tongue.text(text) if isinstance(text, Mapping) else str(text)
            return tongue("{name} runs only with the label “{label}”.", name=name, label=label)
        case MeasureKind.REQUIRE:
            wanted = tuple(detail_text(key, value, tongue) for key, value in details.items())
            return tongue("{name} may run again once you have shown: {wanted}.", name=name, wanted=wanted)
        case MeasureKind.LIMIT:
            limits = tuple(detail_text(key, value, tongue) for key, value in details.items())
            return tongue("{name} runs only within these limits: {limits}.", name=name, limits=limits)
        case MeasureKind.SUSPEND:
            return tongue("{name} is suspended from our advertising service for a time.", name=name)
        case MeasureKind.EXCLUDE:
            return tongue("{name} is excluded from our advertising service.", name=name)
