"""Reading and analysing statements of some sizes."""
import os

import process
import tables

ROWS = (100_000, 1_000_000)


def run(saldo, folder):
    process.heading("import and analyze")
    for rows in ROWS:
        path = os.path.join(folder, f"{rows}.csv")
        tables.statement(path, rows)
        size = os.path.getsize(path) / 1e6
        for name in ("import", "analyze"):
            figures = process.median([saldo, name, path, "--format", "json"])
            process.line(f"{name} {rows:,} rows ({size:.0f} MB)", figures)
    print()
