"""The newest decisions as an Atom feed (RFC 4287): ids that stay, and times at which something became of each."""

from collections.abc import Callable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from adjudge.answers.forms.harmless import harmless
from adjudge.basis.instant import Instant
from adjudge.desk.register.lines import headline
from adjudge.desk.words.register import SHORT_STATES
from adjudge.redaction.public import PublicDecision
from adjudge.tongues.tongue import Tongue


def atom_text(
    items: Sequence[PublicDecision],
    at: Instant,
    tongue: Tongue,
    *,
    origin: str,
    here: str,
    address: Callable[[str], str],
) -> str:
    """The feed; `address` is where a decision stands for good."""
    return "\n".join(_lines(items, at, tongue, origin=origin, here=here, address=address)) + "\n"


def _lines(
    items: Sequence[PublicDecision],
    at: Instant,
    tongue: Tongue,
    *,
    origin: str,
    here: str,
    address: Callable[[str], str],
) -> Iterator[str]:
    updated = max((_updated(item) for item in items), default=str(at))
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={_attribute(tongue.code)}>'
    yield f"<title>{_text(tongue('Public register of {platform}', platform=origin))}</title>"
    yield f"<id>{_text(f'tag:{origin},2026:register')}</id>"
    yield f"<updated>{_text(updated)}</updated>"
    yield f'<link rel="alternate" type="text/html" href={_attribute(here)}/>'
    yield f"<author><name>{_text(origin)}</name></author>"
    for item in items:
        yield from _entry(item, tongue, origin, address(item.id))
    yield "</feed>"


def _entry(item: PublicDecision, tongue: Tongue, origin: str, address: str) -> Iterator[str]:
    state = tongue.of(SHORT_STATES[item.state])
    yield "<entry>"
    yield f"<title>{_text(tongue('{what}: {state}', what=headline(item, tongue), state=state))}</title>"
    yield f"<id>{_text(f'tag:{origin},2026:register:{item.id}')}</id>"
    yield f"<published>{_text(item.issued_at)}</published>"
    yield f"<updated>{_text(_updated(item))}</updated>"
    yield f'<link rel="alternate" type="text/html" href={_attribute(address)}/>'
    for rule in item.rules:
        yield f"<category term={_attribute(rule.id)}/>"
    if item.name:
        yield f"<summary>{_text(item.name)}</summary>"
    yield "</entry>"


def _updated(item: PublicDecision) -> str:
    """When the last thing became of it that is told with its time."""
    times = [item.issued_at, *(measure.lifted_at for measure in item.measures)]
    times += [appeal.ended_at for appeal in item.appeals]
    if item.reply is not None:
        times.append(item.reply.at)
    return max(filter(None, times))


def _text(text: str) -> str:
    return escape(harmless(text))


def _attribute(text: str) -> str:
    return quoteattr(harmless(text))
