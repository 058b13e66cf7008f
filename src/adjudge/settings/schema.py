"""Every setting, typed, with its default and its reason. Read from the environment once, by the outermost face.

No setting switches the log off, and none lets a person confirm their own proposal: what protects people is no option.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from adjudge.basis.problem import ProblemLog, quoted
from adjudge.basis.said import Said, say
from adjudge.settings.mail import check_mail
from adjudge.settings.secret_files import with_secrets
from adjudge.settings.sidecar import SidecarSettings, read_sidecar
from adjudge.settings.telling import check_telling

DATABASE = "adjudge.sqlite3"
SERVING = "serving"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the program runs on this machine; what the institution says and decides is in its records."""

    data: Path
    database_url: str = ""
    host: str = "127.0.0.1"
    port: int = 8411
    origin: str = "adjudge.local"
    secret_key: str = field(default="", repr=False)
    log_key: str = field(default="", repr=False)
    secure: bool = False
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    workers: int = 2
    proxies: int = 0
    oidc_issuer: str = ""
    oidc_client: str = ""
    oidc_secret: str = field(default="", repr=False)
    largest_upload: int = 20_000_000
    api_rate: int = 1_200
    api_rate_of_strangers: int = 120
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    smtp_password_file: Path | None = None
    database_url_file: Path | None = None
    oidc_secret_file: Path | None = None
    smtp_tls: str = "starttls"
    mail_from: str = ""
    public_url: str = ""
    webhooks_private: bool = False
    hooks_private: bool = False
    register_in_search: bool = False
    secret_key_file: Path | None = None
    log_key_file: Path | None = None
    log_format: str = "text"
    log_level: str = "info"
    otlp_endpoint: str = ""
    drain: int = 0
    serving_folder: Path | None = None
    sidecar: SidecarSettings = field(default_factory=SidecarSettings)

    @property
    def serving(self) -> Path:
        """The folder of snapshots that servers of ads follow."""
        return self.serving_folder or self.data / SERVING


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting as people set it. The reference page of settings is made from these.

    What is `secret` is shown by nothing and stands in no log, wherever it comes from.
    """

    name: str
    default: str
    title: Said
    secret: bool = False


SETTINGS = (
    Setting(
        "ADJUDGE_DATA_DIR", "./adjudge-data", say("the folder with the database, the documents and the keys")
    ),
    Setting(
        "ADJUDGE_DATABASE_URL",
        "",
        say("the address of a PostgreSQL database; without it, SQLite in the data folder"),
        secret=True,
    ),
    Setting(
        "ADJUDGE_DATABASE_URL_FILE",
        "",
        say("a file that holds that address, which may bear a password; instead of the setting before"),
    ),
    Setting(
        "ADJUDGE_SECRET_KEY_FILE",
        "",
        say("a file that holds the key of sessions and links; without it, `secret.key` in the data folder"),
    ),
    Setting(
        "ADJUDGE_LOG_KEY_FILE",
        "",
        say("a file that holds the key that signs the log; without it, `log.key` in the data folder"),
    ),
    Setting("ADJUDGE_HOST", "127.0.0.1", say("the address on which the pages are served: this machine only")),
    Setting("ADJUDGE_PORT", "8411", say("the port on which the pages are served")),
    Setting("ADJUDGE_ORIGIN", "adjudge.local", say("the name of the log, which its checkpoints bear")),
    Setting("ADJUDGE_HOSTS", "", say("further names under which the pages are reached, separated by commas")),
    Setting(
        "ADJUDGE_SECURE",
        "no",
        say("`yes` where the pages are reached by HTTPS: cookies are then sent by HTTPS only"),
    ),
    Setting("ADJUDGE_WORKERS", "2", say("how many processes serve pages")),
    Setting(
        "ADJUDGE_PROXIES",
        "0",
        say(
            "how many proxies of your own stand before the pages: what they say of a visitor's address is believed, so "
            "that sign-in is throttled by visitor; with 0 nobody's word is"
        ),
    ),
    Setting(
        "ADJUDGE_OIDC_ISSUER",
        "",
        say(
            "the address of an identity provider (OpenID Connect) through which people may sign in too; it needs the "
            "extra `sso`"
        ),
    ),
    Setting(
        "ADJUDGE_OIDC_CLIENT", "", say("the name under which the identity provider knows this institution")
    ),
    Setting(
        "ADJUDGE_OIDC_SECRET",
        "",
        say("the secret that the identity provider gave for that name"),
        secret=True,
    ),
    Setting(
        "ADJUDGE_OIDC_SECRET_FILE", "", say("a file that holds that secret; instead of the setting before")
    ),
    Setting("ADJUDGE_LARGEST_UPLOAD", "20000000", say("the largest document that is received, in bytes")),
    Setting("ADJUDGE_API_RATE", "1200", say("how many requests a minute each key may send to the API")),
    Setting(
        "ADJUDGE_API_RATE_OF_STRANGERS",
        "120",
        say("how many requests a minute each address may send to the API without a key that holds"),
    ),
    Setting(
        "ADJUDGE_PUBLIC_URL",
        "",
        say("the address under which advertisers reach the pages: what is sent to them leads there"),
    ),
    Setting(
        "ADJUDGE_SMTP_HOST",
        "",
        say("the server that sends mail; without one, notices by mail wait until one is set"),
    ),
    Setting("ADJUDGE_SMTP_PORT", "587", say("the port of the server that sends mail")),
    Setting(
        "ADJUDGE_SMTP_TLS",
        "starttls",
        say(
            "how the way to the server is encrypted: {starttls} after a greeting, {implicit} from the start (mostly at "
            "port 465), {none} for a server on this machine",
            starttls="`starttls`",
            implicit="`implicit`",
            none="`none`",
        ),
    ),
    Setting("ADJUDGE_SMTP_USER", "", say("the name under which the server that sends mail knows us")),
    Setting("ADJUDGE_SMTP_PASSWORD", "", say("the password for that name"), secret=True),
    Setting(
        "ADJUDGE_SMTP_PASSWORD_FILE",
        "",
        say("a file that holds that password, read whenever mail is sent; instead of the setting before"),
    ),
    Setting("ADJUDGE_MAIL_FROM", "", say("the address from which notices are sent")),
    Setting(
        "ADJUDGE_WEBHOOKS_PRIVATE",
        "no",
        say("`yes` lets webhooks be machines of your own network; with `no` they are of the public one"),
    ),
    Setting(
        "ADJUDGE_HOOKS_PRIVATE",
        "no",
        say(
            "`yes` lets programs that are told of what happens (hooks) be machines of your own network; advertisers "
            "have no say in where those are"
        ),
    ),
    Setting(
        "ADJUDGE_REGISTER_IN_SEARCH",
        "no",
        say(
            "`yes` lets search engines list the public register; with `no` they are told to keep away from every page"
        ),
    ),
    Setting(
        "ADJUDGE_LOG_FORMAT",
        "text",
        say(
            "how the program tells of itself on the standard error: {text}, or {json}",
            text="`text`",
            json="`json`",
        ),
    ),
    Setting(
        "ADJUDGE_LOG_LEVEL",
        "info",
        say(
            "how much it tells: {debug} also of probes, {info} of every request, {warning} of what may become a fault, "
            "{error} of faults only",
            debug="`debug`",
            info="`info`",
            warning="`warning`",
            error="`error`",
        ),
    ),
    Setting(
        "ADJUDGE_OTLP_ENDPOINT",
        "",
        say(
            "the address of a collector of traces (OpenTelemetry, OTLP over HTTP); it needs the extra `telemetry`"
        ),
    ),
    Setting(
        "ADJUDGE_DRAIN",
        "0",
        say(
            "for how many seconds pages are still served after the program was told to stop, while `/ready` says that "
            "it stops: as long as a load balancer takes to notice"
        ),
    ),
    Setting(
        "ADJUDGE_SERVING_DIR",
        "",
        say(
            "the folder into which what is in force is published for servers of ads, and which `adjudge serve` "
            "follows; without it, `serving` in the data folder"
        ),
    ),
    Setting(
        "ADJUDGE_SERVE_URL",
        "",
        say(
            "the address from which `adjudge serve` copies what is published, on a machine that does not see the folder"
        ),
    ),
    Setting(
        "ADJUDGE_SERVE_LOG_KEY",
        "",
        say(
            "the public key of the log that `adjudge serve` trusts, or a file that holds it; several are separated by "
            "commas"
        ),
    ),
    Setting(
        "ADJUDGE_SERVE_WITHOUT",
        "",
        say(
            "what `adjudge serve` answers as long as there is no snapshot: {deny} or {allow}; it must be said",
            deny="`deny`",
            allow="`allow`",
        ),
    ),
    Setting(
        "ADJUDGE_SERVE_TCP",
        "127.0.0.1:8412",
        say("where `adjudge serve` is asked, as host and port; {none} for nowhere", none="`none`"),
    ),
    Setting("ADJUDGE_SERVE_UNIX", "", say("the path of a socket at which `adjudge serve` is asked")),
    Setting("ADJUDGE_SERVE_WORKERS", "1", say("how many processes of `adjudge serve` answer")),
)
"""All of them. The secret keys are files of the data folder, made on first use and readable by their owner only."""
_ISSUER = re.compile(r"https://[A-Za-z0-9.:-]{1,255}(/[A-Za-z0-9._~/-]{0,500})?", re.ASCII)
_HOST = re.compile(r"[A-Za-z0-9.:\[\]-]{1,255}", re.ASCII)


def read_settings(environment: Mapping[str, str], log: ProblemLog, data: Path | None = None) -> Settings:
    """The settings of an environment; problems where a value cannot be one. Keys are not read here."""
    known = {item.name for item in SETTINGS}
    for name in sorted(environment):
        if name.startswith("ADJUDGE_") and name not in known | _OTHERS:
            _odd(name, say("there is no setting of this name"), log)
    given = with_secrets({item.name: environment.get(item.name) or item.default for item in SETTINGS}, log)
    hosts = tuple(part.strip() for part in given["ADJUDGE_HOSTS"].split(",") if part.strip())
    for host in (given["ADJUDGE_HOST"], *hosts):
        if not _HOST.fullmatch(host):
            log.add("bad-value", say("{text} is no name of a host", text=quoted(host)), where="ADJUDGE_HOSTS")
    _check_provider(given, log)
    check_mail(given, log)
    check_telling(given, log)
    return Settings(
        data=data or Path(given["ADJUDGE_DATA_DIR"]),
        database_url=given["ADJUDGE_DATABASE_URL"],
        host=given["ADJUDGE_HOST"],
        port=_number(given, "ADJUDGE_PORT", 1, 65_535, log),
        origin=_origin(given["ADJUDGE_ORIGIN"], log),
        secure=_truth(given, "ADJUDGE_SECURE", log),
        hosts=("localhost", "127.0.0.1", "[::1]", *hosts),
        workers=_number(given, "ADJUDGE_WORKERS", 1, 64, log),
        proxies=_number(given, "ADJUDGE_PROXIES", 0, 10, log),
        oidc_issuer=given["ADJUDGE_OIDC_ISSUER"].rstrip("/"),
        oidc_client=given["ADJUDGE_OIDC_CLIENT"],
        oidc_secret=given["ADJUDGE_OIDC_SECRET"],
        largest_upload=_number(given, "ADJUDGE_LARGEST_UPLOAD", 1_000, 1_000_000_000, log),
        api_rate=_number(given, "ADJUDGE_API_RATE", 1, 1_000_000, log),
        api_rate_of_strangers=_number(given, "ADJUDGE_API_RATE_OF_STRANGERS", 1, 1_000_000, log),
        smtp_host=given["ADJUDGE_SMTP_HOST"],
        smtp_port=_number(given, "ADJUDGE_SMTP_PORT", 1, 65_535, log),
        smtp_user=given["ADJUDGE_SMTP_USER"],
        smtp_password=given["ADJUDGE_SMTP_PASSWORD"],
        smtp_password_file=_file(given, "ADJUDGE_SMTP_PASSWORD_FILE"),
        database_url_file=_file(given, "ADJUDGE_DATABASE_URL_FILE"),
        oidc_secret_file=_file(given, "ADJUDGE_OIDC_SECRET_FILE"),
        smtp_tls=given["ADJUDGE_SMTP_TLS"],
        mail_from=given["ADJUDGE_MAIL_FROM"],
        public_url=given["ADJUDGE_PUBLIC_URL"].rstrip("/"),
        webhooks_private=_truth(given, "ADJUDGE_WEBHOOKS_PRIVATE", log),
        hooks_private=_truth(given, "ADJUDGE_HOOKS_PRIVATE", log),
        register_in_search=_truth(given, "ADJUDGE_REGISTER_IN_SEARCH", log),
        secret_key_file=_file(given, "ADJUDGE_SECRET_KEY_FILE"),
        log_key_file=_file(given, "ADJUDGE_LOG_KEY_FILE"),
        log_format=given["ADJUDGE_LOG_FORMAT"],
        log_level=given["ADJUDGE_LOG_LEVEL"],
        otlp_endpoint=given["ADJUDGE_OTLP_ENDPOINT"].rstrip("/"),
        drain=_number(given, "ADJUDGE_DRAIN", 0, 600, log),
        serving_folder=_file(given, "ADJUDGE_SERVING_DIR"),
        sidecar=read_sidecar(given, log),
    )


_OTHERS = {"ADJUDGE_LANG", "ADJUDGE_DATA", "ADJUDGE_RECORD", "ADJUDGE_KEY", "ADJUDGE_KEY_FILE"}
"""Of the command line and of the tests."""


def _odd(name: str, message: Said, log: ProblemLog) -> None:
    hint = say("see the reference page of settings; unset it if it is a leftover")
    log.add("bad-value", message, where=name, hint=hint)


def _file(given: Mapping[str, str], name: str) -> Path | None:
    return Path(given[name]) if given[name] else None


def _number(given: Mapping[str, str], name: str, least: int, most: int, log: ProblemLog) -> int:
    text = given[name]
    if text.isascii() and text.isdigit() and least <= int(text[:12]) <= most:
        return int(text)
    log.add("bad-value", say("write a number from {least} to {most}", least=least, most=most), where=name)
    return least


def _truth(given: Mapping[str, str], name: str, log: ProblemLog) -> bool:
    if given[name] not in {"yes", "no"}:
        log.add("bad-value", say("write {yes} or {no}", yes="`yes`", no="`no`"), where=name)
    return given[name] == "yes"


def _check_provider(given: Mapping[str, str], log: ProblemLog) -> None:
    """All of it or nothing, and by HTTPS: who answers there says who somebody is."""
    names = ("ADJUDGE_OIDC_ISSUER", "ADJUDGE_OIDC_CLIENT", "ADJUDGE_OIDC_SECRET")
    if not any(given[name] for name in names):
        return
    for name in names:
        if not given[name]:
            log.add("bad-value", say("an identity provider needs all three of its settings"), where=name)
    if not _ISSUER.fullmatch(given["ADJUDGE_OIDC_ISSUER"]):
        log.add("bad-value", say("write an address that begins with `https://`"), where=names[0])


def _origin(text: str, log: ProblemLog) -> str:
    if re.fullmatch(r"[^\s+]{1,200}", text):
        return text
    message = say("the name of a log has no spaces and no plus signs")
    log.add("bad-value", message, where="ADJUDGE_ORIGIN")
    return "adjudge.local"
