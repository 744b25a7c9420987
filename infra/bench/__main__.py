"""Measures the program as a whole process on tables made here: wall and CPU seconds, peak memory.

    python3 infra/bench PATH_TO_SALDO [SECTION...]

Each section is a module with `run(saldo, folder)` that prints its own table. Each figure is the median of some runs; speed
is only comparable within one run on one machine.
"""
import os
import sys
import tempfile

import imports
import large
import load
import sums

SECTIONS = {"imports": imports.run, "large": large.run, "load": load.run, "sums": sums.run}


def main():
    saldo, *wanted = sys.argv[1:]
    unknown = set(wanted) - set(SECTIONS)
    if unknown:
        sys.exit(f"no such section: {', '.join(sorted(unknown))}; there are {', '.join(SECTIONS)}")
    with tempfile.TemporaryDirectory() as folder:
        # PostgreSQL runs as a user of its own where this is root.
        os.chmod(folder, 0o755)
        for name in wanted or SECTIONS:
            SECTIONS[name](saldo, folder)


if __name__ == "__main__":
    main()
