"""Django's settings for the type checker alone, which reads the models through them; nothing runs with these."""

INSTALLED_APPS = ["django.contrib.contenttypes", "adjudge.storage"]
AUTH_USER_MODEL = "adjudge.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SECRET_KEY = "for types only"  # noqa: S105 - no secret: nothing runs with it
USE_TZ = True
