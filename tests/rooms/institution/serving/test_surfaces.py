"""Surfaces beyond ads: a measure that names surfaces stops there alone, and the others go on."""

from pathlib import Path

import pytest

from tests.rooms.institution import begun
from tests.rooms.institution.serving.asked import layers, published
from tests.rooms.institution.world import World

ADVERTISING = "{exclude: {surfaces: [ads, recommended_offers]}}"


def test_a_measure_that_names_surfaces_leaves_the_others_alone(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(begun, "_RULES", {"beer": ("ad", "[FR, BE]", ADVERTISING, "")})
    service = begun.service_in(world)
    service.claim("ad", "beer")
    with published(world.house, tmp_path) as folder:
        decision = service.issued("ad")
        folder.looked()
        snapshot, now = layers(tmp_path)[0], world.clock.last.nanos
        slot = snapshot.slot("c:ad")
        said = {
            (territory, surface): snapshot.answer_of((slot,), territory, surface, now)
            for territory in ("FR", "US")
            for surface in ("ads", "recommended_offers", "organic")
        }
        stopped = {place: answer.decision_id for place, answer in said.items() if not answer.allow}
        assert stopped == dict.fromkeys([("FR", "ads"), ("FR", "recommended_offers")], decision.id)
