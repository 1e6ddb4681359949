"""Alembic's script folder. Run by `holding_space.library.migrate`, never by Alembic's command line."""
