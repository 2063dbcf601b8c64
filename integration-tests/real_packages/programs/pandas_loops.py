"""pandas: frames, groups, joins, times; rows, cells and functions of ours in hot loops."""

import io

import numpy as np
import pandas as pd


def frame(rows: int) -> pd.DataFrame:
    rng = np.random.default_rng(3)
    return pd.DataFrame(
        {
            "key": [f"k{n % 7}" for n in range(rows)],
            "count": rng.integers(0, 100, rows),
            "value": rng.random(rows).round(6),
            "when": pd.date_range("2024-01-01", periods=rows, freq="h"),
        }
    )


def by_rows(data: pd.DataFrame) -> float:
    total = 0.0
    for row in data.itertuples():
        if row.count > 20:
            total += row.value * row.count
    for _, row in data.head(200).iterrows():
        total += row["value"]
    return round(total, 6)


def by_cells(data: pd.DataFrame) -> float:
    total, values, counts = 0.0, data["value"], data["count"].to_numpy()
    for i in range(len(data)):
        total += counts[i] * 0.5
        if i % 50 == 0:
            total += values.iloc[i]
    return round(float(total), 6)


def grade(count: int) -> str:
    result = "low"
    for limit, name in ((25, "middle"), (50, "high"), (90, "top")):
        if count >= limit:
            result = name
    return result


def main() -> None:
    data = frame(1500)
    print(by_rows(data), by_cells(data))
    data["grade"] = data["count"].map(grade)
    data["both"] = data.apply(lambda row: row["count"] * row["value"], axis=1)
    print(data["grade"].value_counts().sort_index().to_dict(), round(data["both"].sum(), 6))
    groups = data.groupby("key").agg(
        n=("count", "size"), mean=("value", "mean"), top=("count", "max")
    )
    print(groups.round(6).to_string())
    other = pd.DataFrame({"key": ["k1", "k3", "k9"], "factor": [2, 3, 4]})
    joined = data.merge(other, on="key", how="left")
    print(joined["factor"].isna().sum(), joined["factor"].sum())
    print(data.pivot_table(index="grade", columns="key", values="value", aggfunc="mean").round(4))
    daily = data.set_index("when")["value"].resample("D").mean()
    print(daily.head(3).round(6).to_string(), daily.rolling(3).mean().iloc[-1].round(6))
    text = data.head(40).to_csv(index=False)
    again = pd.read_csv(io.StringIO(text), parse_dates=["when"])
    print(len(text), again.dtypes.to_string(), again["both"].sum().round(6))
    try:
        data["missing"]
    except KeyError as error:
        print("KeyError", error)
    print(data.describe().round(4).to_string())
    series = pd.Series(range(2000))
    total = 0
    for value in series:
        total += value * 2
    print(total, series[series.apply(lambda n: n % 7 == 0)].sum())


if __name__ == "__main__":
    main()
