"""The post of an institution as its settings say: a mailer where a server is set, and webhooks."""

from pathlib import Path

from adjudge.basis.said import Said, say
from adjudge.errors import UnavailableError
from adjudge.post.mailer import Mailer, Tls
from adjudge.post.post import Post
from adjudge.post.webhook import WebhookSender
from adjudge.settings.schema import Settings
from adjudge.settings.secret_files import read_secret


def post_of(settings: Settings) -> Post:
    """The post. Raises UnavailableError where the file with the password cannot be read."""
    return Post(
        mailer=mailer_of(settings),
        webhooks=WebhookSender(private=settings.webhooks_private),
    )


def hook_sender_of(settings: Settings) -> WebhookSender:
    """What tells the platform's own programs: an administrator names them, so that their network is set apart."""
    return WebhookSender(private=settings.hooks_private)


def mailer_of(settings: Settings) -> Mailer | None:
    """The mail server that is set; None without one."""
    if not settings.smtp_host:
        return None
    file = settings.smtp_password_file
    return Mailer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        sender=settings.mail_from,
        tls=Tls(settings.smtp_tls),
        user=settings.smtp_user,
        password=settings.smtp_password if file is None else _read(file),
    )


def _read(file: Path) -> str:
    found = read_secret(file)
    if isinstance(found, Said):
        message = say(
            "the password of the mail server cannot be read from {file}: {reason}",
            file=str(file),
            reason=found,
        )
        raise UnavailableError(message, hint=say("see `ADJUDGE_SMTP_PASSWORD_FILE`"))
    return found
