"""A statement as the YAML of a notice file, every passage marked: `read_notice` reads the same notice back."""

from collections.abc import Mapping

import yaml

from adjudge.basis.instant import Instant, day_of, start_of_day
from adjudge.evidence.notice import Notice, Passage, Pointer

_WIDTH = 110
_BREAKS_OF_YAML_1_1 = frozenset("\x85\u2028\u2029")
"""Line breaks to the writer and none to our reader: they are written as escapes."""
Tree = dict[str, object]


class _Dumper(yaml.SafeDumper):
    """Texts of several lines as blocks, so that a person can read and mend them."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the signature is the library's
        """Never write an anchor: our own reader refuses them."""
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = '"' if _BREAKS_OF_YAML_1_1 & set(text) else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def notice_yaml(notice: Notice) -> str:
    """The notice as YAML."""
    return yaml.dump(
        _tree(notice),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=_WIDTH,
        default_flow_style=False,
    )


def _tree(notice: Notice) -> Tree:
    sent = {"earliest": notice.earliest, "latest": notice.latest}
    tree: Tree = {"notice": notice.id, "from": notice.sender, "to": str(notice.to)}
    if notice.about != notice.to:
        tree["about"] = str(notice.about)
    tree["sent"] = {name: _instant(day) for name, day in sent.items() if day is not None}
    if notice.language:
        tree["language"] = notice.language
    tree["text"] = dict(notice.text)
    tree["signed"] = notice.signed
    tree["sources"] = list(notice.sources)
    if not notice.p2b:
        tree["p2b"] = False
    tree["statement"] = [_passage(passage) for passage in notice.passages]
    return tree


def _instant(instant: Instant) -> str:
    day = day_of(instant)
    return day.isoformat() if start_of_day(day) == instant else str(instant)


def _passage(passage: Passage) -> Tree:
    tree: Tree = {"element": passage.element.value, "passage": dict(passage.text)}
    pointer = _pointer(passage.pointer)
    return {**tree, "points_to": pointer} if pointer else tree


def _pointer(at: Pointer) -> Tree:
    found: Mapping[str, object] = {
        "measure": at.measure,
        "territory": "worldwide" if at.worldwide else sorted(at.territory),
        "except": sorted(at.excepted),
        "from": _instant(at.start) if at.start else None,
        "until": "lifted" if at.until_lifted else _instant(at.end) if at.end else None,
        "days": at.days,
        "claims": [str(claim) for claim in at.claims],
        "facts": [str(fact) for fact in at.facts],
        "recourse": at.recourse.value if at.recourse else None,
        "source": at.source.value if at.source else None,
        "automated": at.automated.value if at.automated else None,
        "rule": str(at.rule) if at.rule else None,
        "version": at.version,
        "law": at.law,
        "terms": at.terms,
        "address": at.address,
        "last_day": _instant(at.last_day) if at.last_day else None,
    }
    return {key: value for key, value in found.items() if value}
