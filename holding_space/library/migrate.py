"""Bringing a database to the newest schema, whichever version of the program wrote it.

Alembic is used as a library: its configuration is built here and not read from an `alembic.ini`, so that it
works from wherever the package is installed.
"""

from __future__ import annotations

import threading
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from holding_space.errors import LibraryError, LibraryTooNew

FOLDER = Path(__file__).resolve().parent / "migrations"

# Alembic keeps the migration that is running in a global variable.
_one_at_a_time = threading.Lock()


def upgrade(connection: Connection, where: Path | str, *, to: str = "head") -> None:
    """Make the schema the newest. `connection` is in a writing transaction; `where` is for the message.

    `to`: an older schema, for tests of the steps from it.

    Raises:
        LibraryTooNew: a version of the program that knows more steps than this one wrote the database.
        LibraryError: another program wrote it.
    """
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    found = MigrationContext.configure(connection).get_current_heads()
    if set(found) == set(scripts.get_heads()):
        return
    if not set(found) <= {step.revision for step in scripts.walk_revisions()}:
        raise LibraryTooNew(
            f"What is kept in {where} was written by a newer version of this program "
            f"(schema {', '.join(found)}; this version knows {', '.join(scripts.get_heads())}).",
            "Install the newer version, or choose another place with the setting data_dir or database_url. Nothing was changed.",
        )
    if not found and inspect(connection).get_table_names():
        raise LibraryError(
            f"{where} is a database of another program.",
            "Move it elsewhere, or choose another place with the setting data_dir or database_url. Nothing was changed.",
        )
    with _one_at_a_time:
        command.upgrade(config, to)
