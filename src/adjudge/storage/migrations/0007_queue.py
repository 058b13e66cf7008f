"""The queue: a row for each matter by which lists are sorted; saved views of it; the first steps. Ids as in 0003.

The rows follow from others, and are made when the institution is next started: nothing of ours can be asked here.
"""

from typing import ClassVar

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def _collate(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django hands it over
    if editor.connection.vendor == "postgresql":
        editor.execute('ALTER TABLE adjudge_queue ALTER COLUMN id TYPE varchar(500) COLLATE "C"')


class Migration(migrations.Migration):
    """Forward only, as all of them."""

    dependencies: ClassVar = [("adjudge", "0006_requests_and_hooks")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="QueueRecord",
            fields=[
                ("id", models.CharField(max_length=500, primary_key=True, serialize=False)),
                ("data", models.TextField()),
                ("advertiser", models.CharField(blank=True, db_index=True, max_length=500)),
                ("policy", models.CharField(blank=True, max_length=500)),
                ("territory", models.CharField(blank=True, max_length=500)),
                ("state", models.CharField(blank=True, max_length=500)),
                ("assignee", models.CharField(blank=True, max_length=500)),
                ("live", models.CharField(blank=True, max_length=500)),
                ("due", models.CharField(blank=True, max_length=500)),
                ("severity", models.CharField(blank=True, max_length=500)),
                ("spend", models.CharField(blank=True, max_length=500)),
                ("opened", models.CharField(blank=True, max_length=500)),
                ("on_reviewer", models.CharField(blank=True, max_length=500)),
                ("on_second_reviewer", models.CharField(blank=True, max_length=500)),
                ("on_legal", models.CharField(blank=True, max_length=500)),
                ("on_appeals", models.CharField(blank=True, max_length=500)),
                ("on_advertiser", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "db_table": "adjudge_queue",
                "indexes": [
                    models.Index(fields=["due", "id"], name="queue_due"),
                    models.Index(fields=["severity", "id"], name="queue_severity"),
                    models.Index(fields=["spend", "id"], name="queue_spend"),
                    models.Index(fields=["opened", "id"], name="queue_opened"),
                    models.Index(fields=["live", "due", "id"], name="queue_live_due"),
                    models.Index(fields=["live", "severity", "id"], name="queue_live_severity"),
                    models.Index(fields=["live", "spend", "id"], name="queue_live_spend"),
                    models.Index(fields=["live", "opened", "id"], name="queue_live_opened"),
                    models.Index(fields=["assignee", "live", "due", "id"], name="queue_assignee_live_due"),
                    models.Index(fields=["state", "due", "id"], name="queue_state_due"),
                    models.Index(fields=["policy", "due", "id"], name="queue_policy_due"),
                    models.Index(fields=["on_reviewer", "due", "id"], name="queue_on_reviewer_due"),
                    models.Index(
                        fields=["on_second_reviewer", "due", "id"], name="queue_on_second_reviewer_due"
                    ),
                    models.Index(fields=["on_legal", "due", "id"], name="queue_on_legal_due"),
                    models.Index(fields=["on_appeals", "due", "id"], name="queue_on_appeals_due"),
                    models.Index(fields=["on_advertiser", "due", "id"], name="queue_on_advertiser_due"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("query", models.CharField(max_length=2000)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "adjudge_saved_view",
                "constraints": [
                    models.UniqueConstraint(fields=("account", "name"), name="adjudge_saved_view_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="FirstRun",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("marked", models.CharField(blank=True, max_length=500)),
                ("is_left", models.BooleanField(default=False)),
            ],
            options={"db_table": "adjudge_first_run"},
        ),
        migrations.RunPython(_collate),
    ]
