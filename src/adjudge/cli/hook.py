"""`adjudge hook`: programs of the platform's own that are told of what happens; a secret is shown once."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from adjudge.cli.output import secret_file
from adjudge.cli.session import Session, add_below, add_output, add_reason, form_of, table, tell_secret
from adjudge.tongues.tongue import Tongue

if TYPE_CHECKING:
    from adjudge.institution.hooks.settling import HookLine, MadeHook

_SECRETS = ("secret", "former_secret")
FAILED = 1


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and those below it."""
    command = commands.add_parser(
        "hook",
        help="programs told of what happens: list, add, change, test, secret, replay, end",
        description="Programs of the platform's own that are told of each entry of the log by a signed call, in order "
        "and none left out. The running institution tells them; a program that fails is tried again.",
    )
    kinds = command.add_subparsers(dest="what", metavar="WHAT", required=True)
    add_below(kinds, "list", _list, "list the programs, how far behind each is, and what its last error was")
    below = add_below(kinds, "add", _add, "settle that a program is told of what happens")
    _add_settled(below, is_new=True)
    below.add_argument(
        "--since",
        metavar="ENTRY",
        type=entry,
        help="begin at this entry of the log (default: at the one that says so)",
    )
    add_output(below, "write the secret to a new file")
    add_reason(below)
    below = add_below(
        kinds, "change", _change, "settle a hook anew, also one that had ended: it goes on where it was"
    )
    _add_hook(below)
    _add_settled(below, is_new=False)
    add_reason(below)
    below = add_below(kinds, "test", _test, "send a program a message of trial now, and say what it answered")
    _add_hook(below)
    below = add_below(kinds, "secret", _secret, "make another secret; for a day the one before signs too")
    _add_hook(below)
    add_output(below, "write the secret to a new file")
    add_reason(below)
    below = add_below(kinds, "replay", _replay, "tell a program again, from an entry on that it had come to")
    _add_hook(below)
    below.add_argument(
        "--since", metavar="ENTRY", type=entry, required=True, help="the first entry to tell again"
    )
    add_reason(below)
    below = add_below(kinds, "end", _end, "tell a program of nothing more")
    _add_hook(below)
    add_reason(below)


def _add_hook(command: argparse.ArgumentParser) -> None:
    command.add_argument("hook", metavar="HOOK", help="the hook's id, as H-000051")


def _add_settled(command: argparse.ArgumentParser, *, is_new: bool) -> None:
    """What is settled of a hook; of one that is there, what is not given stays."""
    stays = "" if is_new else " (default: as it is)"
    command.add_argument("--name", metavar="TEXT", required=is_new, help=f"what the program is called{stays}")
    command.add_argument(
        "--url", metavar="URL", required=is_new, help=f"the HTTPS address to which entries are posted{stays}"
    )
    command.add_argument(
        "--kind",
        metavar="KIND",
        action="append",
        help="a kind of entry that it is told of, as decision:issued, or decision:* for all that begin so; may be "
        f"given again (default: {'all' if is_new else 'as it is; --kind all for all'})",
    )


def entry(text: str) -> int:
    """The number of an entry."""
    if text.isascii() and text.isdigit() and len(text) < 16:  # noqa: PLR2004 - a limit
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no number of an entry")


def _list(session: Session, _: argparse.Namespace) -> int:
    from adjudge.institution.hooks.settling import hooks_of

    lines = hooks_of(session.house, session.actor)
    told = table([_cells(line, session) for line in lines]) if lines else []
    none = [] if lines else [session.tongue("No program is told of what happens.")]
    return session.tell([*told, *none], [_form(line) for line in lines])


def _form(line: "HookLine") -> dict[str, object]:
    return {**form_of(line.hook, *_SECRETS), "behind": line.behind}


def _cells(line: "HookLine", session: Session) -> tuple[str, ...]:
    hook, tongue = line.hook, session.tongue
    behind = tongue.plural("{count} entry behind", "{count} entries behind", line.behind)
    kinds = ", ".join(hook.kinds) or tongue("all")
    return hook.id, hook.name, _state(line, tongue), behind, kinds, hook.url


def _state(line: "HookLine", tongue: Tongue) -> str:
    hook = line.hook
    if hook.gone:
        return tongue("ended by itself: {error}", error=hook.last_error)
    if hook.ended_at is not None:
        return tongue("ended")
    if hook.attempts:
        return tongue("fails since {when}: {error}", when=hook.failing_since, error=hook.last_error)
    return tongue("is told")


def _add(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.hooks.settling import settle_hook

    with secret_file(asked.output) as keep:
        made = settle_hook(
            session.house,
            session.actor,
            name=asked.name,
            url=asked.url,
            kinds=_kinds(asked.kind, ()),
            since=asked.since,
            reason=asked.reason,
        )
        keep(made.secret)
    first = session.tongue(
        "The program is told from entry {seq} on, as {hook}.", seq=made.hook.next_seq, hook=made.hook.id
    )
    return _tell_made(session, asked, made, first)


def _kinds(given: list[str] | None, otherwise: tuple[str, ...]) -> tuple[str, ...]:
    if given is None:
        return otherwise
    return () if given == ["all"] else tuple(given)


def _tell_made(session: Session, asked: argparse.Namespace, made: "MadeHook", first: str) -> int:
    form = {
        "hook": form_of(made.hook, *_SECRETS),
        "secret": made.secret if asked.output is None else None,
    }
    return session.tell(_lines(session, asked, made, first), form)


def _lines(session: Session, asked: argparse.Namespace, made: "MadeHook", first: str) -> Iterator[str]:
    yield first
    yield session.tongue("What is sent is signed with a secret, by which the program knows that it is ours.")
    yield from tell_secret(session.tongue, made.secret, asked.output, is_kept=True)


def _change(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.hooks.settling import read_hook, settle_anew

    before = read_hook(session.house, session.actor, asked.hook).hook
    made = settle_anew(
        session.house,
        session.actor,
        asked.hook,
        name=before.name if asked.name is None else asked.name,
        url=before.url if asked.url is None else asked.url,
        kinds=_kinds(asked.kind, before.kinds),
        reason=asked.reason,
    )
    line = session.tongue("It is settled, and goes on at entry {seq}.", seq=made.hook.next_seq)
    return session.tell([line], form_of(made.hook, *_SECRETS))


def _test(session: Session, asked: argparse.Namespace) -> int:
    """0 where it was taken, 1 where it was not."""
    from adjudge.institution.hooks.telling import try_hook
    from adjudge.institution.notifying.posting import hook_sender_of
    from adjudge.post.attempt import Delivered

    attempt = try_hook(session.house, session.actor, hook_sender_of(session.settings), asked.hook)
    if isinstance(attempt, Delivered):
        line = session.tongue("The program has taken it: {answer}", answer=attempt.proof)
        return session.tell([line], {"taken": True, "answer": attempt.proof})
    line = session.tongue("The program has not taken it: {error}", error=session.tongue.of(attempt.error))
    session.tell([line], {"taken": False, "answer": attempt.error})
    return FAILED


def _secret(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.hooks.settling import new_secret

    with secret_file(asked.output) as keep:
        made = new_secret(session.house, session.actor, asked.hook, asked.reason)
        keep(made.secret)
    first = session.tongue("There is a new secret; for a day the one before signs too.")
    return _tell_made(session, asked, made, first)


def _replay(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.hooks.settling import replay_hook

    hook = replay_hook(session.house, session.actor, asked.hook, asked.since, asked.reason)
    line = session.tongue("It is told again from entry {seq} on.", seq=hook.next_seq)
    return session.tell([line], form_of(hook, *_SECRETS))


def _end(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.hooks.settling import end_hook

    hook = end_hook(session.house, session.actor, asked.hook, asked.reason)
    return session.tell([session.tongue("It is told of nothing more.")], form_of(hook, *_SECRETS))
