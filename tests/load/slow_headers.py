"""Measure a normal visitor's wait while many slow clients hold connections open.

`python -m tests.load.slow_headers PORT [CONNECTIONS] [SECONDS]` against a portal on this machine. Each slow
client sends a header line every two seconds and never finishes. Prints the visitor's waits in milliseconds.
"""

import asyncio
import statistics
import sys
import time

PAGE = "/cs/about/"


async def slow_client(port: int, until: float) -> None:
    """Hold one connection with a request that never ends; come back when it is cut off."""
    while time.monotonic() < until:
        try:
            _reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(f"GET {PAGE} HTTP/1.1\r\nHost: localhost\r\n".encode())
            while time.monotonic() < until:
                writer.write(b"X-Slow: 1\r\n")
                await writer.drain()
                await asyncio.sleep(2)
            writer.close()
        except OSError:
            await asyncio.sleep(0.5)


async def visit(port: int) -> float:
    """Fetch the page once, and return how long it took in seconds."""
    start = time.monotonic()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {PAGE} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    if not answer.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(answer[:80])
    return time.monotonic() - start


async def measure(port: int, connections: int, seconds: float) -> list[float]:
    """Return the visitor's waits while the slow clients are there."""
    until = time.monotonic() + seconds
    slow = [asyncio.create_task(slow_client(port, until)) for _ in range(connections)]
    await asyncio.sleep(2)
    waits = []
    while time.monotonic() < until:
        waits.append(await visit(port))
        await asyncio.sleep(0.1)
    await asyncio.gather(*slow)
    return waits


def main(port: int, connections: int = 800, seconds: int = 20) -> None:
    """Measure without and with the slow clients, and print both."""
    for label, count in (("alone", 0), (f"beside {connections} slow clients", connections)):
        waits = sorted(asyncio.run(measure(port, count, seconds)))
        p95 = waits[int(len(waits) * 0.95)]
        median = statistics.median(waits)
        sys.stdout.write(
            f"{label}: {len(waits)} visits, median {median * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms\n"
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
