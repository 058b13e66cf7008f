"""A backtest for programs. The form is versioned (`format`); `schemas/backtest.schema.json` describes it.

The same in every language. Amounts are texts, so that no reader takes them for binary fractions; every count has the
cell that names its rows.
"""

import json
from collections.abc import Mapping

from adjudge.backtest.model import Count, Findings, LikeGroup, Load, RecourseFound, Share, Spend, WayCount
from adjudge.backtest.question import WEEKS, Version
from adjudge.facts.value import decimal_text

FORMAT = "adjudge-backtest/1"
Form = dict[str, object]


def findings_json(found: Findings) -> str:
    """As indented JSON, keys in a fixed order: the same findings are the same text."""
    return json.dumps(findings_form(found), ensure_ascii=False, indent=2) + "\n"


def findings_form(found: Findings) -> Form:
    """As a tree."""
    asked = found.question
    return {
        "format": FORMAT,
        "from": _version(asked.old, asked.absent(asked.old)),
        "to": _version(asked.new, asked.absent(asked.new)),
        "valid_at": str(asked.valid_at),
        "known_at": str(asked.known_at),
        "chosen": {"valid_at": asked.chose_valid_at, "known_at": asked.chose_known_at},
        "territory": asked.territory,
        "data": found.data,
        "spend_from": str(found.spend_from),
        "subjects": [
            {"kind": kind.value, "subjects": count, "spend": _spend(found.spend.get(kind, ()))}
            for kind, count in sorted(found.subjects.items())
        ],
        "changes": [_share(item) for item in found.changes],
        "touched": [{"change": item.change.value, "spend": _spend(item.spend)} for item in found.touched],
        "matrix": [
            {"kind": item.kind.value, "old": item.old, "new": item.new, **_count(item.count)}
            for item in found.matrix
        ],
        "referrals": [
            {"kind": item.kind.value, "old": item.old, "new": item.new, **_count(item.count)}
            for item in found.referrals
        ],
        "by_category": [_share(item, "category") for item in found.categories],
        "country_fact": found.country_fact or None,
        "by_country": [_share(item, "country") for item in found.countries],
        "by_size": [_share(item, "size") for item in found.sizes],
        "size_bounds": [
            {
                "kind": item.kind.value,
                "currency": item.currency,
                "half": decimal_text(item.bounds[0]),
                "nine_tenths": decimal_text(item.bounds[1]),
                "ninety_nine_hundredths": decimal_text(item.bounds[2]),
            }
            for item in found.bands
        ],
        "reached_by_one_rule": [
            {"rule": item.rule, "kind": item.kind.value, **_count(item.count)} for item in found.alone
        ],
        "recourse": _recourse(found.recourse, asked.bounds.signatures, asked.bounds.seconds),
        "review": _review(found.load),
        "like_cases": {"groups": [_group(item) for item in found.alike], "left_out": found.alike_left},
        "notices": [
            {
                "notice": item.owed.value,
                "advertisers": _count(item.advertisers),
                "ads": _count(item.ads),
                "letters": item.letters,
                "letters_about_several": item.about_several,
            }
            for item in found.notices
        ],
    }


def _version(version: Version, absent: tuple[str, ...]) -> Form:
    package = version.package
    return {
        "id": package.id,
        "version": package.version,
        "published_at": str(package.published_at),
        "digest": str(version.digest),
        "rules_not_in_force": list(absent),
    }


def _spend(spend: Spend) -> list[Mapping[str, str]]:
    return [{"currency": currency, "amount": decimal_text(amount)} for currency, amount in spend]


def _count(count: Count) -> Form:
    return {"subjects": count.subjects, "spend": _spend(count.spend), "cell": str(count.cell)}


def _share(item: Share, name: str = "") -> Form:
    named: Form = {name: item.value} if name else {}
    return {"kind": item.kind.value, **named, "change": item.change.value, **_count(item.count)}


def _ways(found: tuple[WayCount, ...]) -> list[Form]:
    return [{"kind": item.kind.value, "way": item.way.value, **_count(item.count)} for item in found]


def _recourse(found: RecourseFound, most: int, seconds: int) -> Form:
    return {
        "ways": _ways(found.counts),
        "newly_without": _ways(found.newly),
        "turning": [{"fact": fact, "subjects": count} for fact, count in found.turning],
        "signatures": found.signatures,
        "searched": found.searched,
        "subjects": found.subjects,
        "subjects_left": found.subjects_left,
        "stopped_by_time": found.stopped_by_time,
        "most_signatures": most,
        "most_seconds": seconds,
    }


def _review(found: Load) -> Form:
    return {
        "newly": [_count(item) for item in found.newly],
        "no_longer": [_count(item) for item in found.no_longer],
        "backlog": found.backlog,
        "weeks": list(found.weeks),
        "earlier": found.earlier,
        "undated": found.undated,
        "a_week": {"items": sum(found.weeks), "weeks": WEEKS},
    }


def _group(item: LikeGroup) -> Form:
    return {
        "group": item.number,
        "rule": item.rule,
        "subjects": item.members,
        "reached_old": item.old,
        "reached_new": item.new,
        "recorded_with": item.recorded_with,
        "recorded_without": item.recorded_without,
        "changed": item.changed,
        "apart": [
            word
            for word, is_apart in (
                ("old", item.apart_in_old),
                ("new", item.apart_in_new),
                ("record", item.apart_on_record),
            )
            if is_apart
        ],
        "cell": str(item.cell),
    }
