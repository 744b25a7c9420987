"""Categories of rows not seen before, learnt from rows with categories, beside the peers.

    python3 infra/quality/categories.py PATH_TO_MEASURE FOLDER_OF_PEERS

Ours is measured by the engine's own `cargo build --example categories`, which reads the files through the product's import.
What it may see of a row is said in each line: the peers see the name only. The bars are for the row as it is imported.
"""
import json
import os
import subprocess
import sys

SPLIT = "2017-05-01"
WHOLE = "name, amount, own account"
BARS = [("accuracy", 0.66), ("coverage_at_92", 0.40), ("cpu_seconds", 5.0)]


def measure(program, data):
    told = subprocess.run([program, data, SPLIT], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in told.stdout.splitlines()]


def main():
    program, peers = (os.path.abspath(path) for path in sys.argv[1:])
    data = os.path.join(os.environ.get("SALDO_DATA", os.path.join(peers, "..", "data")), "purchase-cards", "csv")
    read, *sets = measure(program, data)
    print(f"{read['rows']:,} rows, {read['labels']} categories; train before {SPLIT}, test from then", flush=True)
    subprocess.run([sys.executable, os.path.join(peers, "categories.py")], check=True)
    print(f"{'saldo sees':28}{'accuracy':>10}{'92 % right at':>15}{'it answers':>12}{'right':>8}{'CPU s':>8}")
    for one in sets:
        print(
            f"{one['inputs']:28}{one['accuracy']:10.1%}{one['coverage_at_92']:15.1%}{one['said']:12.1%}"
            f"{one['said_right']:8.1%}{one['cpu_seconds']:8.1f}"
        )
    whole, missed = next(one for one in sets if one["inputs"] == WHOLE), False
    for name, bar in BARS:
        reached = whole[name] <= bar if name == "cpu_seconds" else whole[name] >= bar
        missed |= not reached
        print(f"saldo {name:15} {whole[name]:.3f}  bar {bar:.2f}  {'reached' if reached else 'MISSED'}")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
