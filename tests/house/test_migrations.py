"""Migrations that stand for single steps: the same tables either way, and a way on from every step."""

import pytest
from django.db import connection
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

SINGLE = MigrationLoader(None, replace_migrations=False)
STEPS = [key for key in SINGLE.graph.leaf_nodes() if not SINGLE.disk_migrations[key].replaces]


def test_both_ways_lead_to_the_same_tables():
    short = MigrationLoader(None)
    changes = MigrationAutodetector(SINGLE.project_state(STEPS), short.project_state()).changes(short.graph)
    assert {app: [migration.operations for migration in found] for app, found in changes.items()} == {}


def test_a_migration_depends_on_single_steps():
    """One that is taken back would else leave what follows it; makemigrations names the short way."""
    short = {key for key, migration in SINGLE.disk_migrations.items() if migration.replaces}
    assert [key for key, one in SINGLE.disk_migrations.items() if short & {*one.dependencies}] == []


@pytest.mark.once
@pytest.mark.django_db
def test_a_database_goes_on_from_every_step():
    way = list(dict.fromkeys(step for leaf in STEPS for step in SINGLE.graph.forwards_plan(leaf)))
    recorder = MigrationRecorder(connection)
    recorder.flush()
    for taken, step in enumerate(way):
        executor = MigrationExecutor(connection)
        executor.loader.check_consistent_history(connection)
        plan = [one for one, _back in executor.migration_plan(executor.loader.graph.leaf_nodes())]
        still = [step for one in plan for step in one.replaces or [(one.app_label, one.name)]]
        assert sorted(still) == sorted(way[taken:]), way[taken - 1]
        recorder.record_applied(*step)
