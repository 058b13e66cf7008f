"""The same grammar for Hypothesis."""

from hypothesis import strategies as st

from tests.generators.cases import Case, case
from tests.generators.chooser import Drawn
from tests.generators.conditions import condition, ill_typed
from tests.generators.plan import World, world


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Well-formed, well-typed cases."""
    return case(Drawn(draw), most_rules=2)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Vocabularies, lists and parameters."""
    return world(Drawn(draw))


@st.composite
def conditions(draw: st.DrawFn) -> tuple[World, str]:
    """A well-typed condition about an ad, and the world that it speaks of."""
    chooser = Drawn(draw)
    plan = world(chooser)
    return plan, condition(chooser, plan, "ad")


@st.composite
def ill_typed_conditions(draw: st.DrawFn) -> tuple[World, str]:
    """A condition that can be read and must be refused, and its world."""
    chooser = Drawn(draw)
    plan = world(chooser)
    return plan, ill_typed(chooser, plan, "ad")
