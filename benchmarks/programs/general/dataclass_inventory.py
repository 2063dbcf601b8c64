"""An inventory of data classes and enumerations over N orders: `replace`, ordering, `asdict`."""

import sys
from dataclasses import asdict, dataclass, field, replace
from enum import Enum

SIZES = {"tiny": 200, "small": 235_000, "large": 1_950_000}


class Status(Enum):
    NEW = "new"
    PACKED = "packed"
    SENT = "sent"


@dataclass(frozen=True, order=True)
class Article:
    code: str
    price: int


@dataclass
class Line:
    article: Article
    quantity: int = 1

    @property
    def total(self):
        return self.article.price * self.quantity


@dataclass
class Order:
    number: int
    lines: list = field(default_factory=list)
    status: Status = Status.NEW

    def total(self):
        return sum(line.total for line in self.lines)


FOLLOWING = {Status.NEW: Status.PACKED, Status.PACKED: Status.SENT, Status.SENT: Status.SENT}


def main(count):
    articles = sorted(Article(f"A{number * 37 % 101:03}", 100 + number) for number in range(101))
    revenue = 0
    sent = 0
    exported = 0
    stock = dict.fromkeys(articles, 1_000)
    for number in range(count):
        order = Order(number)
        for k in range(number % 4 + 1):
            article = articles[(number * 7 + k * 13) % 101]
            order.lines.append(Line(article, k + 1))
            stock[article] -= k
        for _ in range(number % 3):
            order = replace(order, status=FOLLOWING[order.status])
        if order.status is Status.SENT:
            sent += 1
            revenue += order.total()
        if number % 16 == 0:
            exported += len(asdict(order)["lines"])
        if order.lines[0] == Line(articles[5], 1):
            revenue += 1
    print(revenue, sent, exported, min(stock.values()))


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
