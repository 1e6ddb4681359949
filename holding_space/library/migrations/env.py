"""What Alembic runs for each command: migrate on the connection that `migrate.py` hands over.

That connection is already in a writing transaction, so the whole way from any version to the newest happens
at once or not at all.
"""

from __future__ import annotations

from alembic import context

from holding_space.library.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
)
context.run_migrations()
