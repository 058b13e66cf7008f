"""Views for the tests of pages: one in which every part has something to show, and one with nothing."""

from dataclasses import replace

from adjudge.answers.claims import ClaimView, DocumentView
from adjudge.answers.decision.measures import DecisionView, MeasureView
from adjudge.answers.decision.others import NamesView, OthersView, ReasonView, RuleOthersView
from adjudge.answers.decision.view import (
    AnswerView,
    ContraryView,
    MissingView,
    NoticeView,
    RuleView,
    SubjectView,
    UnfittingView,
    UnlessView,
)
from adjudge.decisions.adjudicate import Disposition
from adjudge.outcome import Verdict

CLAIM = ClaimView(
    id="c-1",
    fact="ad.product",
    says="= antivirus",
    weight="3 corroborated",
    weight_reason="Two sources of their own.",
    origin="register",
    document="d-1",
    source="Extract (Register, 2 January 2024)",
    status="primary",
    place="row 4",
    recorded="2 January 2024",
    holds="holds from 1 January 2024 until 1 January 2025",
    note="As the register has it.",
)
LONG = "an_addressee_with_a_name_that_is_longer_than_a_phone_is_wide_and_has_no_place_to_break_a_line_at_all"
RECORD = replace(
    CLAIM,
    id="c-2",
    fact="advertiser.measures",
    says=f"= addressee: {LONG}, effect: advice",
    fields=(("addressee", LONG), ("effect", "advice")),
    document="d-2",
    source="Letter (Ministry, undated)",
    holds="",
)
DENIAL = replace(RECORD, id="c-3", says="is not addressee: banks, effect: advice", denied=True)
BARE = replace(
    CLAIM, id="c-4", document="", source="register", status="", place="", note="", weight_reason=""
)
DOCUMENTS = (
    DocumentView(
        id="d-1",
        title="Extract",
        publisher="Register",
        published="2 January 2024",
        kind="register extract",
        status="primary",
        summary="The entry of the company.",
        note="Read on the day.",
        sources=("https://register.example/1", "volume 3"),
    ),
    DocumentView(
        id="d-2",
        title="Letter",
        publisher="Ministry",
        published="undated",
        kind="letter",
        status="unverified",
        summary="",
        note="",
        sources=(),
    ),
    DocumentView(
        id="d-3",
        title="Unread",
        publisher="Nobody",
        published="2020",
        kind="advice",
        status="secondary",
        summary="Nothing is read in it.",
        note="",
        sources=(),
    ),
)
MET = RuleView(
    id="sale",
    title="Forbidden sale",
    kind="restriction",
    ground="Act 7",
    ground_url="https://law.example/7",
    explanation="We do not run such ads.",
    condition="advertiser.measures.exists(m, m.addressee == 'platforms')",
    verdict=Verdict.MET,
    verdict_text="shown to the standard",
    standard="3 corroborated",
    level=3,
    pair="for 4, against 2",
    for_=4,
    against=2,
    grounds=(CLAIM,),
    grounds_are_smallest=False,
    supporting=(RECORD,),
    contrary=(
        ContraryView(CLAIM, "weighed and outweighed: `when` stands at for 4, against 2"),
        ContraryView(DENIAL, "counted"),
    ),
    unfitting=(UnfittingView(RECORD, ("m.addressee == 'platforms'", "true")), UnfittingView(RECORD, ())),
    silent=("advertiser.verified",),
    missing=(),
    missing_is_whole=True,
    unless=(
        UnlessView(
            "Holds a licence",
            "advertiser.licensed",
            "for 1, against 0",
            "3 corroborated",
            "shown, but contested",
        ),
    ),
    failures=("when: overflow of `x`",),
)
UNPROVEN = replace(
    MET,
    id="unproven",
    title="Concealed owner",
    ground_url="",
    explanation="",
    verdict=Verdict.UNPROVEN,
    verdict_text="something supports it, but not to the standard",
    pair="for 2, against 0",
    for_=2,
    against=0,
    grounds=(),
    contrary=(),
    unfitting=(),
    silent=(),
    missing=(
        (
            MissingView("advertiser.a", ("It is observed.",), ("court ruling", "official statement")),
            MissingView("not (advertiser.b)", (), ()),
        ),
        (MissingView("advertiser.c", (), ("audit",)),),
    ),
    missing_is_whole=False,
    unless=(),
    failures=(),
)
UNKNOWN = replace(
    UNPROVEN,
    id="unknown",
    verdict=Verdict.UNKNOWN,
    supporting=(),
    missing=UNPROVEN.missing[1:],
    missing_is_whole=True,
    for_=0,
)
BY_VERDICT = (
    replace(UNKNOWN, id="hopeless", missing=()),
    replace(UNKNOWN, id="refuted", verdict=Verdict.REFUTED, missing=(), against=4, unfitting=MET.unfitting),
    replace(UNKNOWN, id="silent", verdict=Verdict.REFUTED, missing=(), against=4, silent=MET.silent),
    replace(
        UNKNOWN, id="contested", verdict=Verdict.CONTESTED, missing=(), for_=4, against=5, supporting=(BARE,)
    ),
    replace(UNKNOWN, id="excepted", verdict=Verdict.EXCEPTED, missing=(), unless=MET.unless),
    replace(MET, id="by-silence", grounds=(), supporting=(), standard="6 unheard of", level=0),
)
MEASURE = MeasureView(
    rule="sale",
    rule_title="Forbidden sale",
    kind="suspend",
    territory="United States only",
    surfaces="all surfaces",
    duration="30 days",
    start="1 October 2024",
    cure="7 days",
)
DECISION = DecisionView(
    disposition=Disposition.MEASURE,
    headline="A measure follows",
    measures=(MEASURE, replace(MEASURE, rule="elsewhere", cure="")),
    by_person=("`sale`: a signature is needed (legal)",),
    evidence_wanted=("Concealed owner",),
    signatures=("legal",),
)
NAMES = NamesView(
    heading="Like cases treated otherwise",
    names=("Another company (another): no measure", f"{LONG}: no decision known"),
    more="and 2 more, whom `adjudge alike` lists",
)
OTHERS = OthersView(
    population="Companies of that time (companies)",
    rules=(
        RuleOthersView(
            id="sale",
            title="Forbidden sale",
            reaches="It reaches 4 of 9 advertisers.",
            treated=("1 of those reached is under a measure.", "For 3 no decision is known."),
            alike="The rule cannot tell 4 others apart from this subject; treated otherwise: 1.",
            lists=(NAMES, replace(NAMES, heading="Others whom it reaches", more="")),
        ),
        RuleOthersView(
            id="elsewhere",
            title="A rule that is not shown here",
            reaches="It reaches 0 of 9 advertisers.",
            treated=(),
            alike="Nobody else is like this subject.",
            lists=(),
        ),
    ),
    notes=("The population holds no ads.", "Nothing is said of others under: `posters`."),
)
REASON = ReasonView(
    population="Companies of that time (companies)",
    condition=f"advertiser.measures.exists(m, m.addressee == '{LONG}')",
    reaches="It reaches 5 of 9 advertisers.",
    treated=("1 of those reached is under a measure.",),
    lists=(replace(NAMES, heading="Whom it reaches"),),
)
SUBJECT = SubjectView(
    id="company",
    kind="advertiser",
    title="The company",
    hypothetical=False,
    names=("Company", "Компания (unverified)"),
    note="One of several.",
    decision=DECISION,
    rules=(MET, UNPROVEN, UNKNOWN, *BY_VERDICT),
    others=OTHERS,
)
FULL = AnswerView(
    language="en",
    case_id="full",
    title="A case of everything",
    summary="All that can be shown is shown.",
    as_of="1 October 2024, 00:00 UTC",
    known_at="2 October 2024, 00:00 UTC",
    territory="United States",
    package="terms 3",
    published="1 September 2024",
    digest="sha256:" + 64 * "a",
    counts="4 of 5 claims count; 5 were recorded by then",
    subjects=(
        SUBJECT,
        replace(
            SUBJECT,
            id="ad",
            kind="ad",
            hypothetical=True,
            names=(),
            note="",
            rules=(),
            others=OthersView(population="", rules=(), notes=("No population is named: `--population`.",)),
            decision=replace(
                DECISION,
                disposition=Disposition.REFER,
                headline="A person must decide",
                measures=(),
                evidence_wanted=(),
                signatures=(),
            ),
        ),
        replace(
            SUBJECT,
            id="ad-2",
            rules=(MET,),
            decision=replace(DECISION, signatures=(), by_person=("`sale`: the rule leaves it to a person",)),
        ),
        replace(
            SUBJECT,
            id="ad-3",
            rules=(UNKNOWN,),
            decision=replace(
                DECISION,
                disposition=Disposition.REQUEST_EVIDENCE,
                headline="Evidence is to be asked for; no measure",
                measures=(),
                by_person=(),
                signatures=(),
            ),
        ),
        replace(
            SUBJECT,
            id="ad-4",
            rules=(UNKNOWN,),
            decision=DecisionView(
                disposition=Disposition.NO_MEASURE,
                headline="No measure",
                measures=(),
                by_person=(),
                evidence_wanted=(),
            ),
        ),
    ),
    documents=DOCUMENTS,
    notice=NoticeView(
        sender="The platform",
        sent="1 October 2024",
        text="Your ads no longer run.",
        signed=False,
        note="The day is not certain.",
        sources=("https://press.example/1", "a letter"),
    ),
    reason=REASON,
)
EMPTY = replace(FULL, summary="", subjects=(), documents=(), notice=None)
