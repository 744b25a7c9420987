#!/usr/bin/env python3
"""Measures the program as a whole process on tables made here: wall and CPU seconds, peak memory.

    bench.py PATH_TO_SALDO

Each figure is the median of five runs; speed is only comparable within one run on one machine.
"""
import os
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 5


def table(path, rows):
    """A statement with a running balance, two decimals, twelve months, some hundred counterparties."""
    balance = 10_000_000
    with open(path, "w", encoding="utf-8") as out:
        out.write("Booking date;Counterparty;Description;Amount;Currency;Balance\n")
        for n in range(rows):
            cents = 250_000 if n % 20 == 0 else -(n * 7919 % 19_000 + 100)
            balance += cents
            day = n * 360 // rows
            out.write(
                f"2025-{day // 30 + 1:02d}-{day % 28 + 1:02d};Counterparty {n * 31 % 400};Payment {n};"
                f"{cents / 100:.2f};EUR;{balance / 100:.2f}\n"
            )


def measure(command):
    """Wall seconds, CPU seconds, peak MB of one process."""
    start = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"{' '.join(command)} failed")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    saldo = sys.argv[1]
    print(f"{'what':34}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for rows in (100_000, 1_000_000):
            path = os.path.join(folder, f"{rows}.csv")
            table(path, rows)
            size = os.path.getsize(path) / 1e6
            for name in ("import", "analyze"):
                runs = [measure([saldo, name, path, "--format", "json"]) for _ in range(RUNS)]
                wall, cpu, memory = (statistics.median(one) for one in zip(*runs))
                print(f"{name + f' {rows:,} rows ({size:.0f} MB)':34}{wall:9.2f}{cpu:9.2f}{memory:9.0f}")


if __name__ == "__main__":
    main()
