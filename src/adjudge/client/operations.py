"""Every operation of the API. Written by tools/genclient.py from the description of the API."""

from collections.abc import Mapping, Sequence
from typing import IO, Any, Literal

from adjudge.client import shapes
from adjudge.client.calling import Calling
from adjudge.client.file import File, Upload
from adjudge.client.listing import Listing
from adjudge.client.shape import Shape


class AppealsOperations(Calling):
    """Operations: appeals."""

    def list_appeals(
        self,
        *,
        advertiser: str | None = None,
        state: shapes.AppealState | None = None,
        kind: shapes.AppealKind | None = None,
        decision: str | None = None,
        matter: str | None = None,
        assignee: str | None = None,
        limit: int | None = None,
    ) -> Listing[shapes.Appeal]:
        """List the appeals and requests for reasons that one may read.

        The right it needs: read an appeal.
        """
        return self._lists(
            shapes.Appeal,
            "/api/v1/appeals",
            query={
                "advertiser": advertiser,
                "state": state,
                "kind": kind,
                "decision": decision,
                "matter": matter,
                "assignee": assignee,
                "limit": limit,
            },
        )

    def file_appeal(
        self,
        *,
        decision: str,
        kind: shapes.AppealKind | None = None,
        points: Sequence[str] | None = None,
        documents: Sequence[str] | None = None,
        language: str | None = None,
        once: str = "",
    ) -> shapes.Appeal:
        """File an appeal against a decision, or ask for its reasons. It is free, and needs no form.

        The right it needs: file an appeal, or a request for reasons.
        """
        return self._gives(
            shapes.Appeal,
            "POST",
            "/api/v1/appeals",
            body={
                "decision": decision,
                "kind": kind,
                "points": points,
                "documents": documents,
                "language": language,
            },
            once=once,
        )

    def list_queue(
        self,
        *,
        part: Literal["mine", "unassigned", "overdue", "open", "ended"] | None = None,
        limit: int | None = None,
    ) -> Listing[shapes.Queued]:
        """List a part of the queue: what waits by what is due next, what ended the newest first.

        The right it needs: read an appeal.
        """
        return self._lists(shapes.Queued, "/api/v1/appeals/queue", query={"part": part, "limit": limit})

    def count_queue(self) -> shapes.Counts:
        """Count the appeals in each part of the queue.

        The right it needs: read an appeal.
        """
        return self._gives(shapes.Counts, "GET", "/api/v1/appeals/counts")

    def read_appeal(self, appeal_id: str) -> shapes.AppealWhole:
        """Read an appeal, or a request for reasons.

        The right it needs: read an appeal.
        """
        return self._gives(
            shapes.AppealWhole, "GET", "/api/v1/appeals/{appeal_id}", at={"appeal_id": appeal_id}
        )

    def read_time_to_appeal(self, decision_id: str) -> shapes.Appealable:
        """Read until when a decision can be appealed.

        The right it needs: read an appeal.
        """
        return self._gives(
            shapes.Appealable,
            "GET",
            "/api/v1/decisions/{decision_id}/appealable",
            at={"decision_id": decision_id},
        )

    def withdraw_appeal(
        self, appeal_id: str, *, reason: str, seen: Shape | str | None = None, once: str = ""
    ) -> shapes.Appeal:
        """Withdraw one's own appeal or request. One may appeal again in time.

        The right it needs: withdraw one's appeal.
        """
        return self._gives(
            shapes.Appeal,
            "POST",
            "/api/v1/appeals/{appeal_id}/withdraw",
            at={"appeal_id": appeal_id},
            body={"reason": reason},
            seen=seen,
            once=once,
        )

    def list_assignable(self, appeal_id: str, *, limit: int | None = None) -> Listing[shapes.Assignable]:
        """List the people to whom an appeal can be assigned: those who took no part in what was
        decided.

        The right it needs: assign an appeal to somebody who took no part.
        """
        return self._lists(
            shapes.Assignable,
            "/api/v1/appeals/{appeal_id}/assignable",
            at={"appeal_id": appeal_id},
            query={"limit": limit},
        )

    def acknowledge_appeal(
        self, appeal_id: str, *, text: str, seen: Shape | str, once: str = ""
    ) -> shapes.Appeal:
        """Say that one has read it, and what happens next. It is sent.

        The right it needs: acknowledge an appeal, and say what happens next.
        """
        return self._gives(
            shapes.Appeal,
            "POST",
            "/api/v1/appeals/{appeal_id}/acknowledge",
            at={"appeal_id": appeal_id},
            body={"text": text},
            seen=seen,
            once=once,
        )

    def assign_appeal(
        self, appeal_id: str, *, person: str, reason: str, seen: Shape | str, once: str = ""
    ) -> shapes.Appeal:
        """Assign an appeal to somebody who took no part in what was decided.

        The right it needs: assign an appeal to somebody who took no part.
        """
        return self._gives(
            shapes.Appeal,
            "POST",
            "/api/v1/appeals/{appeal_id}/assign",
            at={"appeal_id": appeal_id},
            body={"person": person, "reason": reason},
            seen=seen,
            once=once,
        )

    def answer_request(
        self, appeal_id: str, *, text: str, seen: Shape | str, once: str = ""
    ) -> shapes.Appeal:
        """Answer a request for reasons, in words of its own; the statement is sent anew with it.

        The right it needs: answer a request for reasons.
        """
        return self._gives(
            shapes.Appeal,
            "POST",
            "/api/v1/appeals/{appeal_id}/answer",
            at={"appeal_id": appeal_id},
            body={"text": text},
            seen=seen,
            once=once,
        )

    def pause_measures(
        self, appeal_id: str, *, reason: str, seen: Shape | str, once: str = ""
    ) -> shapes.Appeal:
        """Let the measures of the decision rest while the appeal is open. The advertiser is told why.

        The right it needs: let a measure rest while an appeal is open, with reasons.
        """
        return self._gives(
            shapes.Appeal,
            "POST",
            "/api/v1/appeals/{appeal_id}/pause",
            at={"appeal_id": appeal_id},
            body={"reason": reason},
            seen=seen,
            once=once,
        )

    def resume_measures(
        self, appeal_id: str, *, reason: str, seen: Shape | str, once: str = ""
    ) -> shapes.Appeal:
        """Let measures that rest by the appeal have effect again. The advertiser is told why.

        The right it needs: let a measure that rests have effect again, with reasons.
        """
        return self._gives(
            shapes.Appeal,
            "POST",
            "/api/v1/appeals/{appeal_id}/resume",
            at={"appeal_id": appeal_id},
            body={"reason": reason},
            seen=seen,
            once=once,
        )

    def list_messages(self, appeal_id: str, *, limit: int | None = None) -> Listing[shapes.Message]:
        """List what was written in an appeal, in order.

        The right it needs: read an appeal.
        """
        return self._lists(
            shapes.Message,
            "/api/v1/appeals/{appeal_id}/messages",
            at={"appeal_id": appeal_id},
            query={"limit": limit},
        )

    def write_message(
        self,
        appeal_id: str,
        *,
        text: str | None = None,
        documents: Sequence[str] | None = None,
        once: str = "",
    ) -> shapes.Message:
        """Write in an open appeal. Both sides have it, and what the platform writes is sent.

        The right it needs: write and attach in an appeal.
        """
        return self._gives(
            shapes.Message,
            "POST",
            "/api/v1/appeals/{appeal_id}/messages",
            at={"appeal_id": appeal_id},
            body={"text": text, "documents": documents},
            once=once,
        )

    def attach_document(self, appeal_id: str, *, file: Upload, title: str, once: str = "") -> shapes.Attached:
        """Receive a document, and attach it to an open appeal.

        The right it needs: write and attach in an appeal.
        """
        return self._gives(
            shapes.Attached,
            "POST",
            "/api/v1/appeals/{appeal_id}/documents",
            at={"appeal_id": appeal_id},
            body={"title": title},
            files={"file": file},
            once=once,
        )


class ClocksOperations(Calling):
    """Operations: clocks."""

    def list_clocks(
        self,
        *,
        state: shapes.ClockState | None = None,
        overdue: bool | None = None,
        advertiser: str | None = None,
        of: str | None = None,
        decision: str | None = None,
        kind: shapes.ClockKind | None = None,
        limit: int | None = None,
    ) -> Listing[shapes.ClockNow]:
        """List the clocks that bind the platform.

        The right it needs: see the clocks that bind the platform.
        """
        return self._lists(
            shapes.ClockNow,
            "/api/v1/clocks",
            query={
                "state": state,
                "overdue": overdue,
                "advertiser": advertiser,
                "of": of,
                "decision": decision,
                "kind": kind,
                "limit": limit,
            },
        )

    def read_clock(self, clock_id: str) -> shapes.ClockNow:
        """Read a clock.

        The right it needs: see the clocks that bind the platform.
        """
        return self._gives(shapes.ClockNow, "GET", "/api/v1/clocks/{clock_id}", at={"clock_id": clock_id})

    def extend_clock(
        self, clock_id: str, *, until: str, reason: str, seen: Shape | str, once: str = ""
    ) -> shapes.Clock:
        """Give a clock more time, to the end of a day. Whom it binds gives it none.

        The right it needs: give a clock more time, for reasons that are told; not whom it binds.
        """
        return self._gives(
            shapes.Clock,
            "POST",
            "/api/v1/clocks/{clock_id}/extend",
            at={"clock_id": clock_id},
            body={"until": until, "reason": reason},
            seen=seen,
            once=once,
        )

    def read_calendar(self, year: int) -> shapes.Calendar:
        """Read the days of a year on which no business is done, weekends left out.

        The right it needs: see the clocks that bind the platform.
        """
        return self._gives(shapes.Calendar, "GET", "/api/v1/calendar/{year}", at={"year": year})


class ContactsOperations(Calling):
    """Operations: contacts."""

    def read_contact(self, advertiser_id: str) -> shapes.Contact:
        """Read how an advertiser is reached.

        The right it needs: settle how an advertiser is reached.
        """
        return self._gives(
            shapes.Contact,
            "GET",
            "/api/v1/advertisers/{advertiser_id}/contact",
            at={"advertiser_id": advertiser_id},
        )

    def settle_contact(
        self,
        advertiser_id: str,
        *,
        language: str,
        reason: str,
        seen: Shape | str,
        emails: Sequence[str] | None = None,
        webhook: str | None = None,
        new_secret: bool | None = None,
        once: str = "",
    ) -> shapes.ContactSettled:
        """Settle how an advertiser is reached. A webhook that stays keeps its secret, unless a new one
        is asked for.

        The right it needs: settle how an advertiser is reached.
        """
        return self._gives(
            shapes.ContactSettled,
            "PUT",
            "/api/v1/advertisers/{advertiser_id}/contact",
            at={"advertiser_id": advertiser_id},
            body={
                "language": language,
                "emails": emails,
                "webhook": webhook,
                "new_secret": new_secret,
                "reason": reason,
            },
            seen=seen,
            once=once,
        )


class DataOperations(Calling):
    """Operations: data."""

    def check_rows(
        self, *, mapping: str, file: Upload, policy: str | None = None, delimiter: str | None = None
    ) -> shapes.Came:
        """Look at the rows of a CSV or JSON Lines file, and bring nothing in.

        At most 2,000 rows and 5,000,000 bytes. A form of the type multipart/form-data.
        """
        return self._gives(
            shapes.Came,
            "POST",
            "/api/v1/imports/check",
            body={"mapping": mapping, "policy": policy, "delimiter": delimiter},
            files={"file": file},
        )

    def import_rows(
        self,
        *,
        mapping: str,
        reason: str,
        file: Upload,
        policy: str | None = None,
        delimiter: str | None = None,
        skip_bad: bool | None = None,
        once: str = "",
    ) -> shapes.Came:
        """Bring subjects, claims or spend in from the rows of a CSV or JSON Lines file.

        Where a row is refused, nothing comes in, unless `skip_bad` says otherwise. What is here
        already is not brought in twice. At most 2,000 rows and 5,000,000 bytes. A form of the type
        multipart/form-data.
        """
        return self._gives(
            shapes.Came,
            "POST",
            "/api/v1/imports",
            body={
                "mapping": mapping,
                "policy": policy,
                "delimiter": delimiter,
                "reason": reason,
                "skip_bad": skip_bad,
            },
            files={"file": file},
            once=once,
        )

    def export_data(
        self, *, known_at: str | None = None, policy: str | None = None, into: IO[bytes] | None = None
    ) -> File:
        """Take the data out as known at a time, in the layout adjudge-data/1: Parquet, in one archive.

        With `policy` only claims that this policy can read, and its decisions.
        """
        return self._file(
            "GET",
            "/api/v1/export",
            query={"known_at": known_at, "policy": policy},
            media_type="application/zip",
            into=into,
        )


class DecisionsOperations(Calling):
    """Operations: decisions."""

    def list_decisions(
        self,
        *,
        matter: str | None = None,
        subject: str | None = None,
        advertiser: str | None = None,
        state: shapes.DecisionState | None = None,
        policy: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int | None = None,
    ) -> Listing[shapes.Decision]:
        """List the decisions that one may read; of proposals advertisers learn nothing.

        `since` and `until` (not included) bound the time at which they were issued.
        """
        return self._lists(
            shapes.Decision,
            "/api/v1/decisions",
            query={
                "matter": matter,
                "subject": subject,
                "advertiser": advertiser,
                "state": state,
                "policy": policy,
                "since": since,
                "until": until,
                "limit": limit,
            },
        )

    def read_decision(self, decision_id: str) -> shapes.DecisionWhole:
        """Read a decision: its statement, its measures, its signatures, and what stands in its way.

        The statement of a proposal is written anew, from what is known now. Advertisers are told
        who signed by role alone.
        """
        return self._gives(
            shapes.DecisionWhole, "GET", "/api/v1/decisions/{decision_id}", at={"decision_id": decision_id}
        )

    def replay_decision(self, decision_id: str) -> shapes.Replay:
        """Make a recorded decision again from the log, by the spec, and compare it byte for byte.

        It reads the log up to the decision: of a long log that takes its time.
        """
        return self._gives(
            shapes.Replay, "GET", "/api/v1/decisions/{decision_id}/replay", at={"decision_id": decision_id}
        )

    def read_receipt_of_decision(self, decision_id: str, *, into: IO[bytes] | None = None) -> File:
        """Read the receipt of an issued decision: its entry, and the proof that a signed checkpoint
        covers it.

        Its form is `adjudge-receipt/1` (docs/reference/log-format.md); `adjudge verify` holds it to
        the key of the log.
        """
        return self._file(
            "GET",
            "/api/v1/decisions/{decision_id}/receipt",
            at={"decision_id": decision_id},
            media_type="application/json",
            into=into,
        )

    def list_measures(
        self,
        *,
        decision: str | None = None,
        subject: str | None = None,
        advertiser: str | None = None,
        rule: str | None = None,
        kind: shapes.MeasureKind | None = None,
        state: Literal["in_effect", "waits_to_begin", "rests_now", "is_lifted", "is_over"] | None = None,
        limit: int | None = None,
    ) -> Listing[shapes.Measure]:
        """List measures, those that are over too. `state=in_effect` has those that have effect now.

        The right it needs: read a matter.
        """
        return self._lists(
            shapes.Measure,
            "/api/v1/measures",
            query={
                "decision": decision,
                "subject": subject,
                "advertiser": advertiser,
                "rule": rule,
                "kind": kind,
                "state": state,
                "limit": limit,
            },
        )

    def read_options(self, matter_id: str, subject_id: str) -> shapes.Options:
        """Read what can be decided about a subject, what a proposal has to answer, and who must take
        part.

        The right it needs: propose a decision.
        """
        return self._gives(
            shapes.Options,
            "GET",
            "/api/v1/matters/{matter_id}/subjects/{subject_id}/options",
            at={"matter_id": matter_id, "subject_id": subject_id},
        )

    def propose_decision(
        self,
        matter_id: str,
        subject_id: str,
        *,
        reason: str,
        instead: Mapping[str, shapes.MilderToTake | Literal["no_measure", "notify"]] | None = None,
        answers: Mapping[str, str] | None = None,
        milder: str | None = None,
        rights: str | None = None,
        why_departing: str | None = None,
        wording: str | None = None,
        appeal: str | None = None,
        replies: Mapping[str, str] | None = None,
        unfounded: bool | None = None,
        no_advance: Literal["", "legal_duty", "imperative_reason", "repeated_infringement"] | None = None,
        why_no_advance: str | None = None,
        once: str = "",
    ) -> shapes.DecisionWhole:
        """Propose a decision about a subject. One proposal at a time waits for a subject.

        The right it needs: propose a decision.
        """
        return self._gives(
            shapes.DecisionWhole,
            "POST",
            "/api/v1/matters/{matter_id}/subjects/{subject_id}/proposals",
            at={"matter_id": matter_id, "subject_id": subject_id},
            body={
                "reason": reason,
                "instead": instead,
                "answers": answers,
                "milder": milder,
                "rights": rights,
                "why_departing": why_departing,
                "wording": wording,
                "appeal": appeal,
                "replies": replies,
                "unfounded": unfounded,
                "no_advance": no_advance,
                "why_no_advance": why_no_advance,
            },
            once=once,
        )

    def automate_decision(self, matter_id: str, subject_id: str, *, once: str = "") -> shapes.Decision:
        """Issue what the rules leave to automation. Refused where any rule asks for a person.

        The right it needs: issue a decision that a rule leaves to automation.
        """
        return self._gives(
            shapes.Decision,
            "POST",
            "/api/v1/matters/{matter_id}/subjects/{subject_id}/automate",
            at={"matter_id": matter_id, "subject_id": subject_id},
            once=once,
        )

    def return_decision(
        self, decision_id: str, *, reason: str, seen: Shape | str | None = None, once: str = ""
    ) -> shapes.DecisionWhole:
        """Return a proposal, with reasons; its author may withdraw it so. Another one can take its
        place.

        The right it needs: return a proposal, with reasons.
        """
        return self._gives(
            shapes.DecisionWhole,
            "POST",
            "/api/v1/decisions/{decision_id}/return",
            at={"decision_id": decision_id},
            body={"reason": reason},
            seen=seen,
            once=once,
        )

    def confirm_decision(
        self, decision_id: str, *, digest: str, reason: str, seen: Shape | str | None = None, once: str = ""
    ) -> shapes.DecisionWhole:
        """Confirm somebody else's proposal, as a second person. Another one than was read is not
        confirmed by it.

        The right it needs: confirm somebody else's proposal.
        """
        return self._gives(
            shapes.DecisionWhole,
            "POST",
            "/api/v1/decisions/{decision_id}/confirm",
            at={"decision_id": decision_id},
            body={"digest": digest, "reason": reason},
            seen=seen,
            once=once,
        )

    def sign_decision(
        self,
        decision_id: str,
        *,
        digest: str,
        reason: str,
        role: Literal[
            "policy_author",
            "publisher",
            "reviewer",
            "second_reviewer",
            "legal",
            "appeals",
            "auditor",
            "administrator",
        ],
        seen: Shape | str | None = None,
        once: str = "",
    ) -> shapes.DecisionWhole:
        """Sign somebody else's proposal for a role that one has.

        The right it needs: sign a proposal for a role.
        """
        return self._gives(
            shapes.DecisionWhole,
            "POST",
            "/api/v1/decisions/{decision_id}/sign",
            at={"decision_id": decision_id},
            body={"digest": digest, "reason": reason, "role": role},
            seen=seen,
            once=once,
        )

    def issue_decision(
        self, decision_id: str, *, seen: Shape | str | None = None, once: str = ""
    ) -> shapes.DecisionWhole:
        """Issue a decision. Refused with everything that stands in its way.

        The right it needs: issue a decision.
        """
        return self._gives(
            shapes.DecisionWhole,
            "POST",
            "/api/v1/decisions/{decision_id}/issue",
            at={"decision_id": decision_id},
            seen=seen,
            once=once,
        )


class DisputesOperations(Calling):
    """Operations: disputes."""

    def list_disputes(
        self,
        *,
        advertiser: str | None = None,
        decision: str | None = None,
        state: shapes.DisputeState | None = None,
        limit: int | None = None,
    ) -> Listing[shapes.Dispute]:
        """List the disputes that one may read.

        The right it needs: read an appeal.
        """
        return self._lists(
            shapes.Dispute,
            "/api/v1/disputes",
            query={"advertiser": advertiser, "decision": decision, "state": state, "limit": limit},
        )

    def refer_dispute(
        self,
        *,
        decision: str,
        body: str,
        reference: str | None = None,
        reason: str | None = None,
        once: str = "",
    ) -> shapes.Dispute:
        """Record that a decision was brought before a body. No appeal before it is needed.

        The right it needs: record that a dispute was brought before a body of out-of-court
        settlement.
        """
        return self._gives(
            shapes.Dispute,
            "POST",
            "/api/v1/disputes",
            body={"decision": decision, "body": body, "reference": reference, "reason": reason},
            once=once,
        )

    def read_dispute(self, dispute_id: str) -> shapes.DisputeWhole:
        """Read a dispute.

        The right it needs: read an appeal.
        """
        return self._gives(
            shapes.DisputeWhole, "GET", "/api/v1/disputes/{dispute_id}", at={"dispute_id": dispute_id}
        )

    def read_pack(self, dispute_id: str) -> shapes.Pack:
        """Read all of a dispute that both sides may see, for the body: as JSON, or as PDF where
        `Accept` asks for it.

        The right it needs: read an appeal.
        """
        return self._gives(
            shapes.Pack, "GET", "/api/v1/disputes/{dispute_id}/pack", at={"dispute_id": dispute_id}
        )

    def read_pack_file(self, dispute_id: str, *, into: IO[bytes] | None = None) -> File:
        """Read all of a dispute that both sides may see, for the body: as JSON, or as PDF where
        `Accept` asks for it.

        The right it needs: read an appeal.
        """
        return self._file(
            "GET",
            "/api/v1/disputes/{dispute_id}/pack",
            at={"dispute_id": dispute_id},
            media_type="application/pdf",
            into=into,
        )

    def record_outcome(
        self,
        dispute_id: str,
        *,
        outcome: shapes.Found,
        text: str,
        documents: Sequence[str] | None = None,
        seen: Shape | str | None = None,
        once: str = "",
    ) -> shapes.Dispute:
        """Record what the body found, in its words. From now on the platform has so long to answer it.

        The right it needs: record the outcome of a settlement out of court; members with the body's
        document.
        """
        return self._gives(
            shapes.Dispute,
            "POST",
            "/api/v1/disputes/{dispute_id}/outcome",
            at={"dispute_id": dispute_id},
            body={"outcome": outcome, "text": text, "documents": documents},
            seen=seen,
            once=once,
        )

    def carry_out_outcome(
        self, dispute_id: str, *, decision: str, reason: str, seen: Shape | str | None = None, once: str = ""
    ) -> shapes.Dispute:
        """Record by which decision an outcome was carried out: a milder one on the same subject,
        issued since.

        The right it needs: record that an outcome was carried out, by a decision.
        """
        return self._gives(
            shapes.Dispute,
            "POST",
            "/api/v1/disputes/{dispute_id}/carry-out",
            at={"dispute_id": dispute_id},
            body={"decision": decision, "reason": reason},
            seen=seen,
            once=once,
        )

    def not_follow_outcome(
        self, dispute_id: str, *, reason: str, seen: Shape | str | None = None, once: str = ""
    ) -> shapes.Dispute:
        """Record that an outcome is not followed, with reasons, which are sent.

        The right it needs: record that an outcome is not followed, with reasons.
        """
        return self._gives(
            shapes.Dispute,
            "POST",
            "/api/v1/disputes/{dispute_id}/not-follow",
            at={"dispute_id": dispute_id},
            body={"reason": reason},
            seen=seen,
            once=once,
        )

    def end_dispute(
        self, dispute_id: str, *, reason: str, seen: Shape | str | None = None, once: str = ""
    ) -> shapes.Dispute:
        """Record that a dispute ended without an outcome: withdrawn, or not taken by the body.

        The right it needs: record that a dispute ended without an outcome.
        """
        return self._gives(
            shapes.Dispute,
            "POST",
            "/api/v1/disputes/{dispute_id}/end",
            at={"dispute_id": dispute_id},
            body={"reason": reason},
            seen=seen,
            once=once,
        )


class EvaluationOperations(Calling):
    """Operations: evaluation."""

    def ask_question(
        self,
        *,
        policy: str | None = None,
        version: str | None = None,
        matter: str | None = None,
        advertiser: str | None = None,
        about: Sequence[str] | None = None,
        territory: str | None = None,
        valid_at: str | None = None,
        known_at: str | None = None,
        subjects: Sequence[Mapping[str, Any]] | None = None,
        what_if: shapes.WhatIf | None = None,
        explain: bool | None = None,
        recourse: bool | None = None,
    ) -> shapes.Evaluation:
        """Ask what would be found, with further claims or without some, off the record.

        Nothing of it is kept. What is on record is told to whoever may read matters too. One
        question looks at 20,000 subjects and claims at most, on record and sent together; reasons
        are told of 100 subjects and by 1,000 claims at once, and what would change the outcome is
        searched for 10, among 200 claims. With reasons a question counts as 10 requests of the
        rate, with what would change the outcome as 30, and few are answered at once (429 `too-many-
        at-once`).
        """
        return self._gives(
            shapes.Evaluation,
            "POST",
            "/api/v1/evaluations",
            body={
                "policy": policy,
                "version": version,
                "matter": matter,
                "advertiser": advertiser,
                "about": about,
                "territory": territory,
                "valid_at": valid_at,
                "known_at": known_at,
                "subjects": subjects,
                "what_if": what_if,
                "explain": explain,
                "recourse": recourse,
            },
        )

    def ask_questions(self, *, questions: Sequence[shapes.BriefQuestion]) -> shapes.BatchShape:
        """Ask up to 100 questions at once, off the record. Each is answered by itself, in their order.

        All together look at 40,000 subjects and claims at most; a question beyond that is answered
        by a problem. Each question counts as a request of the rate.
        """
        return self._gives(
            shapes.BatchShape, "POST", "/api/v1/evaluations/batch", body={"questions": questions}
        )

    def evaluate_matter(self, matter_id: str, *, once: str = "") -> shapes.OnRecord:
        """Evaluate a matter now, on record, with every version of its policy that runs in the shadow
        beside it.

        A matter about more than 100 subjects counts as 30 requests of the rate, and few are
        evaluated at once (429 `too-many-at-once`); the log has counts of its outcomes, and all of
        them sealed beside.
        """
        return self._gives(
            shapes.OnRecord,
            "POST",
            "/api/v1/matters/{matter_id}/evaluations",
            at={"matter_id": matter_id},
            once=once,
        )

    def view_matter(
        self,
        matter_id: str,
        *,
        valid_at: str | None = None,
        known_at: str | None = None,
        recourse: bool | None = None,
    ) -> shapes.MatterView:
        """View a matter as of a valid time, by what was known at another: what is found, and what was
        decided.

        Claims, documents and decisions are counted here, and listed at addresses of their own. A
        matter about more than 100 subjects is asked about in parts, by a question; `recourse`,
        which searches what would change the outcome, is for matters about 10 subjects at most.
        """
        return self._gives(
            shapes.MatterView,
            "GET",
            "/api/v1/matters/{matter_id}/view",
            at={"matter_id": matter_id},
            query={"valid_at": valid_at, "known_at": known_at, "recourse": recourse},
        )


class HooksOperations(Calling):
    """Operations: hooks."""

    def list_hooks(self, *, limit: int | None = None) -> Listing[shapes.Hook]:
        """List the programs that are told, those too that are told no more, with how far each has
        come.

        The right it needs: see which programs are told of what happens.
        """
        return self._lists(shapes.Hook, "/api/v1/hooks", query={"limit": limit})

    def settle_hook(
        self,
        *,
        name: str,
        url: str,
        reason: str,
        kinds: Sequence[str] | None = None,
        since: int | None = None,
        once: str = "",
    ) -> shapes.MadeHook:
        """Settle that a program is told of what happens. The secret that signs its messages is told
        here alone.

        The right it needs: settle that a program is told of what happens.
        """
        return self._gives(
            shapes.MadeHook,
            "POST",
            "/api/v1/hooks",
            body={"name": name, "url": url, "kinds": kinds, "since": since, "reason": reason},
            once=once,
        )

    def read_hook(self, hook_id: str) -> shapes.Hook:
        """Read what a program is told of, and how far it has come.

        The right it needs: see which programs are told of what happens.
        """
        return self._gives(shapes.Hook, "GET", "/api/v1/hooks/{hook_id}", at={"hook_id": hook_id})

    def settle_hook_anew(
        self,
        hook_id: str,
        *,
        name: str,
        url: str,
        reason: str,
        seen: Shape | str,
        kinds: Sequence[str] | None = None,
        new_secret: bool | None = None,
        once: str = "",
    ) -> shapes.MadeHook:
        """Settle it anew. It goes on where it was, also one that had ended: nothing is left out.

        The right it needs: settle that a program is told of what happens.
        """
        return self._gives(
            shapes.MadeHook,
            "PUT",
            "/api/v1/hooks/{hook_id}",
            at={"hook_id": hook_id},
            body={"name": name, "url": url, "kinds": kinds, "new_secret": new_secret, "reason": reason},
            seen=seen,
            once=once,
        )

    def make_hook_secret(self, hook_id: str, *, reason: str, once: str = "") -> shapes.MadeHook:
        """Make another secret. It signs at once; for a day the one before signs too.

        The right it needs: settle that a program is told of what happens.
        """
        return self._gives(
            shapes.MadeHook,
            "POST",
            "/api/v1/hooks/{hook_id}/secret",
            at={"hook_id": hook_id},
            body={"reason": reason},
            once=once,
        )

    def replay_hook(self, hook_id: str, *, since: int, reason: str, once: str = "") -> shapes.Hook:
        """Tell a program again, from an entry on that it had come to; the names of the messages stay
        the same.

        The right it needs: tell a program again of what happened, from an entry on.
        """
        return self._gives(
            shapes.Hook,
            "POST",
            "/api/v1/hooks/{hook_id}/replay",
            at={"hook_id": hook_id},
            body={"since": since, "reason": reason},
            once=once,
        )

    def end_hook(self, hook_id: str, *, reason: str, once: str = "") -> shapes.Hook:
        """Tell a program of nothing more.

        The right it needs: tell a program of nothing more.
        """
        return self._gives(
            shapes.Hook,
            "POST",
            "/api/v1/hooks/{hook_id}/end",
            at={"hook_id": hook_id},
            body={"reason": reason},
            once=once,
        )

    def send_trial(self, hook_id: str) -> shapes.Tried:
        """Send a program a message of trial now, signed as all are. It is no entry, and nothing is
        kept of it.

        The right it needs: settle that a program is told of what happens.
        """
        return self._gives(shapes.Tried, "POST", "/api/v1/hooks/{hook_id}/try", at={"hook_id": hook_id})


class InstitutionOperations(Calling):
    """Operations: institution."""

    def read_institution(self) -> shapes.Institution:
        """Read what every statement of reasons says of the platform.

        The right it needs: read the policies; members those that are or were published.
        """
        return self._gives(shapes.Institution, "GET", "/api/v1/institution")

    def settle_institution(
        self,
        *,
        platform: Mapping[str, str],
        complaint: str,
        settlement: str,
        languages: Sequence[str],
        reason: str,
        seen: Shape | str,
        review: Mapping[str, str] | None = None,
        once: str = "",
    ) -> shapes.Institution:
        """Settle it anew. What was sent before keeps what it said.

        The right it needs: settle what statements say of the platform.
        """
        return self._gives(
            shapes.Institution,
            "PUT",
            "/api/v1/institution",
            body={
                "platform": platform,
                "complaint": complaint,
                "settlement": settlement,
                "review": review,
                "languages": languages,
                "reason": reason,
            },
            seen=seen,
            once=once,
        )

    def export_own(
        self, advertiser: str, *, language: str | None = None, into: IO[bytes] | None = None
    ) -> File:
        """Take out all that is kept of an advertiser and that it may see, as one archive (`adjudge-
        own/1`).

        `language` is that of its README: by default the one in which the advertiser is written to.
        """
        return self._file(
            "GET",
            "/api/v1/advertisers/{advertiser}/export",
            at={"advertiser": advertiser},
            query={"language": language},
            media_type="application/zip",
            into=into,
        )

    def read_overview(self, *, weeks: int | None = None) -> shapes.Overview:
        """Read how the institution stands: as JSON, or as CSV where `Accept` asks for it.

        The right it needs: see how the institution stands: load, clocks, appeals, contested facts,
        health.
        """
        return self._gives(shapes.Overview, "GET", "/api/v1/overview", query={"weeks": weeks})

    def read_overview_file(self, *, weeks: int | None = None, into: IO[bytes] | None = None) -> File:
        """Read how the institution stands: as JSON, or as CSV where `Accept` asks for it.

        The right it needs: see how the institution stands: load, clocks, appeals, contested facts,
        health.
        """
        return self._file("GET", "/api/v1/overview", query={"weeks": weeks}, media_type="text/csv", into=into)


class LogOperations(Calling):
    """Operations: log."""

    def read_log(self) -> shapes.Log:
        """Read how long the log is, its root, its key, and its newest checkpoint.

        The right it needs: read the log.
        """
        return self._gives(shapes.Log, "GET", "/api/v1/log")

    def list_entries(
        self,
        *,
        from_: int | None = None,
        kind: str | None = None,
        subject: str | None = None,
        limit: int | None = None,
    ) -> Listing[shapes.Entry]:
        """List entries in order, from a number on; of one kind, or about one object.

        The right it needs: read the log.
        """
        return self._lists(
            shapes.Entry,
            "/api/v1/log/entries",
            query={"from": from_, "kind": kind, "subject": subject, "limit": limit},
        )

    def read_entry(self, seq: int) -> shapes.Entry:
        """Read one entry.

        The right it needs: read the log.
        """
        return self._gives(shapes.Entry, "GET", "/api/v1/log/entries/{seq}", at={"seq": seq})

    def list_checkpoints(self, *, limit: int | None = None) -> Listing[shapes.Checkpoint]:
        """List the checkpoints that were signed, the oldest first.

        The right it needs: read the log.
        """
        return self._lists(shapes.Checkpoint, "/api/v1/log/checkpoints", query={"limit": limit})

    def sign_checkpoint(self, *, once: str = "") -> shapes.Checkpoint:
        """Sign the log as it is now. Where nothing came since the last checkpoint, that one is given.

        The right it needs: sign a checkpoint of the log.
        """
        return self._gives(shapes.Checkpoint, "POST", "/api/v1/log/checkpoints", once=once)

    def prove_inclusion(self, *, entry: int, size: int | None = None) -> shapes.Inclusion:
        """Prove that an entry is among the first `size`: those of now, where no size is named.

        The right it needs: read the log.
        """
        return self._gives(
            shapes.Inclusion, "GET", "/api/v1/log/proofs/inclusion", query={"entry": entry, "size": size}
        )

    def prove_consistency(self, *, from_: int | None = None, to: int | None = None) -> shapes.Consistency:
        """Prove that the log of `to` entries begins with that of `from`: that of now, where no size is
        named.

        The right it needs: read the log.
        """
        return self._gives(
            shapes.Consistency, "GET", "/api/v1/log/proofs/consistency", query={"from": from_, "to": to}
        )

    def export_log(self, *, into: IO[bytes] | None = None) -> File:
        """Take out the whole log as a file, without what is sealed beside its entries.

        Its form is `adjudge-log/1` (docs/reference/log-format.md); `adjudge verify` holds it to the
        key of the log.
        """
        return self._file("GET", "/api/v1/log/export", media_type="application/jsonl", into=into)

    def export_whole_log(self, *, into: IO[bytes] | None = None) -> File:
        """Take out the whole log as a file, with what is sealed beside its entries: personal data is
        among it.

        The right to read the log is not enough, and no service key has the one that is needed.
        """
        return self._file("GET", "/api/v1/log/export/whole", media_type="application/jsonl", into=into)

    def check_everything(self) -> shapes.Audit:
        """Hold everything that is kept to the log. All of it is read: of a long log ask `adjudge log
        check` instead.

        The right it needs: read the log.
        """
        return self._gives(shapes.Audit, "GET", "/api/v1/log/check")

    def read_receipt(self, object_id: str, *, into: IO[bytes] | None = None) -> File:
        """Read the receipt of the last entry about an object, such as a matter, a claim, a person or a
        version.

        Of what concerns no advertiser the right to read the log is needed, and what is sealed comes
        only with the right to read that. Advertisers have those of what they are told.
        """
        return self._file(
            "GET",
            "/api/v1/log/receipts/{object_id}",
            at={"object_id": object_id},
            media_type="application/json",
            into=into,
        )


class MattersOperations(Calling):
    """Operations: matters."""

    def list_matters(
        self,
        *,
        state: shapes.MatterState | None = None,
        advertiser: str | None = None,
        assignee: str | None = None,
        policy: str | None = None,
        territory: str | None = None,
        view: shapes.View | None = None,
        waiting: shapes.Waiter | None = None,
        sort: shapes.Order | None = None,
        limit: int | None = None,
    ) -> Listing[shapes.Matter]:
        """List the matters that one may read: by their ids, or as the queue has them.

        `view` is a part of the queue, `waiting` for whom its matters wait, and `sort` what stands
        first in it. Advertisers are told of the views `open` and `all`, the newest or the oldest
        first.
        """
        return self._lists(
            shapes.Matter,
            "/api/v1/matters",
            query={
                "state": state,
                "advertiser": advertiser,
                "assignee": assignee,
                "policy": policy,
                "territory": territory,
                "view": view,
                "waiting": waiting,
                "sort": sort,
                "limit": limit,
            },
        )

    def open_matter(
        self,
        *,
        advertiser: str,
        policy: str,
        reason: str,
        territory: str | None = None,
        title: Mapping[str, str] | None = None,
        once: str = "",
    ) -> shapes.Matter:
        """Open a matter. An advertiser has one at a time under a policy.

        The right it needs: open a matter.
        """
        return self._gives(
            shapes.Matter,
            "POST",
            "/api/v1/matters",
            body={
                "advertiser": advertiser,
                "policy": policy,
                "reason": reason,
                "territory": territory,
                "title": title,
            },
            once=once,
        )

    def read_matter(self, matter_id: str) -> shapes.Matter:
        """Read a matter.

        The right it needs: read a matter.
        """
        return self._gives(shapes.Matter, "GET", "/api/v1/matters/{matter_id}", at={"matter_id": matter_id})

    def assign_matter(
        self, matter_id: str, *, person: str, reason: str, seen: Shape | str, once: str = ""
    ) -> shapes.Matter:
        """Assign a matter to somebody who may work on it.

        The right it needs: assign a matter to a person.
        """
        return self._gives(
            shapes.Matter,
            "POST",
            "/api/v1/matters/{matter_id}/assign",
            at={"matter_id": matter_id},
            body={"person": person, "reason": reason},
            seen=seen,
            once=once,
        )

    def close_matter(
        self, matter_id: str, *, reason: str, seen: Shape | str, once: str = ""
    ) -> shapes.Matter:
        """Close a matter in which nothing waits for anybody.

        The right it needs: close a matter, with reasons.
        """
        return self._gives(
            shapes.Matter,
            "POST",
            "/api/v1/matters/{matter_id}/close",
            at={"matter_id": matter_id},
            body={"reason": reason},
            seen=seen,
            once=once,
        )

    def reopen_matter(
        self, matter_id: str, *, reason: str, seen: Shape | str, once: str = ""
    ) -> shapes.Matter:
        """Reopen a matter.

        The right it needs: reopen a matter, with reasons.
        """
        return self._gives(
            shapes.Matter,
            "POST",
            "/api/v1/matters/{matter_id}/reopen",
            at={"matter_id": matter_id},
            body={"reason": reason},
            seen=seen,
            once=once,
        )


class MisuseOperations(Calling):
    """Operations: misuse."""

    def read_misuse_figures(self, advertiser_id: str) -> shapes.Figures:
        """Read what the record says of an advertiser's appeals in the year up to now.

        The right it needs: read an appeal.
        """
        return self._gives(
            shapes.Figures,
            "GET",
            "/api/v1/advertisers/{advertiser_id}/misuse-figures",
            at={"advertiser_id": advertiser_id},
        )

    def list_misuse_procedures(
        self,
        *,
        advertiser: str | None = None,
        state: shapes.MisuseState | None = None,
        limit: int | None = None,
    ) -> Listing[shapes.Misuse]:
        """List the procedures for misuse that one may read.

        The right it needs: read an appeal.
        """
        return self._lists(
            shapes.Misuse, "/api/v1/misuse", query={"advertiser": advertiser, "state": state, "limit": limit}
        )

    def warn_of_misuse(
        self, *, advertiser: str, gravity: str, intention: str, reason: str, once: str = ""
    ) -> shapes.Misuse:
        """Warn an advertiser whose appeals were often found manifestly unfounded.

        The right it needs: warn of misuse.
        """
        return self._gives(
            shapes.Misuse,
            "POST",
            "/api/v1/misuse",
            body={"advertiser": advertiser, "gravity": gravity, "intention": intention, "reason": reason},
            once=once,
        )

    def read_misuse_procedure(self, misuse_id: str) -> shapes.Misuse:
        """Read a procedure for misuse.

        The right it needs: read an appeal.
        """
        return self._gives(shapes.Misuse, "GET", "/api/v1/misuse/{misuse_id}", at={"misuse_id": misuse_id})

    def suspend_handling(
        self, misuse_id: str, *, until: str, reason: str, seen: Shape | str | None = None, once: str = ""
    ) -> shapes.Misuse:
        """Suspend the handling of an advertiser's appeals to the end of a day, after a warning by
        somebody else.

        The right it needs: suspend the handling of an advertiser's appeals, after a warning by
        somebody else.
        """
        return self._gives(
            shapes.Misuse,
            "POST",
            "/api/v1/misuse/{misuse_id}/suspend",
            at={"misuse_id": misuse_id},
            body={"until": until, "reason": reason},
            seen=seen,
            once=once,
        )

    def end_misuse_procedure(
        self, misuse_id: str, *, reason: str, seen: Shape | str | None = None, once: str = ""
    ) -> shapes.Misuse:
        """End a procedure for misuse. Appeals that were held are handled from now on.

        The right it needs: end a procedure for misuse.
        """
        return self._gives(
            shapes.Misuse,
            "POST",
            "/api/v1/misuse/{misuse_id}/end",
            at={"misuse_id": misuse_id},
            body={"reason": reason},
            seen=seen,
            once=once,
        )


class NoticesOperations(Calling):
    """Operations: notices."""

    def list_notices(
        self,
        *,
        advertiser: str | None = None,
        about: str | None = None,
        of: str | None = None,
        purpose: shapes.Purpose | None = None,
        state: shapes.NoticeState | None = None,
        unread: bool | None = None,
        failed: bool | None = None,
        limit: int | None = None,
    ) -> Listing[shapes.Notice]:
        """List the notices that one may read.

        Advertisers see those that are made. `about` is a decision, `of` an appeal, a clock, a
        dispute or a procedure for misuse; `unread` are those that nobody of the advertiser opened,
        `failed` those that a channel could not deliver.
        """
        return self._lists(
            shapes.Notice,
            "/api/v1/notices",
            query={
                "advertiser": advertiser,
                "about": about,
                "of": of,
                "purpose": purpose,
                "state": state,
                "unread": unread,
                "failed": failed,
                "limit": limit,
            },
        )

    def read_notice(self, notice_id: str) -> shapes.NoticeWhole:
        """Read what is known of a notice.

        The right it needs: read a matter.
        """
        return self._gives(
            shapes.NoticeWhole, "GET", "/api/v1/notices/{notice_id}", at={"notice_id": notice_id}
        )

    def read_notice_content(
        self,
        notice_id: str,
        *,
        media_type: Literal["text/plain", "text/html", "application/pdf"] = "text/plain",
        into: IO[bytes] | None = None,
    ) -> File:
        """Read a notice as it was sent, byte for byte, in the form that `Accept` asks for.

        It does not count as opened by this: a program that shows it to somebody of the advertiser
        says so (`open`).
        """
        return self._file(
            "GET",
            "/api/v1/notices/{notice_id}/content",
            at={"notice_id": notice_id},
            media_type=media_type,
            into=into,
        )

    def list_deliveries(self, notice_id: str, *, limit: int | None = None) -> Listing[shapes.Delivery]:
        """List how a notice went out.

        The right it needs: read a matter.
        """
        return self._lists(
            shapes.Delivery,
            "/api/v1/notices/{notice_id}/deliveries",
            at={"notice_id": notice_id},
            query={"limit": limit},
        )

    def read_notice_receipt(self, notice_id: str, *, into: IO[bytes] | None = None) -> File:
        """Read the receipt of the entry by which a notice was made, as `adjudge verify` takes it.

        The right it needs: read a matter.
        """
        return self._file(
            "GET",
            "/api/v1/notices/{notice_id}/receipt",
            at={"notice_id": notice_id},
            media_type="application/json",
            into=into,
        )

    def open_notice(self, notice_id: str, *, once: str = "") -> shapes.Notice:
        """Note that somebody of the advertiser opened a notice. The first time stands.

        The right it needs: open a notice on one's own page.
        """
        return self._gives(
            shapes.Notice, "POST", "/api/v1/notices/{notice_id}/open", at={"notice_id": notice_id}, once=once
        )

    def resend_notice(
        self, notice_id: str, *, reason: str, seen: Shape | str | None = None, once: str = ""
    ) -> shapes.Notice:
        """Send a notice again, as it was, to the addresses of now.

        The right it needs: send a notice again, as it was.
        """
        return self._gives(
            shapes.Notice,
            "POST",
            "/api/v1/notices/{notice_id}/resend",
            at={"notice_id": notice_id},
            body={"reason": reason},
            seen=seen,
            once=once,
        )

    def correct_notice(
        self, notice_id: str, *, reason: str, seen: Shape | str | None = None, once: str = ""
    ) -> shapes.Notice:
        """Owe a notice in place of one that had a mistake; the reason says what was wrong, and is told
        in it.

        The right it needs: correct a notice by a new one.
        """
        return self._gives(
            shapes.Notice,
            "POST",
            "/api/v1/notices/{notice_id}/correct",
            at={"notice_id": notice_id},
            body={"reason": reason},
            seen=seen,
            once=once,
        )

    def preview_notice(
        self,
        decision_id: str,
        *,
        purpose: Literal[
            "decision",
            "correction",
            "reminder",
            "received",
            "acknowledged",
            "extended",
            "reasons",
            "outcome",
            "ran_out",
            "paused",
            "message",
            "misuse",
            "settlement",
            "changed",
            "reply",
        ]
        | None = None,
        language: str | None = None,
    ) -> shapes.Letter:
        """Read what would be told of a decision now; of a proposal, as if it were issued now. Nothing
        is sent or kept.

        The right it needs: read a matter.
        """
        return self._gives(
            shapes.Letter,
            "GET",
            "/api/v1/decisions/{decision_id}/notice",
            at={"decision_id": decision_id},
            query={"purpose": purpose, "language": language},
        )

    def preview_notice_file(
        self,
        decision_id: str,
        *,
        purpose: Literal[
            "decision",
            "correction",
            "reminder",
            "received",
            "acknowledged",
            "extended",
            "reasons",
            "outcome",
            "ran_out",
            "paused",
            "message",
            "misuse",
            "settlement",
            "changed",
            "reply",
        ]
        | None = None,
        language: str | None = None,
        media_type: Literal["text/plain", "text/html", "application/pdf"] = "text/plain",
        into: IO[bytes] | None = None,
    ) -> File:
        """Read what would be told of a decision now; of a proposal, as if it were issued now. Nothing
        is sent or kept.

        The right it needs: read a matter.
        """
        return self._file(
            "GET",
            "/api/v1/decisions/{decision_id}/notice",
            at={"decision_id": decision_id},
            query={"purpose": purpose, "language": language},
            media_type=media_type,
            into=into,
        )


class PeopleAndKeysOperations(Calling):
    """Operations: people and keys."""

    def read_myself(self) -> shapes.Myself:
        """Read what the key may do."""
        return self._gives(shapes.Myself, "GET", "/api/v1/me")

    def list_people(self, *, limit: int | None = None) -> Listing[shapes.Person]:
        """List everybody who was ever invited.

        The right it needs: see who works here.
        """
        return self._lists(shapes.Person, "/api/v1/people", query={"limit": limit})

    def invite_person(
        self,
        *,
        email: str,
        name: str,
        roles: Sequence[
            Literal[
                "policy_author",
                "publisher",
                "reviewer",
                "second_reviewer",
                "legal",
                "appeals",
                "auditor",
                "administrator",
                "owner",
                "member",
                "reader",
            ]
        ],
        advertiser: str | None = None,
        once: str = "",
    ) -> shapes.Invited:
        """Invite somebody, by a secret that works once, for a week. It is told here and nowhere again.

        The right it needs: invite a person.
        """
        return self._gives(
            shapes.Invited,
            "POST",
            "/api/v1/people",
            body={"email": email, "name": name, "roles": roles, "advertiser": advertiser},
            once=once,
        )

    def read_person(self, person_id: str) -> shapes.Person:
        """Read who somebody is.

        The right it needs: see who works here.
        """
        return self._gives(shapes.Person, "GET", "/api/v1/people/{person_id}", at={"person_id": person_id})

    def invite_person_again(self, person_id: str, *, once: str = "") -> shapes.Invited:
        """Make another secret for somebody: the one before was lost, or the way to sign in. It stops
        working.

        To somebody who has joined it goes by mail, and to nobody else: `secret` is empty then.
        """
        return self._gives(
            shapes.Invited,
            "POST",
            "/api/v1/people/{person_id}/invite",
            at={"person_id": person_id},
            once=once,
        )

    def change_roles(
        self,
        person_id: str,
        *,
        roles: Sequence[
            Literal[
                "policy_author",
                "publisher",
                "reviewer",
                "second_reviewer",
                "legal",
                "appeals",
                "auditor",
                "administrator",
                "owner",
                "member",
                "reader",
            ]
        ],
        reason: str,
        seen: Shape | str,
        advertiser: str | None = None,
        once: str = "",
    ) -> shapes.Person:
        """Give somebody other roles, in place of those before. The last administrator stays one.

        The right it needs: change somebody's roles.
        """
        return self._gives(
            shapes.Person,
            "POST",
            "/api/v1/people/{person_id}/roles",
            at={"person_id": person_id},
            body={"roles": roles, "advertiser": advertiser, "reason": reason},
            seen=seen,
            once=once,
        )

    def deactivate_person(
        self, person_id: str, *, reason: str, seen: Shape | str | None = None, once: str = ""
    ) -> shapes.Person:
        """Shut somebody out; the person's keys stop working, and what the person did stays on record.

        The right it needs: shut somebody out.
        """
        return self._gives(
            shapes.Person,
            "POST",
            "/api/v1/people/{person_id}/deactivate",
            at={"person_id": person_id},
            body={"reason": reason},
            seen=seen,
            once=once,
        )

    def expunge_person(
        self, person_id: str, *, reason: str, seen: Shape | str | None = None, once: str = ""
    ) -> shapes.Person:
        """Expunge the name and the address of somebody who was shut out; what was done stays under the
        bare id.

        The right it needs: expunge personal data of a document or of a person.
        """
        return self._gives(
            shapes.Person,
            "POST",
            "/api/v1/people/{person_id}/expunge",
            at={"person_id": person_id},
            body={"reason": reason},
            seen=seen,
            once=once,
        )

    def list_keys(self, *, limit: int | None = None) -> Listing[shapes.Key]:
        """List every key, those that were revoked too.

        The right it needs: see who works here.
        """
        return self._lists(shapes.Key, "/api/v1/keys", query={"limit": limit})

    def list_own_keys(self, *, limit: int | None = None) -> Listing[shapes.Key]:
        """List the keys for which one answers, those of programs too.

        The right it needs: revoke a key of one's own, and one for which one answers.
        """
        return self._lists(shapes.Key, "/api/v1/keys/own", query={"limit": limit})

    def revoke_own_key(self, key_id: str, *, reason: str, once: str = "") -> shapes.Revoked:
        """Revoke a key for which one answers, with all that came in its place: also the one that is
        sent with this.

        The right it needs: revoke a key of one's own, and one for which one answers.
        """
        return self._gives(
            shapes.Revoked,
            "POST",
            "/api/v1/keys/own/{key_id}/revoke",
            at={"key_id": key_id},
            body={"reason": reason},
            once=once,
        )

    def revoke_key(self, key_id: str, *, reason: str, once: str = "") -> shapes.Revoked:
        """Revoke anybody's key, with all that came in its place.

        The right it needs: revoke anybody's key.
        """
        return self._gives(
            shapes.Revoked,
            "POST",
            "/api/v1/keys/{key_id}/revoke",
            at={"key_id": key_id},
            body={"reason": reason},
            once=once,
        )

    def rotate_key(
        self,
        key_id: str,
        *,
        overlap_seconds: int | None = None,
        expires_at: str | None = None,
        once: str = "",
    ) -> shapes.MadeKey:
        """Put a new key in place of one, for the same acts. Its secret is told here and nowhere again.

        A key does so for itself alone. The one before ends after the overlap. Where the new one was
        lost on the way and never used, it can be done again, and what was made the first time is
        revoked.
        """
        return self._gives(
            shapes.MadeKey,
            "POST",
            "/api/v1/keys/{key_id}/rotate",
            at={"key_id": key_id},
            body={"overlap_seconds": overlap_seconds, "expires_at": expires_at},
            once=once,
        )


class PoliciesOperations(Calling):
    """Operations: policies."""

    def list_policies(self, *, limit: int | None = None) -> Listing[shapes.Policy]:
        """List the policies.

        The right it needs: read the policies; members those that are or were published.
        """
        return self._lists(shapes.Policy, "/api/v1/policies", query={"limit": limit})

    def list_versions(
        self, policy_id: str, *, state: shapes.VersionState | None = None, limit: int | None = None
    ) -> Listing[shapes.Version]:
        """List the versions of a policy, without their words.

        The right it needs: read the policies; members those that are or were published.
        """
        return self._lists(
            shapes.Version,
            "/api/v1/policies/{policy_id}/versions",
            at={"policy_id": policy_id},
            query={"state": state, "limit": limit},
        )

    def list_enactments(self, policy_id: str, *, limit: int | None = None) -> Listing[shapes.Enactment]:
        """List from when on each version of a policy applies.

        The right it needs: read the policies; members those that are or were published.
        """
        return self._lists(
            shapes.Enactment,
            "/api/v1/policies/{policy_id}/enactments",
            at={"policy_id": policy_id},
            query={"limit": limit},
        )

    def draft_version(
        self, *, text: str, reason: str, vocabulary: str | None = None, once: str = ""
    ) -> shapes.Version:
        """Hand in a version. It is checked and sealed; what is wrong is told by line and column.

        The right it needs: draft a version of a policy.
        """
        return self._gives(
            shapes.Version,
            "POST",
            "/api/v1/versions",
            body={"text": text, "vocabulary": vocabulary, "reason": reason},
            once=once,
        )

    def shadow_version(
        self, version_id: str, *, reason: str, seen: Shape | str, once: str = ""
    ) -> shapes.Version:
        """Evaluate a version with every matter from now on, without effect.

        The right it needs: let a version run in the shadow, without effect.
        """
        return self._gives(
            shapes.Version,
            "POST",
            "/api/v1/versions/{version_id}/shadow",
            at={"version_id": version_id},
            body={"reason": reason},
            seen=seen,
            once=once,
        )

    def approve_version(
        self, version_id: str, *, reason: str, seen: Shape | str, once: str = ""
    ) -> shapes.Version:
        """Approve exactly these bytes, as somebody who did not draft them.

        The right it needs: approve a version that somebody else drafted.
        """
        return self._gives(
            shapes.Version,
            "POST",
            "/api/v1/versions/{version_id}/approve",
            at={"version_id": version_id},
            body={"reason": reason},
            seen=seen,
            once=once,
        )

    def reject_version(
        self, version_id: str, *, reason: str, seen: Shape | str, once: str = ""
    ) -> shapes.Version:
        """Reject a version that waits, with reasons.

        The right it needs: reject a version that waits, with reasons.
        """
        return self._gives(
            shapes.Version,
            "POST",
            "/api/v1/versions/{version_id}/reject",
            at={"version_id": version_id},
            body={"reason": reason},
            seen=seen,
            once=once,
        )

    def publish_version(
        self, version_id: str, *, reason: str, seen: Shape | str, start: str | None = None, once: str = ""
    ) -> shapes.Version:
        """Put an approved version in force, now or from a later time on.

        The right it needs: put a version in force from a date.
        """
        return self._gives(
            shapes.Version,
            "POST",
            "/api/v1/versions/{version_id}/publish",
            at={"version_id": version_id},
            body={"start": start, "reason": reason},
            seen=seen,
            once=once,
        )

    def roll_back_version(
        self, version_id: str, *, reason: str, seen: Shape | str, once: str = ""
    ) -> shapes.Version:
        """Roll a version back: from now on the one before it applies again.

        The right it needs: roll a version back to the one before it.
        """
        return self._gives(
            shapes.Version,
            "POST",
            "/api/v1/versions/{version_id}/roll-back",
            at={"version_id": version_id},
            body={"reason": reason},
            seen=seen,
            once=once,
        )

    def read_version(self, version_id: str) -> shapes.WholeVersion:
        """Read a version with its words, by its digest, the beginning of it, or `policy@version`.

        The right it needs: read the policies; members those that are or were published.
        """
        return self._gives(
            shapes.WholeVersion, "GET", "/api/v1/versions/{version_id}", at={"version_id": version_id}
        )


class ProcedureOperations(Calling):
    """Operations: procedure."""

    def read_procedure(self) -> shapes.Procedure:
        """Read how the institution answers.

        The right it needs: see the clocks that bind the platform.
        """
        return self._gives(shapes.Procedure, "GET", "/api/v1/procedure")

    def settle_procedure(
        self,
        *,
        reason: str,
        seen: Shape | str,
        country: str | None = None,
        zone: str | None = None,
        closed: Sequence[str] | None = None,
        clocks: shapes.ClocksToSettle | None = None,
        relief: Sequence[shapes.MeasureKind] | None = None,
        advance_days: int | None = None,
        reminder_days: int | None = None,
        link_days: int | None = None,
        mediators: Sequence[str] | None = None,
        misuse: shapes.MisuseToSettle | None = None,
        retention: shapes.RetentionToSettle | None = None,
        surfaces: Sequence[str] | None = None,
        when_stale: shapes.WhenStaleToSettle | None = None,
        stale_after: int | None = None,
        unknown_landing: shapes.UnknownLanding | None = None,
        changed: shapes.WhenChanged | None = None,
        public: shapes.RegisterTermsToSettle | None = None,
        once: str = "",
    ) -> shapes.Procedure:
        """Settle how the institution answers. Clocks that run keep what was told.

        The right it needs: settle clocks, calendar, relief and misuse.
        """
        return self._gives(
            shapes.Procedure,
            "PUT",
            "/api/v1/procedure",
            body={
                "country": country,
                "zone": zone,
                "closed": closed,
                "clocks": clocks,
                "relief": relief,
                "advance_days": advance_days,
                "reminder_days": reminder_days,
                "link_days": link_days,
                "mediators": mediators,
                "misuse": misuse,
                "retention": retention,
                "surfaces": surfaces,
                "when_stale": when_stale,
                "stale_after": stale_after,
                "unknown_landing": unknown_landing,
                "changed": changed,
                "public": public,
                "reason": reason,
            },
            seen=seen,
            once=once,
        )


class RegisterOperations(Calling):
    """Operations: register."""

    def list_register(
        self,
        *,
        text: str | None = None,
        policy: str | None = None,
        rule: str | None = None,
        kind: shapes.MeasureKind | None = None,
        territory: str | None = None,
        surface: str | None = None,
        state: shapes.RegisterState | None = None,
        advertiser: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int | None = None,
    ) -> Listing[shapes.Registered]:
        """List the decisions that were issued, and what became of them; for everybody, without a key.

        All that is shown passed one redaction: names of people, of advertisers that were not said
        to be legal persons, what ads show, documents, and every text that a person wrote but an
        advertiser's own reply are withheld, and `withheld` says so. `text` is sought in what is
        shown: all of its words, or, where nothing has them whole, words that begin so. Days count
        as they are in UTC.
        """
        return self._lists(
            shapes.Registered,
            "/api/v1/register",
            query={
                "text": text,
                "policy": policy,
                "rule": rule,
                "kind": kind,
                "territory": territory,
                "surface": surface,
                "state": state,
                "advertiser": advertiser,
                "since": since,
                "until": until,
                "limit": limit,
            },
        )

    def read_register_statistics(self) -> shapes.Statistics:
        """Read the statistics of the register; small counts are withheld, and null. For everybody,
        without a key.
        """
        return self._gives(shapes.Statistics, "GET", "/api/v1/register/statistics")

    def read_registered(self, decision_id: str) -> shapes.Registered:
        """Read one decision of the register; for everybody, without a key."""
        return self._gives(
            shapes.Registered, "GET", "/api/v1/register/{decision_id}", at={"decision_id": decision_id}
        )


class RepliesOperations(Calling):
    """Operations: replies."""

    def read_reply(self, decision_id: str) -> shapes.Reply:
        """Read the reply to a decision, with what became of it; of one that was refused, why.

        The right it needs: read a matter.
        """
        return self._gives(
            shapes.Reply, "GET", "/api/v1/decisions/{decision_id}/reply", at={"decision_id": decision_id}
        )

    def give_reply(
        self, decision_id: str, *, text: str, language: str | None = None, once: str = ""
    ) -> shapes.Reply:
        """Put the advertiser's own words beside its decision in the public register, in place of those
        before.

        The right it needs: put one's own words beside a decision in the public register.
        """
        return self._gives(
            shapes.Reply,
            "PUT",
            "/api/v1/decisions/{decision_id}/reply",
            at={"decision_id": decision_id},
            body={"text": text, "language": language},
            once=once,
        )

    def withdraw_reply(self, decision_id: str, *, once: str = "") -> shapes.Reply:
        """Take it back: it is shown no more, and its words are expunged, unless a legal hold stands.

        The right it needs: take one's words out of the public register.
        """
        return self._gives(
            shapes.Reply,
            "POST",
            "/api/v1/decisions/{decision_id}/reply/withdraw",
            at={"decision_id": decision_id},
            once=once,
        )

    def refuse_reply(
        self, decision_id: str, *, ground: shapes.ReplyGround, reason: str, once: str = ""
    ) -> shapes.Reply:
        """Show it no more, on a declared ground, with reasons that its author is told and can answer.

        The right it needs: refuse a reply in the public register, on a declared ground and with
        reasons.
        """
        return self._gives(
            shapes.Reply,
            "POST",
            "/api/v1/decisions/{decision_id}/reply/refuse",
            at={"decision_id": decision_id},
            body={"ground": ground, "reason": reason},
            once=once,
        )

    def answer_refusal(self, decision_id: str, *, text: str, once: str = "") -> shapes.Reply:
        """Answer the refusal of one's reply.

        The right it needs: answer the refusal of one's reply.
        """
        return self._gives(
            shapes.Reply,
            "POST",
            "/api/v1/decisions/{decision_id}/reply/answer",
            at={"decision_id": decision_id},
            body={"text": text},
            once=once,
        )

    def restore_reply(self, decision_id: str, *, reason: str, once: str = "") -> shapes.Reply:
        """Show again a reply that somebody else refused, with reasons.

        The right it needs: show a reply that somebody else refused, with reasons.
        """
        return self._gives(
            shapes.Reply,
            "POST",
            "/api/v1/decisions/{decision_id}/reply/restore",
            at={"decision_id": decision_id},
            body={"reason": reason},
            once=once,
        )


class RetentionOperations(Calling):
    """Operations: retention."""

    def list_due(self, *, limit: int | None = None) -> shapes.DueList:
        """List what would go now by the rules of retention, and what stands in its way; nothing is
        changed.

        The first so many things: what went is not there the next time.
        """
        return self._gives(shapes.DueList, "GET", "/api/v1/retention/due", query={"limit": limit})

    def list_holds(self, *, limit: int | None = None) -> Listing[shapes.Hold]:
        """List the legal holds that stand, and the entries that say so.

        The right it needs: see which legal holds stand.
        """
        return self._lists(shapes.Hold, "/api/v1/holds", query={"limit": limit})

    def make_hold(self, *, of: str, reason: str, once: str = "") -> shapes.Hold:
        """Hold what is kept of a matter, or of an advertiser with all its matters: nothing of it goes.

        The right it needs: hold what is kept of a matter or of an advertiser, so that nothing of it
        is expunged.
        """
        return self._gives(shapes.Hold, "POST", "/api/v1/holds", body={"of": of, "reason": reason}, once=once)

    def release_hold(self, of: str, *, reason: str, once: str = "") -> shapes.Hold:
        """End a legal hold on a matter, or on an advertiser.

        The right it needs: end a legal hold, with reasons.
        """
        return self._gives(
            shapes.Hold,
            "POST",
            "/api/v1/holds/{of}/release",
            at={"of": of},
            body={"reason": reason},
            once=once,
        )


class SubjectsClaimsDocumentsOperations(Calling):
    """Operations: subjects, claims, documents."""

    def list_subjects(
        self,
        *,
        advertiser: str | None = None,
        kind: Literal["advertiser", "ad", ""] | None = None,
        limit: int | None = None,
    ) -> Listing[shapes.Subject]:
        """List advertisers and ads.

        The right it needs: read a matter.
        """
        return self._lists(
            shapes.Subject, "/api/v1/subjects", query={"advertiser": advertiser, "kind": kind, "limit": limit}
        )

    def record_subject(self, *, subject: Mapping[str, Any], once: str = "") -> shapes.Subject:
        """Record an advertiser, or an ad of one that is recorded; or record it anew, with other names.

        The right it needs: record a subject.
        """
        return self._gives(shapes.Subject, "POST", "/api/v1/subjects", body={"subject": subject}, once=once)

    def read_subject(self, subject_id: str) -> shapes.Subject:
        """Read a subject.

        The right it needs: read a matter.
        """
        return self._gives(
            shapes.Subject, "GET", "/api/v1/subjects/{subject_id}", at={"subject_id": subject_id}
        )

    def list_claims(
        self,
        *,
        subject: str | None = None,
        advertiser: str | None = None,
        document: str | None = None,
        live: bool | None = None,
        limit: int | None = None,
    ) -> Listing[shapes.Claim]:
        """List claims; with `live` those alone that were not withdrawn.

        The right it needs: read a matter.
        """
        return self._lists(
            shapes.Claim,
            "/api/v1/claims",
            query={
                "subject": subject,
                "advertiser": advertiser,
                "document": document,
                "live": live,
                "limit": limit,
            },
        )

    def record_claim(self, *, policy: str, claim: Mapping[str, Any], once: str = "") -> shapes.Claim:
        """Record a claim. It is known from now on.

        The right it needs: record a claim.
        """
        return self._gives(
            shapes.Claim, "POST", "/api/v1/claims", body={"policy": policy, "claim": claim}, once=once
        )

    def withdraw_claim(
        self, claim_id: str, *, reason: str, seen: Shape | str | None = None, once: str = ""
    ) -> shapes.Claim:
        """Withdraw a claim from now on. Decisions that rest on it are reopened.

        The right it needs: withdraw a claim.
        """
        return self._gives(
            shapes.Claim,
            "POST",
            "/api/v1/claims/{claim_id}/withdraw",
            at={"claim_id": claim_id},
            body={"reason": reason},
            seen=seen,
            once=once,
        )

    def discount_claim(
        self, claim_id: str, *, weight: int, reason: str, seen: Shape | str | None = None, once: str = ""
    ) -> shapes.Claim:
        """Lower the weight of a claim, with reasons. The answer is the claim that takes its place.

        The right it needs: discount a claim, with reasons.
        """
        return self._gives(
            shapes.Claim,
            "POST",
            "/api/v1/claims/{claim_id}/discount",
            at={"claim_id": claim_id},
            body={"weight": weight, "reason": reason},
            seen=seen,
            once=once,
        )

    def read_claim(self, claim_id: str) -> shapes.Claim:
        """Read a claim, withdrawn or not.

        The right it needs: read a matter.
        """
        return self._gives(shapes.Claim, "GET", "/api/v1/claims/{claim_id}", at={"claim_id": claim_id})

    def list_documents(
        self, *, advertiser: str | None = None, limit: int | None = None
    ) -> Listing[shapes.Document]:
        """List documents.

        The right it needs: read a matter.
        """
        return self._lists(
            shapes.Document, "/api/v1/documents", query={"advertiser": advertiser, "limit": limit}
        )

    def receive_document(
        self, *, about: str, description: str, file: Upload | None = None, once: str = ""
    ) -> shapes.Document:
        """Receive a document about an advertiser: a PDF, a PNG or JPEG picture, or plain text.

        Without a file it is only described. A form of the type multipart/form-data.
        """
        return self._gives(
            shapes.Document,
            "POST",
            "/api/v1/documents",
            body={"about": about, "description": description},
            files={"file": file},
            once=once,
        )

    def fetch_document(
        self,
        document_id: str,
        *,
        media_type: Literal["application/pdf", "image/png", "image/jpeg", "text/plain"] = "application/pdf",
        into: IO[bytes] | None = None,
    ) -> File:
        """Fetch the bytes of a document, as they came in. They are hostile: open them with care.

        The right it needs: read a matter.
        """
        return self._file(
            "GET",
            "/api/v1/documents/{document_id}/content",
            at={"document_id": document_id},
            media_type=media_type,
            into=into,
        )

    def expunge_document(self, document_id: str, *, reason: str, once: str = "") -> shapes.Document:
        """Expunge the words and bytes of a document. The log shows that it was, and when, and why.

        The right it needs: expunge personal data of a document or of a person.
        """
        return self._gives(
            shapes.Document,
            "POST",
            "/api/v1/documents/{document_id}/expunge",
            at={"document_id": document_id},
            body={"reason": reason},
            once=once,
        )

    def read_document(self, document_id: str) -> shapes.Document:
        """Read what is said of a document.

        The right it needs: read a matter.
        """
        return self._gives(
            shapes.Document, "GET", "/api/v1/documents/{document_id}", at={"document_id": document_id}
        )


class Operations(
    AppealsOperations,
    ClocksOperations,
    ContactsOperations,
    DataOperations,
    DecisionsOperations,
    DisputesOperations,
    EvaluationOperations,
    HooksOperations,
    InstitutionOperations,
    LogOperations,
    MattersOperations,
    MisuseOperations,
    NoticesOperations,
    PeopleAndKeysOperations,
    PoliciesOperations,
    ProcedureOperations,
    RegisterOperations,
    RepliesOperations,
    RetentionOperations,
    SubjectsClaimsDocumentsOperations,
):
    """All operations."""
