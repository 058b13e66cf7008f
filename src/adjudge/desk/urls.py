"""The addresses of the desk. Each page stands behind the door, but for those that lead to it."""

from allauth.account import views as account
from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from adjudge.desk.access.joining import joining
from adjudge.desk.administration.codes import code_page, codes_page
from adjudge.desk.administration.hooks import (
    changing_hook,
    ending_hook,
    hooks_or_add,
    making_hook_secret,
    replaying_hook,
)
from adjudge.desk.administration.keys import own_key, revoking_own_key, rotating_own_key
from adjudge.desk.administration.log import log_file, log_page, signing_log
from adjudge.desk.administration.people import (
    changing_roles,
    deactivating,
    inviting,
    inviting_again,
    making_key,
    people_page,
    revoking_key,
    rotating_key,
)
from adjudge.desk.administration.procedure import procedure_or_settle
from adjudge.desk.administration.settlement import institution_or_settle
from adjudge.desk.advertiser.answering import answering_decision
from adjudge.desk.advertiser.arriving import asking_link, leaving, link_page
from adjudge.desk.advertiser.home import home
from adjudge.desk.advertiser.receipt import receipt_page
from adjudge.desk.advertiser.team import (
    changing_own,
    inviting_own,
    inviting_own_again,
    taking_out,
    team_page,
)
from adjudge.desk.evidence.claiming import claiming, discounting_in, withdrawing_in
from adjudge.desk.evidence.files import data_of, document_file, own_data
from adjudge.desk.evidence.reader import reader_page
from adjudge.desk.frame.door import door
from adjudge.desk.frame.outside import alive, answers_style
from adjudge.desk.hearing.appeal import appeal_page
from adjudge.desk.hearing.appeal_acts import (
    acknowledging,
    answering,
    assigning_appeal,
    extending,
    pausing,
    resuming,
    withdrawing_appeal,
    writing,
)
from adjudge.desk.hearing.appeals import appeals_page
from adjudge.desk.hearing.clocks import clocks_page
from adjudge.desk.hearing.dispute import (
    carrying_out,
    dispute_page,
    ending_dispute,
    extending_dispute,
    not_following,
    pack_file,
    recording_outcome,
)
from adjudge.desk.hearing.misuse import ending_misuse, misuse_page, suspending, warning
from adjudge.desk.help.design import design_page, scheme_style
from adjudge.desk.help.first_run import first_run_page, leaving_steps, marking_step
from adjudge.desk.help.glossary import glossary_page
from adjudge.desk.matter.decision import (
    confirming,
    decision_page,
    issuing,
    receipt_file,
    returning,
    signing,
)
from adjudge.desk.matter.filing import appealing, asking, referring
from adjudge.desk.matter.matter import (
    assigning,
    closing,
    discounting,
    evaluating,
    matter_page,
    receiving,
    reopening,
    withdrawing,
)
from adjudge.desk.notices.contact import contact_or_settle, own_contact
from adjudge.desk.notices.notice import correcting, notice_file, notice_page, notice_receipt, resending
from adjudge.desk.notices.notices import notices_page
from adjudge.desk.overview.overview import overview_page, overview_table
from adjudge.desk.policies.policies import (
    approving,
    policies_page,
    publishing,
    rejecting,
    rolling_back,
    shadowing,
    version_page,
)
from adjudge.desk.queue.matters import matters_page
from adjudge.desk.queue.opening import open_or_ask
from adjudge.desk.queue.taking import assigning_many, taking
from adjudge.desk.queue.views import deleting_view, renaming_view, saving_view
from adjudge.desk.register.embeds import badge, embed, oembed
from adjudge.desk.register.files import register_feed, register_file
from adjudge.desk.register.pages import (
    register_checkpoint,
    register_log,
    register_page,
    register_policies,
    register_policy_text,
    registered_page,
)
from adjudge.desk.register.replying import (
    answering_refusal,
    giving_reply,
    refusing_reply,
    restoring_reply,
    withdrawing_reply,
)
from adjudge.desk.register.robots import robots, sitemap
from adjudge.desk.register.statistics import register_figures, register_statistics
from adjudge.desk.sheet.proposing import proposing, proposing_page
from adjudge.desk.sheet.sheet import sheet_page

ADDRESSES: list[URLPattern | URLResolver] = [
    # for everybody
    path("alive", alive, name="alive"),
    path("style/answers.css", answers_style, name="answers_style"),
    path("language", set_language, name="set_language"),
    # the public register
    path("robots.txt", robots, name="register_robots"),
    path("register", register_page, name="register"),
    path("register.atom", register_feed, name="register_feed"),
    path("register.<str:ending>", register_file, name="register_file"),
    path("register/statistics", register_statistics, name="register_statistics"),
    path("register/statistics.csv", register_figures, name="register_figures"),
    path("register/policies", register_policies, name="register_policies"),
    path("register/policies/<str:digest>", register_policy_text, name="register_policy_text"),
    path("register/log", register_log, name="register_log"),
    path("register/log/checkpoint", register_checkpoint, name="register_checkpoint"),
    path("register/sitemap.xml", sitemap, name="register_sitemap"),
    path("register/oembed", oembed, name="register_oembed"),
    path("register/<str:decision_id>", registered_page, name="registered"),
    path("register/<str:decision_id>/badge.svg", badge, name="register_badge"),
    path("register/<str:decision_id>/embed", embed, name="register_embed"),
    path("problems", codes_page, name="codes"),
    path("problems/<str:code>", code_page, name="code"),
    path("join/<str:secret>", joining, name="join"),
    path("link", asking_link, name="ask_link"),
    path("link/leave", leaving, name="leave_link"),
    path("link/<str:token>", link_page, name="link"),
    path("receipt", receipt_page, name="check_receipt"),
    path("account/login", account.login, name="account_login"),
    path("account/logout", account.logout, name="account_logout"),
    path("account/inactive", account.account_inactive, name="account_inactive"),
    path("account/reauthenticate", account.reauthenticate, name="account_reauthenticate"),
    path("account/password", account.password_change, name="account_change_password"),
    path("account/second-factor/", include("allauth.mfa.urls")),
    # matters
    path("", door(home), name="home"),
    path("overview", door(overview_page), name="overview"),
    path("overview/figures.csv", door(overview_table), name="overview_table"),
    path("matters", door(matters_page), name="matters"),
    path("matters/open", door(open_or_ask), name="open"),
    path("matters/assign", door(assigning_many), name="assign_many"),
    path("matters/views", door(saving_view), name="save_view"),
    path("matters/views/<int:view_id>/rename", door(renaming_view), name="rename_view"),
    path("matters/views/<int:view_id>/delete", door(deleting_view), name="delete_view"),
    path("matters/<str:matter_id>", door(matter_page), name="matter"),
    path("matters/<str:matter_id>/evaluate", door(evaluating), name="evaluate"),
    path("matters/<str:matter_id>/assign", door(assigning), name="assign"),
    path("matters/<str:matter_id>/take", door(taking), name="take"),
    path("matters/<str:matter_id>/close", door(closing), name="close"),
    path("matters/<str:matter_id>/reopen", door(reopening), name="reopen"),
    path("matters/<str:matter_id>/documents", door(receiving), name="receive"),
    path("matters/<str:matter_id>/discount/<path:claim_id>", door(discounting), name="discount"),
    path("matters/<str:matter_id>/withdraw/<path:claim_id>", door(withdrawing), name="withdraw"),
    path("matters/<str:matter_id>/sheet/<path:subject>", door(sheet_page), name="sheet"),
    path("matters/<str:matter_id>/proposal/<path:subject>", door(proposing_page), name="propose"),
    path("matters/<str:matter_id>/propose/<path:subject>", door(proposing), name="proposing"),
    # before the file itself, whose id may hold slashes
    path("documents/<path:document_id>/read", door(reader_page), name="read_document"),
    path("documents/<path:document_id>/claim", door(claiming), name="claim_in"),
    path("documents/<path:document_id>/discount", door(discounting_in), name="discount_in"),
    path("documents/<path:document_id>/withdraw", door(withdrawing_in), name="withdraw_in"),
    path("documents/<path:document_id>", door(document_file), name="document_file"),
    # decisions
    path("decisions/<str:decision_id>", door(decision_page), name="decision"),
    path("decisions/<str:decision_id>/confirm", door(confirming), name="confirm"),
    path("decisions/<str:decision_id>/sign", door(signing), name="sign"),
    path("decisions/<str:decision_id>/return", door(returning), name="return"),
    path("decisions/<str:decision_id>/issue", door(issuing), name="issue"),
    path("decisions/<str:decision_id>/receipt", door(receipt_file), name="receipt_file"),
    path("decisions/<str:decision_id>/answer", door(answering_decision), name="answer_decision"),
    path("decisions/<str:decision_id>/appeal", door(appealing), name="file_appeal"),
    path("decisions/<str:decision_id>/reasons", door(asking), name="ask_reasons"),
    path("decisions/<str:decision_id>/reply", door(giving_reply), name="reply"),
    path("decisions/<str:decision_id>/reply/withdraw", door(withdrawing_reply), name="withdraw_reply"),
    path("decisions/<str:decision_id>/reply/refuse", door(refusing_reply), name="refuse_reply"),
    path("decisions/<str:decision_id>/reply/answer", door(answering_refusal), name="answer_refusal"),
    path("decisions/<str:decision_id>/reply/restore", door(restoring_reply), name="restore_reply"),
    path("decisions/<str:decision_id>/refer", door(referring), name="refer"),
    # notices
    path("notices", door(notices_page), name="notices"),
    path("notices/<str:notice_id>", door(notice_page), name="notice"),
    path("notices/<str:notice_id>/receipt", door(notice_receipt), name="notice_receipt"),
    path("notices/<str:notice_id>/resend", door(resending), name="resend"),
    path("notices/<str:notice_id>/correct", door(correcting), name="correct"),
    path("notices/<str:notice_id>/file.<str:ending>", door(notice_file), name="notice_file"),
    # appeals, disputes and clocks
    path("appeals", door(appeals_page), name="appeals"),
    path("appeals/<str:appeal_id>", door(appeal_page), name="appeal"),
    path("appeals/<str:appeal_id>/write", door(writing), name="write"),
    path("appeals/<str:appeal_id>/withdraw", door(withdrawing_appeal), name="withdraw_appeal"),
    path("appeals/<str:appeal_id>/acknowledge", door(acknowledging), name="acknowledge"),
    path("appeals/<str:appeal_id>/assign", door(assigning_appeal), name="assign_appeal"),
    path("appeals/<str:appeal_id>/answer", door(answering), name="answer"),
    path("appeals/<str:appeal_id>/pause", door(pausing), name="pause"),
    path("appeals/<str:appeal_id>/resume", door(resuming), name="resume"),
    path("appeals/<str:appeal_id>/extend/<str:clock_id>", door(extending), name="extend_appeal"),
    path("disputes/<str:dispute_id>", door(dispute_page), name="dispute"),
    path("disputes/<str:dispute_id>/pack.<str:ending>", door(pack_file), name="pack_file"),
    path("disputes/<str:dispute_id>/outcome", door(recording_outcome), name="record_outcome"),
    path("disputes/<str:dispute_id>/carry-out", door(carrying_out), name="carry_out"),
    path("disputes/<str:dispute_id>/not-follow", door(not_following), name="not_follow"),
    path("disputes/<str:dispute_id>/end", door(ending_dispute), name="end_dispute"),
    path("disputes/<str:dispute_id>/extend/<str:clock_id>", door(extending_dispute), name="extend_dispute"),
    path("clocks", door(clocks_page), name="clocks"),
    path("misuse", door(misuse_page), name="misuse"),
    path("misuse/warn", door(warning), name="warn"),
    path("misuse/<str:misuse_id>/suspend", door(suspending), name="suspend"),
    path("misuse/<str:misuse_id>/end", door(ending_misuse), name="end_misuse"),
    # how advertisers are reached, and how the institution answers
    path("contact", door(own_contact), name="contact"),
    path("team", door(team_page), name="team"),
    path("team/invite", door(inviting_own), name="invite_own"),
    path("team/<str:person_id>/again", door(inviting_own_again), name="invite_own_again"),
    path("team/<str:person_id>/change", door(changing_own), name="change_own"),
    path("team/<str:person_id>/out", door(taking_out), name="take_out"),
    path("contact/<path:advertiser>", door(contact_or_settle), name="contact_of"),
    path("procedure", door(procedure_or_settle), name="procedure"),
    path("own-data", door(own_data), name="own_data"),
    path("own-data/<path:advertiser>", door(data_of), name="data_of"),
    # people and keys
    path("people", door(people_page), name="people"),
    path("people/invite", door(inviting), name="invite"),
    path("people/<str:person_id>/again", door(inviting_again), name="invite_again"),
    path("people/<str:person_id>/roles", door(changing_roles), name="change_roles"),
    path("people/<str:person_id>/out", door(deactivating), name="deactivate"),
    path("people/keys", door(making_key), name="make_key"),
    path("people/keys/<str:key_id>/revoke", door(revoking_key), name="revoke_key"),
    path("people/keys/<str:key_id>/rotate", door(rotating_key), name="rotate_key"),
    path("keys", door(own_key), name="keys"),
    path("keys/<str:key_id>/revoke", door(revoking_own_key), name="revoke_own_key"),
    path("keys/<str:key_id>/rotate", door(rotating_own_key), name="rotate_own_key"),
    # programs that are told of what happens
    path("hooks", door(hooks_or_add), name="hooks"),
    path("hooks/<str:hook_id>/change", door(changing_hook), name="change_hook"),
    path("hooks/<str:hook_id>/secret", door(making_hook_secret), name="hook_secret"),
    path("hooks/<str:hook_id>/replay", door(replaying_hook), name="replay_hook"),
    path("hooks/<str:hook_id>/end", door(ending_hook), name="end_hook"),
    # policies
    path("policies", door(policies_page), name="policies"),
    path("policies/<str:digest>", door(version_page), name="version"),
    path("policies/<str:digest>/shadow", door(shadowing), name="shadow"),
    path("policies/<str:digest>/approve", door(approving), name="approve"),
    path("policies/<str:digest>/reject", door(rejecting), name="reject"),
    path("policies/<str:digest>/publish", door(publishing), name="publish"),
    path("policies/<str:digest>/roll-back", door(rolling_back), name="roll_back"),
    # help in place
    path("help", door(glossary_page), name="help"),
    path("first-run", door(first_run_page), name="first_run"),
    path("first-run/leave", door(leaving_steps), name="leave_steps"),
    path("first-run/<str:name>/done", door(marking_step), name="mark_step"),
    path("design", door(design_page), name="design"),
    path("style/schemes.css", door(scheme_style), name="design_schemes"),
    # the institution and its log
    path("institution", door(institution_or_settle), name="institution"),
    path("log", door(log_page), name="log"),
    path("log/checkpoint", door(signing_log), name="checkpoint"),
    path("log/file", door(log_file), name="log_file"),
]
if apps.is_installed("allauth.socialaccount"):
    ADDRESSES.append(path("account/", include("allauth.socialaccount.providers.openid_connect.urls")))
