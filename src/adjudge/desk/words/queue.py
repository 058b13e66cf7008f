"""Fixed words of the queue: its parts, its orders, for whom matters wait, and how severe what is found is."""

from collections.abc import Mapping

from adjudge.basis.said import Said, say
from adjudge.decisions.words import MEASURES
from adjudge.institution.queue.asked import Order, View
from adjudge.institution.queue.digits import ADVERTISER
from adjudge.language.package import MeasureKind
from adjudge.people.role import Role

VIEWS: Mapping[View, Said] = {
    View.OPEN: say("to do"),
    View.MINE: say("mine"),
    View.UNASSIGNED: say("unassigned"),
    View.WAITING: say("waiting on"),
    View.OVERDUE: say("overdue"),
    View.ALL: say("all"),
}
ORDERS: Mapping[Order, Said] = {
    Order.CLOCK: say("what is due soonest"),
    Order.SEVERITY: say("the severest"),
    Order.SPEND: say("the greatest spend"),
    Order.OLDEST: say("the oldest"),
    Order.NEWEST: say("the newest"),
}
WAITERS: Mapping[str, Said] = {
    str(Role.REVIEWER): say("reviewer"),
    str(Role.SECOND_REVIEWER): say("second reviewer"),
    str(Role.LEGAL): say("legal"),
    str(Role.APPEALS): say("appeals"),
    ADVERTISER: say("the advertiser"),
}
SEVERITIES: Mapping[str, Said] = {str(kind.severity + 1): MEASURES[kind] for kind in MeasureKind}
"""By the digit that the queue has for it, the severest measure; there is none for what calls for no measure."""
QUEUE: Mapping[str, Said] = {
    "parts_of_queue": say("Parts of the queue"),
    "waits_for_whom": say("For whom it waits"),
    "waiting_on": say("Waiting on"),
    "narrow": say("Narrow and sort"),
    "sort_by": say("What stands first"),
    "spend_hint": say("Amounts are not converted: those in one currency stand together."),
    "any": say("any"),
    "advertiser_id": say("Advertiser, its id"),
    "clear_narrowing": say("Clear"),
    "due": say("Due"),
    "severest": say("Severest measure"),
    "spent": say("Spent last"),
    "is_overdue": say("overdue"),
    "only_of": say("Only those of"),
    "take": say("Take"),
    "take_hint": say("Others see that you look after it."),
    "you": say("your role"),
    "choose": say("Choose"),
    "hand_chosen": say("Assign those chosen"),
    "hand_hint": say("Each is recorded by itself: one that was changed meanwhile keeps no other back."),
    "nothing_open": say("There is nothing to do. Matters that are closed stand under “all”."),
    "nothing_mine": say("Nothing is assigned to you. What nobody has yet stands under “unassigned”."),
    "nothing_unassigned": say("Somebody looks after every matter in which there is something to do."),
    "nothing_waiting": say("Nothing waits for them."),
    "nothing_overdue": say("Nothing is overdue."),
    "nothing_narrowed": say("Nothing here is as you have asked for it."),
    "earlier_page": say("Page before"),
    "saved_views": say("Saved views"),
    "save_view": say("Save this view"),
    "view_name": say("Name of the view"),
    "rename": say("Rename"),
    "delete": say("Delete"),
    "change_views": say("Rename or delete views"),
    "handed": say("What was assigned"),
    "is_assigned": say("assigned"),
    "not_assigned": say("not assigned"),
    "to_queue": say("To the queue"),
    "in_queue": say("In the queue"),
    "item_before": say("Item before"),
    "next_item": say("Next item"),
    "open_matter_title": say("Open a new matter"),
    "no_open": say(
        "No policy is in force, or no advertiser is on record: there is nothing to open a matter for yet."
    ),
}
