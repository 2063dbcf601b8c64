"""Count the words of a text: `word_count.py [REPEAT [FILE]]`.

Reads `word_count.txt` beside this program unless a file is given. REPEAT (default 400) reads the
text that many times over, to make the work larger; the counts grow with it.
"""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
SENTENCE_END = re.compile(r"[.!?]")


def words(lines: Iterable[str]) -> Iterator[str]:
    """Every word in lower case, in the order of the text."""
    for line in lines:
        yield from WORD.findall(line.lower())


def neighbours(stream: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each word with the one that follows it."""
    previous = None
    for word in stream:
        if previous is not None:
            yield previous, word
        previous = word


def longest_first(counts: Counter[str]) -> list[str]:
    return sorted(counts, key=lambda word: (-len(word), word))


def most_common(counts: Counter[str], how_many: int) -> list[tuple[str, int]]:
    """Like `Counter.most_common`, but equally frequent words are in alphabetical order."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:how_many]


def main() -> None:
    repeat = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    default = Path(__file__).with_suffix(".txt")
    text = Path(sys.argv[2] if len(sys.argv) > 2 else default).read_text(encoding="utf-8")
    lines = text.splitlines() * max(repeat, 1)

    counts: Counter[str] = Counter()
    lengths: defaultdict[int, int] = defaultdict(int)
    for word in words(lines):
        counts[word] += 1
        lengths[len(word)] += 1
    pairs = Counter(f"{first} {second}" for first, second in neighbours(words(lines)))
    sentences = sum(len(SENTENCE_END.findall(line)) for line in lines)

    print(f"{counts.total()} words, {len(counts)} different, {sentences} sentences")
    print("most common words:")
    for word, count in most_common(counts, 8):
        print(f"  {word:10} {count:7} {'#' * (40 * count // counts['the'])}")
    print("most common pairs:")
    for pair, count in most_common(pairs, 5):
        print(f"  {pair:14} {count:7}")
    print("longest words:", ", ".join(longest_first(counts)[:4]))
    print("lengths:", " ".join(f"{length}:{lengths[length]}" for length in sorted(lengths)))


if __name__ == "__main__":
    main()
