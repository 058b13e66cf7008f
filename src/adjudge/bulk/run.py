"""Outcomes over a folder of data, written to a folder: the whole of a bulk evaluation."""

from pathlib import Path

from adjudge.basis.problem import ProblemLog
from adjudge.bulk.model import Asked, How, Written


def write_outcomes(asked: Asked, out: Path, log: ProblemLog, how: How | None = None) -> Written | None:
    """Evaluate everybody in `asked.data`, and write the outcomes to the folder `out`, which must not exist yet.

    The folder is there when all is written, and not before. In it are `manifest.json`, which says what `Written` says,
    and `part-00000.parquet` and so on (read `out/part-*.parquet`), one row for each subject, those of one advertiser
    together, the advertiser first:

    - `subject`, `kind`, `advertiser` (of an advertiser its own id): texts;
    - `verdicts_0`, `verdicts_1` ...: UBIGINT, the verdicts of twenty rules each, three bits for each rule; rule n of
      `Written.rules` stands in `verdicts_{n // 20}`, in the bits from `3 * (n % 20)` on; the number is the place in
      `adjudge.engines.bulk.packing.VERDICTS`, 7 where the rule is about another kind of subject;
    - `measures_0` ...: UBIGINT, bit `n % 64` of `measures_{n // 64}`: whether the measure of rule n applies (5.2);
    - `referred`, `failed`: BOOLEAN, whether a person must decide, and whether a condition met an error (3.7);
    - with `asked.pairs` also `pair_0`, `pair_1` ... for each rule: UTINYINT, ten times the weight for its `when`, and
      the weight against; 99 where the rule is about another kind of subject.

    None, with problems in the log, where what was given is wrong. Raises UnavailableError where the disk or the memory
    does not suffice; then, as after a kill, `How(resume=True)` goes on with what was done.
    """
    raise NotImplementedError
