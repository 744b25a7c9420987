"""Ranks amounts with injected errors beside the peers: average precision and recall among the first 400.

    python3 infra/quality/anomalies.py PATH_TO_SCORER FOLDER_OF_PEERS

The peers' script prints its own table first; ours is measured on the rows that it made, injected with the same seeds.
The scorer is the engine's own, `cargo build --example anomalies`.
"""
import os
import runpy
import subprocess
import sys

import numpy as np
from sklearn.metrics import average_precision_score

INJECTED = 200
BAR = {"AP": 0.33, "recall@400": 0.60}


def injected(peer, seed):
    """The test rows of a seed, as the peers' script makes them."""
    rng, test, count = np.random.default_rng(seed), peer["test"], peer["count"]
    rows = test.assign(injected=0)
    known = test.merchant.isin(count[count >= 10].index)
    picked = rng.choice(rows.index[known], INJECTED, replace=False)
    rows.loc[picked, "amount"] *= rng.choice([10.0, 100.0], INJECTED, p=[0.7, 0.3])
    rows.loc[picked, "injected"] = 1
    return rows


def lines(word, rows):
    fields = zip(rows.merchant, rows.account, rows.amount.tolist())
    return "".join(f"{word}\t{merchant}\t{account}\t{amount!r}\n" for merchant, account, amount in fields)


def main():
    scorer, peers = sys.argv[1:]
    scorer = os.path.abspath(scorer)
    sys.path.insert(0, peers)
    peer = runpy.run_path(os.path.join(peers, "anomalies.py"))
    history, found = lines("history", peer["train"]), []
    for seed in range(3):
        rows = injected(peer, seed)
        same = seed != 2 or (rows.amount.equals(peer["t"].amount) and rows.injected.equals(peer["t"].injected))
        if not same:
            sys.exit("the peers' script injects other rows than this one")
        told = subprocess.run([scorer], input=history + lines("asked", rows), capture_output=True, text=True, check=True)
        scores = np.array(told.stdout.split(), float)
        first = rows.injected.values[np.argsort(-scores, kind="stable")]
        found.append((average_precision_score(rows.injected, scores), first[:400].sum() / INJECTED))
    for (name, bar), value in zip(BAR.items(), np.mean(found, axis=0)):
        print(f"saldo {name:11} {value:.3f}  bar {bar:.2f}  {'reached' if value >= bar else 'MISSED'}")


if __name__ == "__main__":
    main()
