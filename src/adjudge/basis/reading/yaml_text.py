"""YAML text to nodes, or problems; never raises on bad text.

Not PyYAML's loader: that resolves types by YAML 1.1 (where `NO` is false), expands aliases (a kilobyte can become
gigabytes) and follows tags. We take libyaml's events only, refuse anchors, aliases, tags and merge keys, and limit
size and depth, since policy texts come from outside.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs import it without exporting it

from adjudge.basis.problem import ProblemLog, quoted
from adjudge.basis.reading.node import Mapping, Node, Scalar, Sequence, whole
from adjudge.basis.reading.yaml_words import said_by_parser
from adjudge.basis.said import NOTHING_SAID, Said, say
from adjudge.basis.span import Source, Span

DEEPEST = 50
MOST_NODES = 500_000
_WRITE_OUT = say("write the value out where it is used")


@dataclass(slots=True)
class _Open:
    """A collection whose end has not been seen."""

    mark: int
    path: str
    is_mapping: bool
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Scalar] = field(default_factory=dict)
    key: Scalar | None = None


class _StopReading(Exception):
    pass


def read_yaml(source: Source, log: ProblemLog) -> Node | None:
    """Read one YAML document; None, with the problems in the log, where it cannot be read whole."""
    if not source.text.strip():
        _report_empty(source, log)
        return None
    reader = _Reader(source, log)
    try:
        node = reader.read()
    except _StopReading:
        return None
    except yaml.YAMLError as error:
        _report(error, source, log)
        return None
    except UnicodeEncodeError as error:
        # libyaml reads UTF-8; half of a surrogate pair, which no file can hold but a text can, has no such form.
        place = Span(source, error.start, error.start + 1)
        log.add(
            "yaml-syntax",
            say("this is not YAML: it holds half of a surrogate pair"),
            place,
            where=source.name,
        )
        return None
    if node is None and not reader.failed:
        _report_empty(source, log)
    return None if reader.failed else node


def _report_empty(source: Source, log: ProblemLog) -> None:
    hint = say("write the document that is expected here; its first key says what it is")
    log.add("empty-file", say("there is nothing in this file"), whole(source), where=source.name, hint=hint)


def _report(error: yaml.YAMLError, source: Source, log: ProblemLog) -> None:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    at = min(getattr(mark, "index", 0), len(source.text))
    words = getattr(error, "problem", None) or getattr(error, "reason", None)
    reason = said_by_parser(str(words).splitlines()[0]) if words else say("the text cannot be read")
    position = getattr(error, "position", None)
    if mark is None and isinstance(position, int):
        at = min(position, len(source.text))
    log.add(
        "yaml-syntax",
        say("this is not YAML: {reason}", reason=reason),
        Span(source, at, at + 1),
        where=source.name,
        hint=say("quote texts that hold `: ` or `#`, and indent with spaces"),
    )


class _Reader:
    """Events to nodes with an explicit stack, since input controls depth."""

    def __init__(self, source: Source, log: ProblemLog) -> None:
        self.source = source
        self.log = log
        self.failed = False
        self.stack: list[_Open] = []
        self.root: Node | None = None
        self.count = 0

    def read(self) -> Node | None:
        documents = 0
        for event in self._events():
            match event:
                case yaml.DocumentStartEvent():
                    documents += 1
                    if documents > 1:
                        self._stop(
                            "yaml-feature",
                            say("a second document begins here"),
                            event,
                            say("put it in a file of its own"),
                        )
                case yaml.AliasEvent():
                    self._stop("yaml-feature", say("aliases are not accepted"), event, _WRITE_OUT)
                case yaml.ScalarEvent():
                    self._place(self._scalar(event))
                case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                    self._open(event)
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    self._close(event)
                case _:
                    pass  # the stream's own marks
        return self.root

    def _events(self) -> Iterator[yaml.Event]:
        parser = CParser(self.source.text)
        try:
            while True:
                event = parser.get_event()
                if event is None:
                    return
                yield event
        finally:
            parser.dispose()

    def _stop(self, code: str, message: Said, event: yaml.Event, hint: Said) -> None:
        self.log.add(code, message, self._span(event), hint=hint)
        raise _StopReading

    def _span(self, event: yaml.Event) -> Span:
        start, end = event.start_mark, event.end_mark
        return Span(self.source, start.index if start else 0, end.index if end else 0)

    def _refuse_features(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            message = say("anchors are not accepted ({anchor})", anchor=quoted("&" + event.anchor))
            self._stop("yaml-feature", message, event, _WRITE_OUT)
        if event.tag is not None:
            message = say("tags are not accepted ({tag})", tag=quoted(event.tag))
            self._stop("yaml-feature", message, event, say("remove the tag"))

    def _path(self) -> str:
        if not self.stack:
            return ""
        top = self.stack[-1]
        if not top.is_mapping:
            return f"{top.path}[{len(top.items)}]"
        name = top.key.text[:40] if top.key else ""
        return f"{top.path}.{name}" if top.path else name

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        self._refuse_features(event)
        return Scalar(event.value, event.style is None or event.style == "", self._span(event), self._path())

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        self._refuse_features(event)
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        if len(self.stack) >= DEEPEST:
            message = say("more than {levels} levels of nesting", levels=DEEPEST)
            self._stop("too-deep", message, event, say("flatten the structure"))
        if self.stack and self.stack[-1].is_mapping and self.stack[-1].key is None:
            hint = say("write a word before the colon")
            self._stop("wrong-shape", say("a key must be a simple text"), event, hint)
        self.stack.append(_Open(self._span(event).start, self._path(), is_mapping))

    def _close(self, event: yaml.Event) -> None:
        top = self.stack.pop()
        span = Span(self.source, top.mark, self._span(event).end)
        if top.is_mapping:
            self._place(Mapping(top.entries, top.keys, span, top.path))
        else:
            self._place(Sequence(tuple(top.items), span, top.path))

    def _place(self, node: Node) -> None:
        self.count += 1
        if self.count > MOST_NODES:
            message = say("more than {count} values in one file", count=MOST_NODES)
            self.log.add("file-too-large", message, node.span)
            raise _StopReading
        if not self.stack:
            self.root = node
        elif not self.stack[-1].is_mapping:
            self.stack[-1].items.append(node)
        else:
            self._place_in_mapping(self.stack[-1], node)

    def _place_in_mapping(self, top: _Open, node: Node) -> None:
        if top.key is None:
            # A collection cannot stand here: `_open` refused it.
            if isinstance(node, Scalar):
                top.key = node
                self._check_key(top, node)
            return
        top.entries.setdefault(top.key.text, node)
        top.keys.setdefault(top.key.text, top.key)
        top.key = None

    def _check_key(self, top: _Open, key: Scalar) -> None:
        if key.plain and key.text == "<<":
            hint = say("write the keys out")
            self.log.add("yaml-feature", say("merge keys are not accepted"), key.span, hint=hint)
            self.failed = True
        if key.text in top.entries:
            first = top.keys[key.text].span
            hint = say("it stands first in line {line}", line=str(first.line)) if first else NOTHING_SAID
            message = say("the key {key} stands twice", key=quoted(key.text))
            self.log.add("duplicate-key", message, key.span, hint=hint)
            self.failed = True
