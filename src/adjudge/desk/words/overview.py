"""Fixed words of the overview: what is counted, and what stands beside the numbers."""

from collections.abc import Mapping

from adjudge.basis.said import Said, say
from adjudge.institution.counting.glance import Age
from adjudge.institution.counting.tally import BACK, CLOSED, ENDED, FILED, ISSUED, OPENED
from adjudge.records.rows import Outcome

AGES: Mapping[Age, Said] = {
    Age.DAYS: say("less than a week"),
    Age.WEEKS: say("one to four weeks"),
    Age.MONTHS: say("four to twelve weeks"),
    Age.LONGER: say("more than twelve weeks"),
}
COMINGS: Mapping[str, Said] = {
    OPENED: say("matters opened"),
    CLOSED: say("matters closed"),
    ISSUED: say("decisions issued"),
    BACK: say("matters reopened"),
    FILED: say("appeals filed"),
    ENDED: say("appeals that ended"),
}
"""The first three are drawn."""
ENDINGS: Mapping[Outcome, Said] = {
    Outcome.REVERSED: say("reversed"),
    Outcome.VARIED: say("changed"),
    Outcome.UPHELD: say("upheld"),
}
OVERVIEW: Mapping[str, Said] = {
    "overview_hint": say("Counted from the log and from what is kept. Nobody is counted by name."),
    "period": say("How far back"),
    "download_table": say("All figures as a table (CSV)"),
    "not_counted": say(
        "The log was not counted yet: what happened by week, how appeals ended and which rules were applied is told "
        "when the sweeper has been round."
    ),
    "counted_up_to": say("The log goes on; what happened by week is counted up to"),
    "counted_at": say("Counted"),
    "to_do_by_whom": say("What is to do, by who took it"),
    "taken_by_you": say("by you"),
    "taken_by_others": say("by others"),
    "taken_by_nobody": say("by nobody"),
    "to_do_by_age": say("What is to do, by age"),
    "matters_by_state": say("Matters by state"),
    "matters_column": say("Matters"),
    "by_week": say("What came and went, by week"),
    "week_from": say("Week from"),
    "this_week": say("The last week is not over."),
    "numbers_by_week": say("The numbers"),
    "clocks_at_risk": say("Clocks at risk"),
    "clocks_risk_hint": say("Of appeals, requests and disputes that still wait for somebody."),
    "overdue_column": say("Overdue"),
    "soon_column": say("Within 3 days"),
    "later_column": say("Later"),
    "to_clocks": say("All clocks"),
    "reversals": say("How appeals ended, by rule"),
    "reversals_hint": say(
        "By the rules that the decision had applied against which the appeal was filed. An appeal counts for each."
    ),
    "no_appeals_ended": say("No appeal ended in this time."),
    "contested": say("Contested facts"),
    "contested_hint": say(
        "Facts of which live claims say yes and others no, about the same subject, of advertisers with open matters."
    ),
    "none_contested": say("No fact is contested."),
    "subjects_column": say("Subjects"),
    "claims_column": say("Claims"),
    "discounted": say("Most often discounted"),
    "none_discounted": say("No claim was discounted in this time."),
    "discounts_column": say("Discounts"),
    "idle_rules": say("Rules that no decision applies"),
    "idle_hint": say("In force, and applied by no decision that was issued since then."),
    "more_rules": say("More rules"),
    "none_idle": say("Every rule in force was applied by a decision."),
    "rule_column": say("Rule"),
    "fact_column": say("Fact"),
    "kind_column": say("Kind"),
    "age_column": say("Age"),
    "state_column": say("State"),
    "taken_column": say("Taken"),
    "days_column": say("Days"),
    "health": say("Health"),
    "log_signed": say("Log signed"),
    "swept": say("Sweeper"),
    "late_word": say("has not been round for a while"),
    "audited": say("Held to the log"),
    "failed_deliveries": say("Deliveries that failed"),
    "owed_notices": say("Notices not made yet"),
    "not_yet": say("not yet"),
}
