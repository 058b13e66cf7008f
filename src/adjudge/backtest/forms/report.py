"""From findings to what is shown: which sections there are, and what stands in each."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from adjudge.answers.dates import instant_text
from adjudge.answers.populations.words import package_text
from adjudge.backtest.forms.tables import (
    HEADINGS,
    alike_table,
    alone_table,
    changes_table,
    matrix_tables,
    notices_table,
    referrals_table,
    shares_tables,
    sizes_bounds,
    ways_tables,
)
from adjudge.backtest.forms.view import (
    CardView,
    ReportView,
    SectionView,
    WeeksView,
    number_of,
)
from adjudge.backtest.forms.words import (
    CHANGES,
    KINDS,
    SIZES,
    category_text,
    country_text,
    spend_text,
    subjects_text,
)
from adjudge.backtest.model import Change, Count, Findings, cell
from adjudge.backtest.question import DAY, WEEKS
from adjudge.basis.instant import Instant
from adjudge.facts.vocabulary import Kind
from adjudge.tongues.tongue import Tongue


def report_view(found: Findings, tongue: Tongue) -> ReportView:
    """What to show."""
    asked = found.question
    return ReportView(
        title=tongue("What {new} would do in place of {old}", new=asked.new.name, old=asked.old.name),
        question=tuple(_question(found, tongue)),
        summary=tuple(_summary(found, tongue)),
        cards=tuple(_cards(found, tongue)),
        sections=(
            _who_changes(found, tongue),
            _alone(found, tongue),
            _by_category(found, tongue),
            _by_country(found, tongue),
            _by_size(found, tongue),
            _recourse(found, tongue),
            _review(found, tongue),
            _alike(found, tongue),
            _notices(found, tongue),
            _method(found, tongue),
        ),
    )


def _question(found: Findings, tongue: Tongue) -> Iterator[tuple[str, str]]:
    asked = found.question
    yield tongue("before"), package_text(asked.old.package, tongue)
    yield tongue("after"), package_text(asked.new.package, tongue)
    yield tongue("as of"), instant_text(asked.valid_at, tongue)
    yield tongue("known up to"), instant_text(asked.known_at, tongue)
    where = tongue("every territory") if asked.territory is None else tongue.country(asked.territory)
    yield tongue("territory"), where
    for kind in Kind:
        count, spend = found.subjects.get(kind, 0), found.spend.get(kind, ())
        yield (
            tongue.of(KINDS[kind]),
            tongue("{count}, spend: {amounts}", count=count, amounts=spend_text(spend, tongue)),
        )


def _summary(found: Findings, tongue: Tongue) -> Iterator[str]:
    for kind in Kind:
        total = found.subjects.get(kind, 0)
        changed = total - found.count(kind, Change.SAME).subjects
        if not total:
            continue
        if kind is Kind.ADVERTISER:
            yield tongue.plural(
                "Measures change for {changed} of {count} advertiser.",
                "Measures change for {changed} of {count} advertisers.",
                total,
                changed=changed,
            )
        else:
            yield tongue.plural(
                "Measures change for {changed} of {count} ad.",
                "Measures change for {changed} of {count} ads.",
                total,
                changed=changed,
            )


def _cards(found: Findings, tongue: Tongue) -> Iterator[CardView]:
    for change in (Change.RESTRICTED, Change.RELEASED):
        yield _card(tongue.of(CHANGES[change]), {kind: found.count(kind, change) for kind in Kind}, tongue)
    newly = {item.kind: item.count for item in found.referrals if item.new and not item.old}
    yield _card(tongue("newly for a person to decide"), newly, tongue)
    without: dict[Kind, Count] = {}
    for item in found.recourse.newly:
        before = without.get(item.kind)
        where = cell(kind=item.kind.value, newly_without="true")
        count = item.count.subjects + (before.subjects if before is not None else 0)
        without[item.kind] = Count(count, (), where)
    yield _card(tongue("newly without recourse of their own"), without, tongue)


def _card(label: str, counts: Mapping[Kind, Count], tongue: Tongue) -> CardView:
    numbers = []
    for kind in Kind:
        count = counts.get(kind)
        view = number_of(count, tongue)
        numbers.append((subjects_text(kind, count.subjects if count is not None else 0, tongue), view))
    return CardView(label=label, numbers=tuple(numbers))


def _who_changes(found: Findings, tongue: Tongue) -> SectionView:
    touched = [
        tongue(
            "{change}: {amounts}",
            change=tongue.of(CHANGES[item.change]),
            amounts=spend_text(item.spend, tongue),
        )
        for item in found.touched
        if item.change is not Change.SAME
    ]
    notes = (
        [tongue("What they spent, each amount counted once, whether it stands with an ad or its advertiser:")]
        if touched
        else []
    )
    return SectionView(
        id="changes",
        heading=tongue("Who changes, and how"),
        texts=(
            tongue(
                "The severest kind of measure counts. Who keeps it, but by other rules or with other kinds beside it, "
                "is told apart."
            ),
        ),
        tables=(changes_table(found, tongue), *matrix_tables(found, tongue)),
        notes=(*notes, *touched),
    )


def _alone(found: Findings, tongue: Tongue) -> SectionView:
    return SectionView(
        id="alone",
        heading=tongue("Newly reached by one rule alone"),
        texts=(
            tongue(
                "No measure applied before, and now that of one rule only: without it they would stay free."
            )
            if found.alone
            else tongue("Nobody is newly reached by one rule alone."),
        ),
        tables=(alone_table(found, tongue),) if found.alone else (),
    )


def _by_category(found: Findings, tongue: Tongue) -> SectionView:
    return SectionView(
        id="category",
        heading=tongue.of(HEADINGS["category"]),
        texts=(
            tongue(
                "The categories that the rules behind a change name for statements of reasons. Whoever is under rules "
                "of two categories counts in both."
            ),
        ),
        tables=shares_tables(
            found.categories, "category", lambda value: category_text(value, tongue), tongue
        ),
    )


def _by_country(found: Findings, tongue: Tongue) -> SectionView:
    text = (
        tongue(
            "The country of the advertiser by {fact}, where one is asserted more heavily than any other.",
            fact=f"`{found.country_fact}`",
        )
        if found.country_fact
        else tongue("The vocabulary has no fact that names the country of an advertiser.")
    )
    return SectionView(
        id="country",
        heading=tongue.of(HEADINGS["country"]),
        texts=(text,),
        tables=shares_tables(found.countries, "country", lambda value: country_text(value, tongue), tongue),
    )


def _by_size(found: Findings, tongue: Tongue) -> SectionView:
    return SectionView(
        id="size",
        heading=tongue.of(HEADINGS["size"]),
        texts=(
            tongue(
                "By what was spent from {first} to {last}; an advertiser's own with that of its ads. The classes are "
                "the median, nine tenths and ninety-nine hundredths of those who spent, for each kind and currency.",
                first=found.spend_from,
                last=found.question.known_at,
            ),
        ),
        tables=shares_tables(
            found.sizes, "size", lambda value: tongue.of(SIZES[value]), tongue, order=tuple(SIZES)
        ),
        notes=tuple(sizes_bounds(found, tongue)),
    )


def _recourse(found: Findings, tongue: Tongue) -> SectionView:
    way = found.recourse
    texts = [
        tongue(
            "Of those whose measures are new or change: what would lift them, by what is claimed today. Searched once "
            "for each distinct evidence, the most frequent first."
        ),
        tongue.plural(
            "{searched} of {count} distinct set of evidence was searched.",
            "{searched} of {count} distinct sets of evidence were searched.",
            way.signatures,
            searched=way.searched,
        ),
    ]
    if way.subjects_left:
        texts.append(
            tongue.plural(
                "{count} subject is left unsearched: the bounds are {signatures} sets of evidence and {seconds} "
                "seconds.",
                "{count} subjects are left unsearched: the bounds are {signatures} sets of evidence and {seconds} "
                "seconds.",
                way.subjects_left,
                signatures=found.question.bounds.signatures,
                seconds=found.question.bounds.seconds,
            )
        )
    turning = [
        tongue.plural("{fact}: {count} subject", "{fact}: {count} subjects", count, fact=f"`{fact}`")
        for fact, count in way.turning
    ]
    notes = [tongue("Where there is none of their own, it turns on:"), *turning] if turning else []
    return SectionView(
        id="recourse",
        heading=tongue("What they could do about it"),
        texts=tuple(texts),
        tables=ways_tables(found, tongue),
        notes=tuple(notes),
    )


def _review(found: Findings, tongue: Tongue) -> SectionView:
    load = found.load
    steady = sum(load.weeks)
    texts = [
        tongue(
            "Counted are those for whom a person must now decide and need not before. An item arises in the week in "
            "which the latest of the claims was recorded on which its rules look."
        ),
        tongue.plural(
            "{count} item at once, on the first day: a backlog.",
            "{count} items at once, on the first day: a backlog.",
            load.backlog,
        ),
        tongue.plural(
            "{count} of them arose in the last {weeks} weeks, which is {rate} a week.",
            "{count} of them arose in the last {weeks} weeks, which is {rate} a week.",
            steady,
            weeks=WEEKS,
            rate=_rate(steady, tongue),
        ),
    ]
    if load.undated:
        texts.append(
            tongue.plural(
                "{count} rests on no claim, and has no week.",
                "{count} rest on no claim, and have no week.",
                load.undated,
            )
        )
    known = found.question.known_at
    first = Instant(known.nanos - WEEKS * 7 * DAY)
    weeks = WeeksView(
        title=tongue("Items newly for a person, by week"),
        first=tongue.day(_midnight(first)),
        last=tongue.day(_midnight(known)),
        counts=load.weeks,
    )
    return SectionView(
        id="review",
        heading=tongue("Work for reviewers"),
        texts=tuple(texts),
        tables=(referrals_table(found, tongue),),
        weeks=weeks if steady else None,
    )


def _midnight(at: Instant) -> Instant:
    return Instant(at.nanos - at.nanos % DAY)


def _rate(items: int, tongue: Tongue) -> str:
    """Items a week, to a tenth, rounded half up; in whole numbers, since a rate is no decision but is told exactly."""
    tenths = (20 * items + WEEKS) // (2 * WEEKS)
    whole, rest = divmod(tenths, 10)
    if not rest:
        return tongue.number(whole)
    return tongue.number(Decimal(f"{whole}.{rest}"))


def _alike(found: Findings, tongue: Tongue) -> SectionView:
    if not found.alike:
        text = tongue("No like cases come apart.")
    else:
        text = tongue(
            "Subjects of whom a rule is told exactly the same, part by part, and of whom some are treated otherwise: "
            "by that rule's measure before or after, or by the decisions on record."
        )
    notes = (
        (
            tongue.plural(
                "{count} more group is not told here.",
                "{count} more groups are not told here.",
                found.alike_left,
            ),
        )
        if found.alike_left
        else ()
    )
    return SectionView(
        id="alike",
        heading=tongue("Like cases that come apart"),
        texts=(text,),
        tables=(alike_table(found, tongue),) if found.alike else (),
        notes=notes,
    )


def _notices(found: Findings, tongue: Tongue) -> SectionView:
    return SectionView(
        id="notices",
        heading=tongue("Notices that would be owed"),
        texts=(
            tongue(
                "One for each subject; and, if each advertiser is written to once about all of its own, how many "
                "letters that makes."
            )
            if found.notices
            else tongue("No notice would be owed."),
        ),
        tables=(notices_table(found, tongue),) if found.notices else (),
    )


def _method(found: Findings, tongue: Tongue) -> SectionView:
    return SectionView(
        id="method",
        heading=tongue("How it was reckoned"),
        texts=tuple(_methods(found, tongue)),
    )


def _methods(found: Findings, tongue: Tongue) -> Iterator[str]:
    asked = found.question
    yield tongue(
        "Both versions were asked about the same subjects, on the same claims, as of {valid}, with what was known at "
        "{known}.",
        valid=instant_text(asked.valid_at, tongue),
        known=instant_text(asked.known_at, tongue),
    )
    if asked.chose_known_at:
        yield tongue("No known time was named: it is that of the data.")
    if asked.chose_valid_at:
        yield tongue(
            "No valid time was named: it is the known time, or the first later day on which all rules have begun that "
            "the later version brings."
        )
    yield tongue(
        "A version that was published later counts as published: the question is what it would do. What is decided "
        "on record is not changed by this report."
    )
    for version in (asked.old, asked.new):
        absent = asked.absent(version)
        if absent:
            yield tongue(
                "Rules of {version} that do not apply then and there: {rules}",
                version=version.name,
                rules=tuple(f"`{name}`" for name in absent),
            )
    yield tongue("Digest of the data: {digest}", digest=f"`{found.data}`")
    yield tongue("Digest of the version before: {digest}", digest=f"`{asked.old.digest}`")
    yield tongue("Digest of the version after: {digest}", digest=f"`{asked.new.digest}`")
