"""A notice beside its case: examined against what was found, and a complete statement written from it.

Pure, as deciding is: the answer, the notice and the days are handed in. Reading the files is in `adjudge.app.on_files`.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from adjudge.answers.answer import Answer, SubjectAnswer
from adjudge.app.files import read_source, read_yaml_file
from adjudge.app.recourse import told_recourse
from adjudge.basis.ids import SubjectId
from adjudge.basis.instant import Instant
from adjudge.basis.problem import ProblemLog, did_you_mean, quoted
from adjudge.basis.reading.node import Node
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.said import say
from adjudge.basis.span import Source as Text
from adjudge.errors import BugError
from adjudge.evidence.handling import Handling, handling_for
from adjudge.evidence.notice import Automation, Notice, Source
from adjudge.evidence.notice_reader import LONGEST_TEXT, read_notice
from adjudge.facts.settle import live
from adjudge.language.package import DecidedBy
from adjudge.notices.background import Background
from adjudge.notices.beginning import Timing
from adjudge.notices.draft import draft
from adjudge.notices.examination import Examination
from adjudge.notices.examine import examine
from adjudge.notices.material import Material
from adjudge.notices.procedure import can_be
from adjudge.notices.statement import Statement, as_notice
from adjudge.notices.weighed import NOT_WEIGHED, Weighed
from adjudge.tongues.tongue import Tongue

YAML = frozenset({".yaml", ".yml", ".json"})
_FIRST_KEY = "notice:"


def load_notice(path: Path, language: str, log: ProblemLog) -> Notice | None:
    """A notice file, or any other text in a language, which is then a notice without marks; None with problems."""
    if path.suffix.lower() in YAML:
        node = read_yaml_file(path, log)
        return _marked_notice(node, log) if node is not None else None
    source = read_source(path, log)
    return plain_notice(source, path.name, language, log) if source is not None else None


def read_notice_text(source: Text, language: str, log: ProblemLog) -> Notice | None:
    """A text without a file's name to go by: a notice file where it begins as one, else a notice without marks."""
    lines = (line for line in source.text.splitlines() if line.strip() and not line.startswith(("#", "---")))
    if next(lines, "").startswith(_FIRST_KEY):
        node = read_yaml(source, log)
        return _marked_notice(node, log) if node is not None else None
    return plain_notice(source, source.name, language, log)


def _marked_notice(node: Node, log: ProblemLog) -> Notice | None:
    found = read_notice(node, log)
    return None if log.refuses else found


def plain_notice(source: Text, name: str, language: str, log: ProblemLog) -> Notice | None:
    """A text as a notice without marks; None with a problem where it is empty or longer than a notice may be."""
    if not source.text.strip():
        hint = say("write the text of the notice, or a YAML file that begins with `notice:`")
        log.add("empty-file", say("there is nothing in this file"), where=source.name, hint=hint)
        return None
    if len(source.text) > LONGEST_TEXT:
        message = say("the text has more than {most} characters", most=LONGEST_TEXT)
        log.add("file-too-large", message, where=source.name, hint=say("shorten it"))
        return None
    nobody = SubjectId("")
    return Notice(
        id=name,
        sender="",
        to=nobody,
        about=nobody,
        earliest=None,
        latest=None,
        language=language,
        text={language: source.text},
        signed=False,
        sources=(),
    )


def sent_by(notice: Notice, known_at: Instant) -> bool:
    """Whether a notice can have been sent by a known time; one without a day may have been."""
    return notice.earliest is None or notice.earliest <= known_at


def examined(answer: Answer, notice: Notice) -> Examination:
    """A notice of the case examined against the answer for the one that it is about."""
    known = background(answer, notice.about, notice.earliest)
    return examine(notice, known, on=answer.asked.valid_at)


def examined_for(
    answer: Answer, notice: Notice, informed_at: Instant, timing: Timing | None = None
) -> Examination:
    """A notice that is about to be sent, examined as if its addressee learned of it at that instant."""
    return examine(notice, background(answer, notice.about, informed_at, timing), on=answer.asked.valid_at)


def background(
    answer: Answer,
    about: SubjectId,
    informed_at: Instant | None,
    timing: Timing | None = None,
    *,
    searched: bool = True,
) -> Background | None:
    """What is known of one subject of an answer; None where the answer has no such subject.

    `timing` is what bears on when measures begin; where it is not given, what the case says of its handling. `searched`
    searches what would change the answer, which no measure depends on.
    """
    found = next((item for item in answer.subjects if item.outcome.subject == about), None)
    if found is None:
        return None
    asked, handling = answer.asked, _handling(answer, found)
    advance = handling.advance_days if handling is not None else 0
    return Background(
        package=answer.package,
        rules={item.rule.id: item.rule for item in found.explanations},
        outcome=found.outcome,
        decision=found.decision,
        explanations={item.rule.id: item for item in found.explanations},
        claims={claim.id: claim for claim in live(answer.case.claims, asked.valid_at, asked.known_at)},
        valid_at=asked.valid_at,
        informed_at=informed_at,
        handling=handling,
        documents=answer.case.documents,
        recourse=told_recourse(answer, about) if searched else None,
        others=found.others,
        timing=timing if timing is not None else Timing(advance_days=advance),
    )


def statement_of(
    answer: Answer,
    subject: str,
    informed_at: Instant,
    tongues: Sequence[Tongue],
    log: ProblemLog,
    *,
    weighed: Weighed = NOT_WEIGHED,
    timing: Timing | None = None,
) -> Statement | None:
    """The statement of reasons for the measures on a subject; None with problems where there is none to write.

    Raises BugError where the statement does not pass its own examination.
    """
    written = examined_statement(answer, subject, informed_at, tongues, log, weighed=weighed, timing=timing)
    return written[0] if written is not None else None


def examined_statement(
    answer: Answer,
    subject: str,
    informed_at: Instant,
    tongues: Sequence[Tongue],
    log: ProblemLog,
    *,
    weighed: Weighed = NOT_WEIGHED,
    timing: Timing | None = None,
) -> tuple[Statement, Examination] | None:
    """The same with its examination, which is the one that it has when it is about to be sent."""
    material = _material(answer, subject, informed_at, timing, log)
    if material is None:
        return None
    material = replace(material, weighed=weighed)
    statement = draft(material, tongues)
    examination = examine(as_notice(statement), material.known, on=answer.asked.valid_at)
    if not examination.complete:
        lacking = ", ".join(item.requirement.id for item in examination.defects)
        raise BugError(f"the statement written for {quoted(subject)} is not complete: {lacking}")
    return statement, examination


def _material(
    answer: Answer, subject: str, informed_at: Instant, timing: Timing | None, log: ProblemLog
) -> Material | None:
    found = _subject(answer, subject, log)
    if found is None:
        return None
    known = background(answer, found.party.subject.id, informed_at, timing)
    handling = _handling(answer, found)
    if handling is None:
        message = say("the case does not say how it was handled, so that a statement would lack it")
        hint = say("add `handling:` to case.yaml: platform, source, detection, complaint, settlement")
        log.add("missing-handling", message, where=f"{answer.case.file.id}/case.yaml", hint=hint)
    if known is None or not known.applied:
        message = say(
            "no measure on {subject} follows, so that there is nothing to state reasons for",
            subject=quoted(subject),
        )
        hint = say("see `adjudge decide` for what was found; ask for another day, territory or subject")
        log.add("no-measure", message, where="--subject", hint=hint)
        return None
    where = f"{answer.case.file.id}/case.yaml"
    fits = _begins_in_time(known, answer.asked.known_at, log)
    if handling is None or not _tells_the_notice(handling, known, where, log):
        return None
    if not _agrees(handling, known, where, log) or not fits:
        return None
    owner = _owner(answer, found)
    return Material(
        case=answer.case,
        party=found.party,
        addressee=owner.party if owner else found.party,
        known=known,
        handling=handling,
        informed_at=informed_at,
        territory=answer.asked.territory,
        on_advertiser=owner.decision.measures if owner else (),
    )


def _handling(answer: Answer, found: SubjectAnswer) -> Handling | None:
    """How the case was handled, as far as it is about this subject."""
    handling = answer.case.file.handling
    return handling and handling_for(handling, found.party.subject, answer.case.claims)


def _owner(answer: Answer, found: SubjectAnswer) -> SubjectAnswer | None:
    """What was found of the advertiser of an ad."""
    name = found.party.subject.advertiser
    return next((item for item in answer.subjects if name and item.outcome.subject == name), None)


def _begins_in_time(known: Background, known_at: Instant, log: ProblemLog) -> bool:
    """Whether the day of informing is not before what the statement knows, and every measure begins under its rule."""
    before = len(log.problems)
    if known.informed_at is not None and known.informed_at < known_at:
        message = say(
            "nobody can be informed on {day} of what was known on {known}",
            day=known.informed_at,
            known=known_at,
        )
        hint = say("inform later, or ask with an earlier `--known-at`")
        log.add("informed-too-early", message, where="--informed-at", hint=hint)
    for rule in known.grounds:
        if rule.in_force.end is not None and known.starts(rule) >= rule.in_force.end:
            message = say(
                "the measure of the rule {rule} would begin on {start}, when the rule is over: it ends on {end}",
                rule=quoted(rule.id),
                start=known.starts(rule),
                end=rule.in_force.end,
            )
            hint = say("inform earlier, or ask `--as-of` the day of informing for what follows then")
            log.add("measure-after-rule", message, where="--informed-at", hint=hint)
    return len(log.problems) == before


def _agrees(handling: Handling, known: Background, where: str, log: ProblemLog) -> bool:
    """Whether what the case says of automation in deciding can be so, by what the rules and the outcome ask."""
    if handling.decision is None or can_be(handling.decision, known):
        return True
    if handling.decision is Automation.FULLY:
        message = say(
            "{stated} is said, and a person must decide under: {rules}",
            stated="`decision: fully`",
            rules=tuple(quoted(rule.id) for rule in known.by_person),
        )
    else:
        message = say(
            "{stated} is said, and automation decides under: {rules}",
            stated="`decision: not`",
            rules=tuple(quoted(rule.id) for rule in known.grounds if rule.decided_by is DecidedBy.AUTOMATION),
        )
    hint = say("write {partially}, or leave it out", partially="`decision: partially`")
    log.add("contradicted-handling", message, where=where, hint=hint)
    return False


def _tells_the_notice(handling: Handling, known: Background, where: str, log: ProblemLog) -> bool:
    """Whether what a third party's notice said is on record by then, where one led to the case. P2B Art. 4(5)."""
    if handling.source is Source.OWN_INITIATIVE or any(name in known.claims for name in handling.notified):
        return True
    message = say("a notice led to the case, and no claim of it counts on that day")
    hint = say(
        "under `notified:` name claims that were read in the notice, recorded and not withdrawn by then"
    )
    log.add("missing-handling", message, where=where, hint=hint)
    return False


def _subject(answer: Answer, subject: str, log: ProblemLog) -> SubjectAnswer | None:
    by_id = {str(item.outcome.subject): item for item in answer.subjects}
    if subject in by_id:
        return by_id[subject]
    message = say("the case has no subject {subject}", subject=quoted(subject))
    log.add("unknown-subject", message, where="--subject", hint=did_you_mean(subject, sorted(by_id)))
    return None
