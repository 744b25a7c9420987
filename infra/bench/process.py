"""One process as it was measured, and the table that such figures are printed in."""
import os
import statistics
import subprocess
import sys
import time

RUNS = 5


def once(command, env=None):
    """Wall seconds, CPU seconds, peak MB of one process that must end well."""
    start = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"{' '.join(command)} failed")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def median(command, runs=RUNS, env=None):
    """The median of each figure of `once`."""
    return tuple(statistics.median(one) for one in zip(*(once(command, env) for _ in range(runs))))


def heading(title):
    """The first line of a table of figures."""
    print(f"{title:44}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}")


def line(what, figures, note=""):
    """One line of it; `figures` as `once` and `median` give them."""
    wall, cpu, memory = figures
    print(f"{what:44}{wall:9.2f}{cpu:9.2f}{memory:9.0f}  {note}".rstrip(), flush=True)
