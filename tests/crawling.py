"""A reader that follows numbers: what a page counts, what it lists, where its files lie."""

import csv
import io
import re
from dataclasses import dataclass
from html.parser import HTMLParser

from tests.kit.test_exporting import cells

DAY = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}")  # no count
ALONE = re.compile(r"(?<![\w–-])\d[\d.]*(?![\w–-])")  # a number as a word of its own
YEAR = re.compile(r"(?<![\w.–-])20\d\d(?![\w.–-])")  # no count: those have a dot from a thousand on


@dataclass
class Anchor:
    url: str
    css: str
    figure: int | None
    sum: int | None = None
    text: str = ""


class Page(HTMLParser):
    """The links of a page, and the number of rows it says it lists, and the rupiah it says they add up to."""

    def __init__(self, html: str):
        super().__init__()
        self.anchors: list[Anchor] = []
        self.total: int | None = None
        self.added: dict[str, int] = {}  # by the id of the part of the page that says so
        self.open: Anchor | None = None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if "data-total" in given:
            self.total = int(given["data-total"])
        if "data-total-sum" in given:
            self.added[given.get("id") or ""] = int(given["data-total-sum"])
        if tag == "a" and given.get("href"):
            figure, rupiah = (int(given[name]) if name in given else None for name in ("data-figure", "data-sum"))
            self.open = Anchor(given["href"], given.get("class") or "", figure, rupiah)
            self.anchors.append(self.open)

    def handle_endtag(self, tag):
        if tag == "a":
            self.open = None

    def handle_data(self, data):
        if self.open is not None:
            self.open.text += data

    @property
    def figures(self) -> list[Anchor]:
        return [anchor for anchor in self.anchors if anchor.figure is not None]

    @property
    def sums(self) -> list[Anchor]:
        return [anchor for anchor in self.anchors if anchor.sum is not None]

    @property
    def unmarked(self) -> list[str]:
        """Links that show a number and do not say that they do. Chips carry dates, buttons how many filters hold."""
        return [
            anchor.text
            for anchor in self.anchors
            if anchor.figure is None
            and anchor.sum is None
            and not {"chip", "btn"} & set(anchor.css.split())
            and ALONE.search(YEAR.sub("", DAY.sub("", anchor.text)))
        ]

    def files(self, form: str) -> list[str]:
        return [anchor.url for anchor in self.anchors if re.search(rf"^/unduh/[\w-]+(\.|/){form}/?(\?|$)", anchor.url)]


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def rows_of_csv(response) -> int:
    return len(list(csv.reader(io.StringIO(body(response).decode("utf-8-sig"), newline="")))) - 1


def rows_of_xlsx(response) -> int:
    rows = [row[0] for row in cells(body(response))]
    return len(rows) - rows.index("NO") - 1


def printed_rows(response) -> int:
    """The rows of the page that a list is printed from; its heading is no row."""
    html = response.content.decode()
    return len(re.findall(r"<tr>", html.partition("<tbody>")[2].partition("</tbody>")[0]))
