"""Shelves of notices and their delivery, appeals, messages, clocks, disputes and misuse; ids ordered as in 0003."""

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = "appeal clockrecord contact delivery dispute message misuse notice procedure".split()


def _collate(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django hands it over
    if editor.connection.vendor == "postgresql":
        for table in TABLES:
            editor.execute(f'ALTER TABLE adjudge_{table} ALTER COLUMN id TYPE varchar(500) COLLATE "C"')


class Migration(migrations.Migration):
    """Forward only, as all of them."""

    dependencies: ClassVar = [("adjudge", "0004_no_replacing")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Appeal",
            fields=[
                ("id", models.CharField(max_length=500, primary_key=True, serialize=False)),
                ("data", models.TextField()),
                ("decision", models.CharField(blank=True, db_index=True, max_length=500)),
                ("matter", models.CharField(blank=True, db_index=True, max_length=500)),
                ("advertiser", models.CharField(blank=True, db_index=True, max_length=500)),
                ("state", models.CharField(blank=True, db_index=True, max_length=500)),
                ("assignee", models.CharField(blank=True, db_index=True, max_length=500)),
                ("kind", models.CharField(blank=True, db_index=True, max_length=500)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ClockRecord",
            fields=[
                ("id", models.CharField(max_length=500, primary_key=True, serialize=False)),
                ("data", models.TextField()),
                ("state", models.CharField(blank=True, db_index=True, max_length=500)),
                ("of", models.CharField(blank=True, db_index=True, max_length=500)),
                ("decision", models.CharField(blank=True, db_index=True, max_length=500)),
                ("advertiser", models.CharField(blank=True, db_index=True, max_length=500)),
                ("kind", models.CharField(blank=True, db_index=True, max_length=500)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.CharField(max_length=500, primary_key=True, serialize=False)),
                ("data", models.TextField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.CharField(max_length=500, primary_key=True, serialize=False)),
                ("data", models.TextField()),
                ("notice", models.CharField(blank=True, db_index=True, max_length=500)),
                ("advertiser", models.CharField(blank=True, db_index=True, max_length=500)),
                ("state", models.CharField(blank=True, db_index=True, max_length=500)),
                ("channel", models.CharField(blank=True, db_index=True, max_length=500)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Dispute",
            fields=[
                ("id", models.CharField(max_length=500, primary_key=True, serialize=False)),
                ("data", models.TextField()),
                ("decision", models.CharField(blank=True, db_index=True, max_length=500)),
                ("appeal", models.CharField(blank=True, db_index=True, max_length=500)),
                ("advertiser", models.CharField(blank=True, db_index=True, max_length=500)),
                ("state", models.CharField(blank=True, db_index=True, max_length=500)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.CharField(max_length=500, primary_key=True, serialize=False)),
                ("data", models.TextField()),
                ("appeal", models.CharField(blank=True, db_index=True, max_length=500)),
                ("advertiser", models.CharField(blank=True, db_index=True, max_length=500)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Misuse",
            fields=[
                ("id", models.CharField(max_length=500, primary_key=True, serialize=False)),
                ("data", models.TextField()),
                ("advertiser", models.CharField(blank=True, db_index=True, max_length=500)),
                ("state", models.CharField(blank=True, db_index=True, max_length=500)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.CharField(max_length=500, primary_key=True, serialize=False)),
                ("data", models.TextField()),
                ("advertiser", models.CharField(blank=True, db_index=True, max_length=500)),
                ("about", models.CharField(blank=True, db_index=True, max_length=500)),
                ("of", models.CharField(blank=True, db_index=True, max_length=500)),
                ("state", models.CharField(blank=True, db_index=True, max_length=500)),
                ("purpose", models.CharField(blank=True, db_index=True, max_length=500)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Procedure",
            fields=[
                ("id", models.CharField(max_length=500, primary_key=True, serialize=False)),
                ("data", models.TextField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RunPython(_collate),
    ]
