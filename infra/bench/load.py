"""Many uploads at once: is one lost, how much memory is taken, and do small requests still answer at once?"""
import asyncio
import concurrent.futures
import os
import re
import subprocess
import time

import tables

UPLOADS = 200
MEGABYTES = 10
# What must hold on two cores.
MOST_MEMORY_MB = 512
SLOWEST_SMALL_MS = 100
PAUSE = 0.02


def run(saldo, folder):
    path = os.path.join(folder, "load.csv")
    rows = MEGABYTES * 1_000_000 // 66
    tables.statement(path, rows)
    with open(path, "rb") as file:
        body = file.read()
    os.remove(path)
    settings = os.environ | {
        "SALDO_GATEWAY_LISTEN": "127.0.0.1:0",
        "SALDO_OPS_LISTEN": "127.0.0.1:0",
        "SALDO_GATEWAY_ANALYSES_BURST": "100000",
        "SALDO_GATEWAY_ANALYSES_PER_MINUTE": "100000",
        "SALDO_GATEWAY_CALLS_BURST": "1000000",
        "SALDO_GATEWAY_CALLS_PER_MINUTE": "1000000",
        "SALDO_LOG_FILTER": "warn",
        "SALDO_DATA_DIR": os.path.join(folder, "data"),
    }
    server = subprocess.Popen([saldo, "serve"], stdout=subprocess.PIPE, text=True, env=settings)
    try:
        page, ops = ports(server)
        print(f"{UPLOADS} uploads of {len(body) / 1e6:.1f} MB at once, {rows:,} rows each")
        asyncio.run(measure(page, ops, body, server.pid))
    finally:
        server.terminate()
        server.wait()


def ports(server):
    """The ports of the page and of health, which the server tells when it is ready."""
    found = {}
    for line in server.stdout:
        if port := re.match(r"\s*(open|health)\s.*?127\.0\.0\.1:(\d+)", line):
            found[port.group(1)] = int(port.group(2))
        if len(found) == 2:
            return found["open"], found["health"]
    raise SystemExit("the server did not start")


async def measure(page, ops, body, pid):
    small = {"/readyz": [], "/v1/formats": []}
    asking = [
        asyncio.create_task(ask_on(ops, "/readyz", small["/readyz"])),
        asyncio.create_task(ask_on(page, "/v1/formats", small["/v1/formats"])),
    ]
    start = time.monotonic()
    # Uploads of another process, so that small requests do not wait for this one.
    with concurrent.futures.ProcessPoolExecutor(1) as other:
        ended = await asyncio.get_running_loop().run_in_executor(other, send_all, page, body)
    seconds = time.monotonic() - start
    for task in asking:
        task.cancel()
    reports = ended.count("report")
    others = sorted(set(ended) - {"report"})
    peak = peak_mb(pid)
    verdict(f"reports {reports} of {UPLOADS} in {seconds:.1f} s {' '.join(others)}", reports == UPLOADS)
    verdict(f"peak memory {peak:.0f} MB, at most {MOST_MEMORY_MB}", peak <= MOST_MEMORY_MB)
    for name, times in small.items():
        times.sort()
        middle, slow = times[len(times) // 2] * 1000, times[len(times) * 95 // 100] * 1000
        text = f"{name}: {len(times)} asked, p50 {middle:.1f} ms, p95 {slow:.1f} ms, at most {SLOWEST_SMALL_MS}, slowest {times[-1] * 1000:.0f} ms"
        verdict(text, slow <= SLOWEST_SMALL_MS)
    print()


def send_all(port, body):
    """What each upload ended with."""

    async def gather():
        return await asyncio.gather(*(upload(port, body) for _ in range(UPLOADS)), return_exceptions=True)

    return [one if isinstance(one, str) else repr(one) for one in asyncio.run(gather())]


def verdict(text, holds):
    print(f"{'holds' if holds else 'FAILS':6} {text}", flush=True)


async def upload(port, body):
    """Sends a file and reads its events to the last; says what that was."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"POST /analyze HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\ncontent-type: text/csv\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
    writer.write(head.encode())
    for at in range(0, len(body), 1 << 16):
        writer.write(body[at:at + (1 << 16)])
        await writer.drain()
    last, tail = "nothing", b""
    while chunk := await reader.read(1 << 16):
        tail = tail[-64:] + chunk
        for name in re.findall(rb"event: ?(\w+)\n", tail):
            last = name.decode()
    writer.close()
    return last


async def ask_on(port, path, times):
    """Asks again and again over one connection, with a pause, and notes how long each answer took."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while True:
        start = time.monotonic()
        writer.write(f"GET {path} HTTP/1.1\r\nhost: x\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(re.search(rb"content-length: (\d+)", head).group(1))
        await reader.readexactly(length)
        assert head.startswith(b"HTTP/1.1 200"), head
        times.append(time.monotonic() - start)
        await asyncio.sleep(PAUSE)


def peak_mb(pid):
    with open(f"/proc/{pid}/status") as status:
        return int(re.search(r"VmHWM:\s+(\d+)", status.read()).group(1)) / 1024
