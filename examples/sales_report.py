"""A report on sales, from CSV to JSON with the standard library: `sales_report.py [COPIES]`.

Reads `sales_report.csv` beside this program, adds COPIES (default 1000) shifted copies of every
sale to make a longer history, and prints one JSON document: totals by month, shop and product,
the best day, and some statistics.
"""

from __future__ import annotations

import csv
import io
import json
import statistics
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Sale:
    """One line of the till: what was sold where, and for how much a piece."""

    day: date
    shop: str
    product: str
    quantity: int
    price: Decimal

    @property
    def amount(self) -> Decimal:
        return self.price * self.quantity


def read_sales(text: str) -> list[Sale]:
    return [
        Sale(
            day=date.fromisoformat(row["date"]),
            shop=row["shop"],
            product=row["product"],
            quantity=int(row["quantity"]),
            price=Decimal(row["price"]),
        )
        for row in csv.DictReader(io.StringIO(text))
    ]


def extend(sales: list[Sale], copies: int) -> list[Sale]:
    """The sales, followed by copies of them: each 13 weeks later and a little dearer."""
    history = list(sales)
    for copy in range(1, copies + 1):
        later = timedelta(weeks=13 * copy)
        dearer = 1 + Decimal(copy % 40) / 200
        history += [
            replace(
                sale,
                day=sale.day + later,
                price=(sale.price * dearer).quantize(CENT, ROUND_HALF_UP),
            )
            for sale in sales
        ]
    return history


def totals(sales: Iterable[Sale], key: Callable[[Sale], str]) -> dict[str, str]:
    """The turnover of each group, largest group first."""
    groups: defaultdict[str, Decimal] = defaultdict(Decimal)
    for sale in sales:
        groups[key(sale)] += sale.amount
    ranked = sorted(groups.items(), key=lambda group: (-group[1], group[0]))
    return {name: f"{total:,.2f}" for name, total in ranked}


def best_day(sales: Iterable[Sale]) -> dict[str, str]:
    days: defaultdict[date, Decimal] = defaultdict(Decimal)
    for sale in sales:
        days[sale.day] += sale.amount
    day = max(days, key=lambda day: (days[day], day))
    return {"date": day.isoformat(), "weekday": f"{day:%A}", "turnover": f"{days[day]:,.2f}"}


def report(sales: list[Sale]) -> dict[str, object]:
    amounts = [sale.amount for sale in sales]
    return {
        "period": [min(sale.day for sale in sales).isoformat(), str(max(s.day for s in sales))],
        "sales": len(sales),
        "turnover": f"{sum(amounts):,.2f}",
        "by shop": totals(sales, lambda sale: sale.shop),
        "by product": totals(sales, lambda sale: sale.product),
        "by weekday": totals(sales, lambda sale: f"{sale.day:%A}"),
        "best day": best_day(sales),
        "amount of a sale": {
            "mean": str(statistics.mean(amounts).quantize(CENT)),
            "median": str(statistics.median(amounts).quantize(CENT)),
            "quartiles": [str(q.quantize(CENT)) for q in statistics.quantiles(amounts)],
            "standard deviation": f"{statistics.pstdev(map(float, amounts)):.2f}",
        },
    }


def main() -> None:
    copies = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    text = Path(__file__).with_suffix(".csv").read_text(encoding="utf-8")
    print(json.dumps(report(extend(read_sales(text), copies)), indent=2))


if __name__ == "__main__":
    main()
