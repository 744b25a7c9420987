"""Month × account sums of 1.86 million rows, beside DuckDB and polars on one core each."""
import os
import statistics

import peers
import process
import tables

CARDS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../shared/data/purchase-cards/csv")

DUCKDB = """
import duckdb, sys
db = duckdb.connect()
db.execute("SET threads=1")
db.execute("select date_trunc('month', date), account, sum(amount), count(*) from read_csv($1, "
    "types={'amount': 'DECIMAL(18,2)', 'date': 'DATE'}, ignore_errors=true) group by all", [sys.argv[1]]).fetchall()
"""
POLARS = """
import polars as pl, sys
types = {"date": pl.Date, "amount": pl.Float64}
table = pl.scan_csv(sys.argv[1], schema_overrides=types, ignore_errors=True)
month = pl.col("date").dt.truncate("1mo").alias("month")
table.group_by(month, "account").agg(pl.col("amount").sum(), pl.len()).collect()
"""


def run(saldo, folder):
    path = os.path.join(folder, "ledger.csv")
    cards = CARDS if os.path.isdir(CARDS) else None
    tables.ledger(path, cards)
    size = os.path.getsize(path) / 1e6
    python = peers.python()
    contenders = {"saldo sums, exact": ([saldo, "sums", path, "--by", "month,account", "--format", "csv"], None)}
    if python:
        contenders["DuckDB, decimals"] = ([python, "-c", DUCKDB, path], None)
        contenders["polars, floats"] = ([python, "-c", POLARS, path], {**os.environ, "POLARS_MAX_THREADS": "1"})
    # In turns, so that whatever else the machine does meets all of them.
    runs = {name: [] for name in contenders}
    for _ in range(process.RUNS):
        for name, (command, env) in contenders.items():
            runs[name].append(process.once(command, env))
    process.heading(f"sums by month, account ({size:.0f} MB, {'real' if cards else 'made'} rows)")
    ours = None
    for name, figures in runs.items():
        figures = tuple(statistics.median(one) for one in zip(*figures))
        ours = ours or figures
        process.line(name, figures, f"{figures[1] / ours[1]:.2f} of our CPU time")
    print()
