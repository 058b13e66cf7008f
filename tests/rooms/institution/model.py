"""What an institution is, in dictionaries: written from the sentences of the requirement, and from nothing in `src`.

An answer is `ok` or the name of the refusal. Facts are claimed with a weight of 4, which meets a rule, or were
discounted to 1, which does not; all claims about a fact come from one origin, so that they do not add up.
"""

from dataclasses import dataclass, field

OK, REFUSED, CONFLICT = "ok", "RefusedError", "ConflictError"
SEVEREST = ("beer", "lottery", "loud")
"""The rules, each met by the fact of its name; the severest that is met is the one that is applied."""
NEEDS = {"beer": {"second_reviewer"}, "lottery": {"legal"}, "loud": set[str](), "": set[str]()}


@dataclass
class Claim:
    ad: str
    fact: str
    weight: int
    live: bool = True


@dataclass
class Decision:
    ad: str
    author: str
    state: str
    seen: tuple[object, ...]
    """What it was proposed upon: the version, how strongly each fact was claimed, and by which claims it is applied."""
    rule: str
    signed: set[tuple[str, str]] = field(default_factory=set)
    grounds: tuple[str, ...] = ()


@dataclass
class Model:
    """The advertiser's ads in one matter."""

    claims: dict[str, Claim] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    matter: str = "open"
    seen: int = 0
    version: int = 1
    rules: frozenset[str] = frozenset(SEVEREST)
    told: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    """What the institution reopened for, in order."""

    def strength(self, ad: str, fact: str) -> int:
        found = (
            item.weight for item in self.claims.values() if (item.ad, item.fact) == (ad, fact) and item.live
        )
        return max(found, default=0)

    def applied(self, ad: str) -> str:
        met = (rule for rule in SEVEREST if rule in self.rules and self.strength(ad, rule) >= 4)
        return next(met, "")

    def upon(self, ad: str) -> tuple[object, ...]:
        """What no rule in force asks for bears on nothing; of the rule that is applied, each claim is signed."""
        strengths = tuple(self.strength(ad, rule) for rule in SEVEREST if rule in self.rules)
        applied = self.applied(ad)
        claims = (
            name for name, item in self.claims.items() if (item.ad, item.fact) == (ad, applied) and item.live
        )
        return self.version, strengths, tuple(sorted(claims))

    def held(self, ad: str) -> list[str]:
        return [name for name, item in self.decisions.items() if item.ad == ad and item.state == "proposed"]

    def in_force(self) -> list[tuple[str, Decision]]:
        return [(name, item) for name, item in sorted(self.decisions.items()) if item.state == "issued"]

    # --- what is done ---

    def record(self, name: str, ad: str, fact: str) -> None:
        self.claims[name] = Claim(ad, fact, 4)
        self.look()

    def may_withdraw(self, name: str) -> str:
        return OK if self.claims[name].live else CONFLICT

    def withdraw(self, name: str) -> None:
        self.claims[name].live = False
        self.look()

    def may_discount(self, name: str) -> str:
        """Never raised, and never left as it was."""
        return REFUSED if self.claims[name].weight == 1 else self.may_withdraw(name)

    def discount(self, name: str, new: str) -> None:
        old = self.claims[name]
        old.live = False
        self.claims[new] = Claim(old.ad, old.fact, 1)
        self.look()

    def may_propose(self, ad: str) -> str:
        if self.matter == "closed":
            return REFUSED
        return CONFLICT if self.held(ad) else OK

    def propose(self, name: str, ad: str, author: str) -> None:
        self.decisions[name] = Decision(ad, author, "proposed", self.upon(ad), self.applied(ad))

    def may_return(self, name: str) -> str:
        return OK if self.decisions[name].state == "proposed" else REFUSED

    def may_sign(self, name: str, role: str, person: str) -> str:
        found = self.decisions[name]
        if found.state != "proposed" or found.author == person:
            return REFUSED
        return CONFLICT if (role, person) in found.signed else OK

    def may_issue(self, name: str) -> str:
        found = self.decisions[name]
        if found.state != "proposed":
            return REFUSED
        if found.seen != self.upon(found.ad):
            return CONFLICT
        signed = {role for role, person in found.signed if person != found.author}
        return OK if NEEDS[found.rule] <= signed else REFUSED

    def issue(self, name: str, grounds: tuple[str, ...]) -> None:
        found = self.decisions[name]
        for other in self.decisions.values():
            if other.ad == found.ad and other.state == "issued":
                other.state = "superseded"
        found.state, found.grounds = "issued", grounds

    def may_automate(self, ad: str) -> str:
        if self.matter == "closed":
            return REFUSED
        if self.held(ad):
            return CONFLICT
        if self.applied(ad) != "loud":
            return REFUSED
        return CONFLICT if self.is_decided(ad) else OK

    def is_decided(self, ad: str) -> bool:
        """Whether the decision in force is by this version, for this rule, on the claim that carries it still."""
        rests = tuple(
            name
            for name, item in self.claims.items()
            if (item.ad, item.fact, item.weight) == (ad, "loud", 4) and item.live
        )
        return any(
            (item.ad, item.seen[0], item.rule, item.grounds) == (ad, self.version, "loud", rests[:1])
            for _, item in self.in_force()
        )

    def automate(self, name: str, ad: str, author: str, grounds: tuple[str, ...]) -> None:
        self.propose(name, ad, author)
        self.issue(name, grounds)

    def may_close(self) -> str:
        waiting = any(item.state == "proposed" for item in self.decisions.values())
        return REFUSED if waiting or self.matter == "closed" else OK

    def change(self, state: str) -> None:
        self.matter, self.seen = state, self.seen + 1

    def publish(self, rules: frozenset[str]) -> None:
        self.version, self.rules = self.version + 1, rules
        self.look()

    def look(self) -> None:
        """A ground that fell away reopens what rested on it, and is listed: once for each loss."""
        for name, item in self.in_force():
            claims = tuple(claim for claim in item.grounds if not self.claims[claim].live)
            rules = (item.rule,) if item.rule and item.rule not in self.rules else ()
            for lost in (claims, rules):
                if lost and (name, lost) not in self.told:
                    self.told.append((name, lost))
                    self.change("reopened")
