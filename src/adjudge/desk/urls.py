"""The addresses of the desk. Each page stands behind the door, but for those that lead to it."""

from allauth.account import views as account
from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from adjudge.desk.decision import (
    confirming,
    decision_page,
    issuing,
    receipt_file,
    returning,
    signing,
)
from adjudge.desk.door import door
from adjudge.desk.files import document_file
from adjudge.desk.home import home
from adjudge.desk.joining import joining
from adjudge.desk.keys import own_key, revoking_own_key
from adjudge.desk.log import log_file, log_page, signing_log
from adjudge.desk.matter import (
    assigning,
    closing,
    discounting,
    evaluating,
    matter_page,
    receiving,
    reopening,
    withdrawing,
)
from adjudge.desk.matters import matters_page, opening
from adjudge.desk.outside import alive, answers_style
from adjudge.desk.people import (
    changing_roles,
    deactivating,
    inviting,
    inviting_again,
    making_key,
    people_page,
    revoking_key,
)
from adjudge.desk.policies import (
    approving,
    policies_page,
    publishing,
    rejecting,
    rolling_back,
    shadowing,
    version_page,
)
from adjudge.desk.proposing import proposing, proposing_page
from adjudge.desk.settlement import institution_or_settle

ADDRESSES: list[URLPattern | URLResolver] = [
    # for everybody
    path("alive", alive, name="alive"),
    path("style/answers.css", answers_style, name="answers_style"),
    path("language", set_language, name="set_language"),
    path("join/<str:secret>", joining, name="join"),
    path("account/login", account.login, name="account_login"),
    path("account/logout", account.logout, name="account_logout"),
    path("account/inactive", account.account_inactive, name="account_inactive"),
    path("account/reauthenticate", account.reauthenticate, name="account_reauthenticate"),
    path("account/password", account.password_change, name="account_change_password"),
    path("account/second-factor/", include("allauth.mfa.urls")),
    # matters
    path("", door(home), name="home"),
    path("matters", door(matters_page), name="matters"),
    path("matters/open", door(opening), name="open"),
    path("matters/<str:matter_id>", door(matter_page), name="matter"),
    path("matters/<str:matter_id>/evaluate", door(evaluating), name="evaluate"),
    path("matters/<str:matter_id>/assign", door(assigning), name="assign"),
    path("matters/<str:matter_id>/close", door(closing), name="close"),
    path("matters/<str:matter_id>/reopen", door(reopening), name="reopen"),
    path("matters/<str:matter_id>/documents", door(receiving), name="receive"),
    path("matters/<str:matter_id>/discount/<path:claim_id>", door(discounting), name="discount"),
    path("matters/<str:matter_id>/withdraw/<path:claim_id>", door(withdrawing), name="withdraw"),
    path("matters/<str:matter_id>/proposal/<path:subject>", door(proposing_page), name="propose"),
    path("matters/<str:matter_id>/propose/<path:subject>", door(proposing), name="proposing"),
    path("documents/<path:document_id>", door(document_file), name="document_file"),
    # decisions
    path("decisions/<str:decision_id>", door(decision_page), name="decision"),
    path("decisions/<str:decision_id>/confirm", door(confirming), name="confirm"),
    path("decisions/<str:decision_id>/sign", door(signing), name="sign"),
    path("decisions/<str:decision_id>/return", door(returning), name="return"),
    path("decisions/<str:decision_id>/issue", door(issuing), name="issue"),
    path("decisions/<str:decision_id>/receipt", door(receipt_file), name="receipt_file"),
    # people and keys
    path("people", door(people_page), name="people"),
    path("people/invite", door(inviting), name="invite"),
    path("people/<str:person_id>/again", door(inviting_again), name="invite_again"),
    path("people/<str:person_id>/roles", door(changing_roles), name="change_roles"),
    path("people/<str:person_id>/out", door(deactivating), name="deactivate"),
    path("people/keys", door(making_key), name="make_key"),
    path("people/keys/<str:key_id>/revoke", door(revoking_key), name="revoke_key"),
    path("keys", door(own_key), name="keys"),
    path("keys/<str:key_id>/revoke", door(revoking_own_key), name="revoke_own_key"),
    # policies
    path("policies", door(policies_page), name="policies"),
    path("policies/<str:digest>", door(version_page), name="version"),
    path("policies/<str:digest>/shadow", door(shadowing), name="shadow"),
    path("policies/<str:digest>/approve", door(approving), name="approve"),
    path("policies/<str:digest>/reject", door(rejecting), name="reject"),
    path("policies/<str:digest>/publish", door(publishing), name="publish"),
    path("policies/<str:digest>/roll-back", door(rolling_back), name="roll_back"),
    # the institution and its log
    path("institution", door(institution_or_settle), name="institution"),
    path("log", door(log_page), name="log"),
    path("log/checkpoint", door(signing_log), name="checkpoint"),
    path("log/file", door(log_file), name="log_file"),
]
if apps.is_installed("allauth.socialaccount"):
    ADDRESSES.append(path("account/", include("allauth.socialaccount.providers.openid_connect.urls")))
