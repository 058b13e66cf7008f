"""Everybody at once: claims in Parquet to outcomes in Parquet, and masks in Parquet to outcomes in Parquet.

Run as `python -m benchmarks.bulk` (`--subjects`, `--claims`, `--masks`). Beside each stands what reading the same
columns and writing as many bytes takes in the same run, by DuckDB alone; beside the rules zen-engine and cedarpy, one
request after the other on a sample. A sample of the outcomes is compared with the spec before anything is told; nothing
is asserted about time. `--growth FILE.svg` tells instead how the masks' time grows with subjects and rules.
"""

import argparse
import math
import platform
import random
import resource
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter

import duckdb
import numpy as np

from adjudge.basis.ids import SubjectId
from adjudge.basis.instant import Instant, parse_instant
from adjudge.basis.mask import MASKS
from adjudge.basis.problem import ProblemLog
from adjudge.bulk.model import Asked, How, Progress, Written
from adjudge.bulk.run import write_outcomes
from adjudge.bulk.scan import TIMES
from adjudge.bulk.writing import EVALUATING
from adjudge.engines.bulk.kernel import BLOCK, Kernel
from adjudge.engines.bulk.outcomes import Columns, Consequences, columns_for
from adjudge.engines.bulk.packing import VERDICTS
from adjudge.engines.bulk.plan import Plan, plan_of
from adjudge.facts.claim import Subject
from adjudge.facts.vocabulary import Kind
from adjudge.interchange.tables.claims import Export
from adjudge.interchange.tables.layout import NANOS
from adjudge.language.package import Package
from adjudge.spec.resolve import outcomes as by_spec
from benchmarks.bulk_data import KNOWN_AT, make_changed, make_data
from benchmarks.point import Peers
from benchmarks.wording import package_line, read_line
from benchmarks.workload import Group, Leaf, make

ATOMS, RULES = 30, 50
CHECKED = 200
SAMPLE = 2_000
GROWN_RULES = (10, 50, 200)
SLICE = 500_000
READ = (
    "subject",
    "fact",
    "stance",
    "weight",
    "origin",
    "none",
    "value",
    *TIMES,
    *(f"{at}{NANOS}" for at in TIMES),
)
NOW = parse_instant(KNOWN_AT) or Instant(0)


def main() -> None:
    """Make data, compare, time, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subjects", type=int, default=1_000_000)
    parser.add_argument("--claims", type=int, default=20_000_000)
    parser.add_argument("--masks", type=int, default=10_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=("masks", "claims"), help="one of the two alone")
    parser.add_argument("--growth", type=Path, metavar="FILE.svg")
    asked = parser.parse_args()
    print(
        f"Python {platform.python_version()}, DuckDB {duckdb.__version__}, numpy {np.__version__}, 2 threads"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if asked.growth is not None:
            _growth(folder, asked.growth, asked.masks, asked.seed)
            return
        if asked.only != "claims":
            _peers(asked.seed, asked.masks, _masks(folder, asked.masks, asked.seed))
        if asked.only != "masks":
            _claims(folder, asked.subjects, asked.claims, asked.seed)


def _timed(act: Callable[[], object]) -> float:
    start = perf_counter()
    act()
    return perf_counter() - start


def _tell(what: str, seconds: float, beside: float) -> None:
    print(f"{what:62}{seconds:9.2f} s{seconds / beside:9.2f} x")


def _peak() -> str:
    return f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000:.0f} MB"


# --- masks ---


def _atoms_package(seed: int, count: int = RULES) -> Package:
    """Rules over thirty truth values: each leaf is one column of masks."""
    chance = random.Random(seed)

    def group() -> Group:
        leaves = tuple(Leaf(f"b{chance.randrange(ATOMS)}", "==", chance.random() < 0.8) for _ in range(2))  # noqa: PLR2004
        return Group(leaves, chance.random() < 0.2)  # noqa: PLR2004 - one in five is a NOT

    rules = [tuple(group() for _ in range(4)) for _ in range(count)]
    return read_line(package_line(rules, [f"b{number}" for number in range(ATOMS)]))


def _masks(folder: Path, rows: int, seed: int) -> float:
    """How many seconds it took."""
    plan = _plan(seed, RULES)
    source, out = folder / "masks.parquet", folder / "verdicts"
    _write_masks(source, plan, rows)
    print(f"\n{rows:,} subjects x {len(plan.rules)} rules from {len(plan.leaves)} columns of masks")
    own = _timed(lambda: _from_masks(plan, source, out, rows))
    peak = _peak()
    written = sum(path.stat().st_size for path in out.iterdir())
    beside = _timed(lambda: _read_and_write(source, folder / "beside.parquet", out))
    _tell("masks in Parquet to outcomes in Parquet", own, beside)
    _tell("reading the masks and writing the same outcomes", beside, beside)
    print(
        f"{rows * len(plan.rules) / own / 1e6:,.0f} M rules a second; {written / 1e6:.0f} MB written; {peak}"
    )
    shutil.rmtree(out)
    return own


def _plan(seed: int, rules: int) -> Plan:
    return plan_of(_atoms_package(seed, rules), Kind.ADVERTISER, NOW, NOW, None)


def _write_masks(source: Path, plan: Plan, rows: int) -> None:
    words = ", ".join(map(str, MASKS))
    columns = ", ".join(
        f"list_extract([{words}]::USMALLINT[], 1 + (hash(i * {ATOMS} + {number}) % {len(MASKS)})::INTEGER) AS m{number}"
        for number in range(len(plan.leaves))
    )
    with duckdb.connect(config={"threads": 2}) as database:
        database.execute(
            f"COPY (SELECT i AS id, {columns} FROM range({rows}) t(i)) TO '{source}' "  # noqa: S608 - ours
            "(FORMAT PARQUET, COMPRESSION SNAPPY, ROW_GROUP_SIZE 122880)"
        )


def _peers(seed: int, rows: int, own: float) -> None:
    """What one request after the other takes, for a sample, and would take for all; each in the same run."""
    work = make(seed, SAMPLE)
    peers = Peers(work)
    print(
        f"\nbeside it, {RULES} rules for {SAMPLE:,} subjects one after the other, and as long for {rows:,}:"
    )
    for name, ask in (("zen-engine", peers.zen), ("cedarpy", peers.cedar)):
        ask(0)
        each = _timed(lambda ask=ask: [ask(number) for number in range(SAMPLE)]) / SAMPLE  # type: ignore[misc]
        print(f"{name:24}{each * 1e6:9.1f} us each{each * rows:12,.0f} s for all{each * rows / own:9,.0f} x")


# --- growth ---


def _growth(folder: Path, target: Path, most: int, seed: int) -> None:
    """A table of seconds by subjects and rules, and the same as a plot of two logarithmic axes."""
    found: dict[int, list[tuple[int, float]]] = {}
    print(f"\n{'subjects':>12} {'rules':>6} {'seconds':>9} {'M rules a second':>18}")
    for rules in GROWN_RULES:
        plan = _plan(seed, rules)
        for rows in (most // 100, most // 10, most):
            source, out = folder / "grown.parquet", folder / "grown"
            _write_masks(source, plan, rows)
            seconds = _timed(lambda: _from_masks(plan, source, out, rows))  # noqa: B023 - called at once
            shutil.rmtree(out)
            found.setdefault(rules, []).append((rows, seconds))
            print(
                f"{rows:>12,} {rules:>6} {seconds:>9.2f} {rows * rules / seconds / 1e6:>18,.0f}", flush=True
            )
    target.write_text(_plot(found), encoding="utf-8")


def _plot(found: "dict[int, list[tuple[int, float]]]") -> str:
    """Lines by number of rules: subjects to the right, seconds upwards, each step ten times the one before."""
    points = [point for line in found.values() for point in line]
    left, right = math.floor(math.log10(points[0][0])), math.ceil(math.log10(max(rows for rows, _ in points)))
    low = math.floor(math.log10(min(seconds for _, seconds in points)))
    high = math.ceil(math.log10(max(seconds for _, seconds in points)))

    def place(rows: float, seconds: float) -> tuple[float, float]:
        across = 60 + 440 * (math.log10(rows) - left) / max(1, right - left)
        return across, 260 - 230 * (math.log10(seconds) - low) / max(1, high - low)

    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 300" font-family="sans-serif" font-size="12">'
    ]
    parts.append("<title>Seconds by subjects, for 10, 50 and 200 rules; both axes logarithmic</title>")
    parts.append('<rect width="600" height="300" fill="#fff"/>')
    for step in range(left, right + 1):
        x = place(10**step, 10.0**low)[0]
        parts.append(f'<path d="M{x:.0f} 30V260" stroke="#ccc"/>')
        parts.append(f'<text x="{x:.0f}" y="278" text-anchor="middle">{10**step:,}</text>')
    for step in range(low, high + 1):
        y = place(10**left, 10.0**step)[1]
        parts.append(f'<path d="M60 {y:.0f}H500" stroke="#ccc"/>')
        parts.append(f'<text x="52" y="{y + 4:.0f}" text-anchor="end">{10.0**step:g} s</text>')
    for (rules, line), dash in zip(found.items(), ("", "6 4", "2 3"), strict=False):
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in (place(*point) for point in line))
        x, y = place(*line[-1])
        parts.append(
            f'<path d="M{path}" fill="none" stroke="#123" stroke-width="2" stroke-dasharray="{dash}"/>'
        )
        parts.append(f'<text x="{x + 6:.0f}" y="{y + 4:.0f}">{rules} rules</text>')
    parts.append('<text x="280" y="296" text-anchor="middle">subjects</text></svg>')
    return "\n".join(parts) + "\n"


# --- masks to outcomes ---


def _from_masks(plan: Plan, source: Path, out: Path, rows: int) -> None:
    out.mkdir()
    database = duckdb.connect(config={"threads": 2, "memory_limit": "400MB"})
    names = ", ".join(f"m{number}" for number in range(len(plan.leaves)))

    def one(number: int) -> None:
        cursor = database.cursor()
        query = f"SELECT id, {names} FROM '{source}' WHERE id >= ? AND id < ?"  # noqa: S608 - ours
        read = cursor.execute(query, [number * SLICE, (number + 1) * SLICE]).fetchnumpy()
        columns = _evaluated(plan, [np.ma.getdata(read[f"m{leaf}"]) for leaf in range(len(plan.leaves))])
        made = {"id": np.ma.getdata(read["id"]), **_named(columns)}
        cursor.register(f"made_{number}", made)
        cursor.execute(f"COPY (FROM made_{number}) TO '{out}/part-{number}.parquet' (FORMAT PARQUET)")
        cursor.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, range(-(-rows // SLICE))))
    database.close()


def _evaluated(plan: Plan, masks: "Sequence[np.typing.NDArray[np.uint16]]") -> Columns:
    rows = len(masks[0])
    columns, kernel, consequences = columns_for(len(plan.rules), rows), Kernel(plan), Consequences(plan)
    for start in range(0, rows, BLOCK):
        end = min(rows, start + BLOCK)

        def provide(
            leaf: int,
            negated: bool,  # noqa: FBT001 - as `Provide` has it
            out: "np.typing.NDArray[np.uint16]",
            part: slice = slice(start, end),
        ) -> "np.typing.NDArray[np.uint16]":
            if not negated:
                return masks[leaf][part]
            column = masks[leaf][part]
            np.left_shift(column & np.uint16(31), np.uint16(5), out=out)
            out |= column >> np.uint16(5)
            out ^= np.uint16(1023)
            return out

        consequences.write(kernel.masks(end - start, provide), columns.slice(start, end))
    return columns


def _named(columns: Columns) -> "dict[str, np.typing.NDArray[np.generic]]":
    named = {f"verdicts_{number}": word for number, word in enumerate(columns.verdicts)}
    flags = {f"measures_{number}": word for number, word in enumerate(columns.measures)}
    return {**named, **flags, "referred": columns.referred}


def _read_and_write(source: Path, target: Path, out: Path) -> None:
    """Read every mask, and write the outcomes that are there already once more."""
    with duckdb.connect(config={"threads": 2}) as database:
        database.execute(f"SELECT max(COLUMNS(*)) FROM '{source}'").fetchall()  # noqa: S608 - ours
        database.execute(f"COPY (FROM '{out}/part-*.parquet') TO '{target}' (FORMAT PARQUET)")


# --- claims ---


def _claims(folder: Path, subjects: int, claims: int, seed: int) -> None:
    workload = make(seed, 1)
    package = read_line(package_line(workload.rules, list(workload.requests[0])))
    _check(folder, package)
    data = make_data(folder / "data", subjects, claims)
    print(
        f"\n{claims:,} claims about {subjects:,} subjects, {len(package.rules)} rules, {len(workload.leaves)} leaves"
    )
    staged: list[float] = []
    start = perf_counter()

    def watch(progress: Progress) -> None:
        if progress.stage == EVALUATING and not staged:
            staged.append(perf_counter() - start)

    log = ProblemLog()
    written = write_outcomes(Asked(data=data, package=package), folder / "out", log, How(progress=watch))
    own, peak = perf_counter() - start, _peak()
    if written is None:
        sys.exit(str(log.problems))
    beside = _timed(lambda: _scan(data, folder))
    _tell("claims in Parquet to outcomes in Parquet", own, beside)
    _tell("of this until all claims are numbers", staged[0], beside)
    _tell("reading the same columns and writing the same outcomes", beside, beside)
    print(f"{written.claims:,} claims count; {claims / own / 1e6:.1f} M claims a second; {peak}")
    _since(folder, data, package)


def _since(folder: Path, data: Path, package: Package) -> None:
    """One claim in a hundred is another: a run that builds on the one before, and a whole one, which must agree."""
    changes = {
        "all claims about one subject in 100": "hash(subject) % 100 = 0",
        "one claim in 100, about anybody": "hash(id) % 100 = 0",
    }
    for number, (what, where) in enumerate(changes.items()):
        changed = make_changed(data, folder / f"changed-{number}", where)
        asked, log, told = Asked(data=changed, package=package), ProblemLog(), list[str]()
        whole = _timed(lambda: write_outcomes(asked, folder / "whole", log))  # noqa: B023 - called at once
        how = How(since=folder / "out", remark=told.append)
        part = _timed(lambda: write_outcomes(asked, folder / "part", log, how))  # noqa: B023
        print(f"\nchanged: {what}; {'; '.join(told)}")
        _tell("a whole run", whole, whole)
        _tell("a run that builds on the one before", part, whole)
        files = [
            {path.name: path.read_bytes() for path in (folder / name).iterdir()} for name in ("whole", "part")
        ]
        if files[0] != files[1]:
            sys.exit("the two do not write the same")
        for name in ("whole", "part", changed.name):
            shutil.rmtree(folder / name)


def _scan(data: Path, folder: Path) -> None:
    with duckdb.connect(config={"threads": 2}) as database:
        read = ", ".join(f'max("{name}")' for name in READ)
        database.execute(f"CREATE TABLE read AS SELECT {read} FROM '{data}/claims.parquet'")  # noqa: S608 - ours
        database.execute(
            f"COPY (FROM '{folder}/out/part-*.parquet') TO '{folder}/again.parquet' (FORMAT PARQUET)"
        )


def _check(folder: Path, package: Package) -> None:
    """A small population of the same kind, compared with the spec."""
    data = make_data(folder / "sample", CHECKED, CHECKED * 20)
    log = ProblemLog()
    written = write_outcomes(Asked(data=data, package=package), folder / "checked", log)
    if written is None:
        sys.exit(str(log.problems))
    found = _verdicts(folder / "checked", written)
    subjects = [Subject(id=SubjectId(name), kind=Kind.ADVERTISER) for name in found]
    said = Export(data).claims(package.vocabulary, {str(name) for name in package.vocabulary.facts})
    for outcome in by_spec(package, said, subjects, valid_at=NOW, known_at=NOW, territory=None):
        if found[outcome.subject] != [rule.verdict.value for rule in outcome.rules]:
            sys.exit(f"bulk and spec differ on {outcome.subject}")
    print(f"the spec agrees on all {len(found)} subjects of a sample with {len(said):,} claims")


def _verdicts(folder: Path, written: Written) -> dict[str, list[str]]:
    with duckdb.connect() as database:
        cursor = database.execute(f"FROM '{folder}/part-*.parquet'")
        names = [str(column[0]) for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    count = len(written.rules)
    return {
        row["subject"]: [VERDICTS[row[f"verdicts_{n // 20}"] >> 3 * (n % 20) & 7].value for n in range(count)]
        for row in rows
    }


if __name__ == "__main__":
    main()
