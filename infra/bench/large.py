"""Large files: time to the first look and the report over the wire, and peak memory of ten million rows."""
import http.client
import os
import re
import subprocess
import time

import process
import tables

ROWS = 10_000_000
RUNS = 5


def run(saldo, folder):
    process.heading("large files")
    path = os.path.join(folder, f"{ROWS}.csv")
    tables.statement(path, ROWS)
    size = os.path.getsize(path) / 1e6
    figures = process.once([saldo, "analyze", path, "--format", "json"])
    process.line(f"analyze {ROWS:,} rows ({size:.0f} MB)", figures)
    os.remove(path)
    print()
    over_the_wire(saldo, folder, 100_000)


def over_the_wire(saldo, folder, rows):
    """Seconds from the end of the upload to the first look and to the report, the median of some runs."""
    path = os.path.join(folder, f"{rows}.csv")
    tables.statement(path, rows)
    with open(path, "rb") as file:
        body = file.read()
    settings = os.environ | {
        "SALDO_GATEWAY_LISTEN": "127.0.0.1:0",
        "SALDO_OPS_LISTEN": "127.0.0.1:0",
        "SALDO_DATA_DIR": os.path.join(folder, "data"),
    }
    server = subprocess.Popen([saldo, "serve"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=settings)
    try:
        port = listening(server)
        times = sorted(answer(port, body) for _ in range(RUNS))
        look, report = times[RUNS // 2]
        print(f"{rows:,} rows over the wire: first look after {look * 1000:.0f} ms, report after {report * 1000:.0f} ms\n")
    finally:
        server.terminate()
        server.wait()


def listening(server):
    """The port of the page, which the server tells when it is ready."""
    for line in server.stdout:
        if found := re.match(r"\s*open\s.*127\.0\.0\.1:(\d+)", line):
            return int(found.group(1))
    raise SystemExit("the server did not start")


def answer(port, body):
    """Sends a file; seconds until the first look and the report are there."""
    edge = http.client.HTTPConnection("127.0.0.1", port)
    start = b'--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    headers = {"accept": "text/event-stream", "content-type": "multipart/form-data; boundary=x"}
    edge.request("POST", "/analyze", start + body + b"\r\n--x--\r\n", headers)
    sent = time.monotonic()
    answers, look = edge.getresponse(), None
    for line in answers:
        if line.startswith(b"event: first_look"):
            look = time.monotonic() - sent
        if line.startswith(b"event: report"):
            return look, time.monotonic() - sent
    raise SystemExit("the answer has no report")
