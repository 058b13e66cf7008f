"""What the institution declares for servers of ads: settled, sealed into each snapshot, refused where it cannot be."""

from pathlib import Path

import pytest

from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.span import Source
from adjudge.errors import RefusedError
from adjudge.institution.binding.procedure import ProcedureSettled, procedure_row, settle_procedure
from adjudge.institution.binding.procedure_file import procedure_yaml, read_settled_procedure
from adjudge.institution.record.audit.check import check_now
from adjudge.people.role import Role
from adjudge.records.rows import ProcedureRow
from adjudge.records.shelf import PROCEDURES
from tests.rooms.institution.serving.asked import SIGNER, layers, published
from tests.rooms.institution.world import World

SURFACES = ("ads", "recommended_offers", "organic")
DECLARED = ProcedureSettled(
    surfaces=SURFACES,
    when_stale={"exclude": "deny", "label": "allow", "limit": "keep"},
    stale_after=30,
    unknown_landing="deny",
)


def settle(world: World, settled: ProcedureSettled = DECLARED) -> ProcedureRow:
    return settle_procedure(world.house, world.who(Role.ADMINISTRATOR), settled, reason="to try it")


def test_what_is_declared_stands_in_the_snapshot_from_then_on(world: World, tmp_path: Path) -> None:
    with published(world.house, tmp_path) as folder:
        told = layers(tmp_path)[0].told
        assert (told["surfaces"], told["when_stale"], told["stale_after"]) == (["ads"], {}, 60)
        assert told["unknown_landing"] == "allow"
        settle(world)
        folder.looked()
        told = layers(tmp_path)[0].told
        assert (told["surfaces"], told["stale_after"]) == ([*SURFACES], 30)
        assert told["when_stale"] == {"exclude": "deny", "label": "allow"}
        assert told["unknown_landing"] == "deny"
    assert check_now(world.house, SIGNER.verifier).findings == ()


@pytest.mark.parametrize(
    "settled",
    [
        ProcedureSettled(stale_after=4),
        ProcedureSettled(stale_after=86_401),
        ProcedureSettled(unknown_landing="keep"),
        ProcedureSettled(when_stale={"exclude": "perhaps"}),
        ProcedureSettled(when_stale={"shout": "deny"}),
        ProcedureSettled(surfaces=[""]),
        ProcedureSettled(surfaces=["two\nlines"]),
        ProcedureSettled(surfaces=[" ads"]),
        ProcedureSettled(surfaces=["a" * 101]),
        ProcedureSettled(surfaces=[f"surface-{number}" for number in range(101)]),
    ],
)
def test_what_cannot_be_is_refused(quick_world: World, settled: ProcedureSettled) -> None:
    with pytest.raises(RefusedError):
        settle(quick_world, settled)


def test_the_file_says_what_is_settled_and_is_read_as_such(quick_world: World) -> None:
    row = settle(quick_world)
    log = ProblemLog()
    again = read_settled_procedure(read_yaml(Source("procedure.yaml", procedure_yaml(row)), log), log)
    assert not log.problems
    assert again is not None
    assert procedure_yaml(settle(quick_world, again)) == procedure_yaml(row)
    served = (row.surfaces, row.when_stale, row.stale_after, row.unknown_landing)
    assert (tuple(again.surfaces), again.stale_after, again.unknown_landing) == (served[0], *served[2:])
    assert {kind: what for kind, what in again.when_stale.items() if what != "keep"} == served[1]


def test_a_file_that_cannot_be_settled_is_told_where() -> None:
    log = ProblemLog()
    text = "stale_after: 1\nwhen_stale: {exclude: maybe, shout: deny}\nunknown_landing: keep\n"
    assert read_settled_procedure(read_yaml(Source("procedure.yaml", text), log), log) is None
    assert {item.line for item in log.problems} == {1, 2, 3}


def test_rows_of_before_are_read_as_what_held_then(quick_world: World) -> None:
    text = b'{"id":"procedure","country":"FR","zone":"Europe/Paris"}'
    row = PROCEDURES.read(text)
    assert (row.surfaces, row.when_stale, row.stale_after, row.unknown_landing) == (("ads",), {}, 60, "allow")
    with quick_world.house.records.reading() as records:
        assert procedure_row(records).surfaces == ("ads",)
