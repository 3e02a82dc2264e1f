#!/usr/bin/env python3
"""Each sheet of docs/sheets says in print what it says as a page: the same letters, on one sheet of A4. Letters are compared as a bag, for their order on paper is
the layout's; `docs/sheets/print` makes the PDF anew.

  sheets.py ROOT"""
import collections
import html.parser
import pathlib
import re
import shutil
import subprocess
import sys
import unicodedata

FOLDER = pathlib.Path(sys.argv[1]) / "docs/sheets"
A4 = (595, 842)  # points


class Body(html.parser.HTMLParser):
    """What is shown of a page: the text of its body, that in pictures too."""

    def __init__(self):
        super().__init__()
        self.text, self.inside, self.hidden = "", False, 0

    def handle_starttag(self, tag, attributes):
        self.inside = self.inside or tag == "body"
        self.hidden += tag in ("script", "style")

    def handle_endtag(self, tag):
        self.hidden -= tag in ("script", "style")

    def handle_data(self, data):
        if self.inside and not self.hidden:
            self.text += data


def letters(text):
    return collections.Counter(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))


def told(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def faults(page):
    pdf = page.with_suffix(".pdf")
    if not pdf.exists():
        yield "has no PDF"
        return
    body = Body()
    body.feed(page.read_text(encoding="utf-8"))
    asked, printed = letters(body.text), letters(told("pdftotext", "-layout", str(pdf), "-"))
    for letter in sorted((asked - printed) + (printed - asked)):
        yield f"{letter!r} stands {asked[letter]} times on the page and {printed[letter]} times on paper"
    facts = dict(line.split(":", 1) for line in told("pdfinfo", str(pdf)).splitlines() if ":" in line)
    if facts["Pages"].strip() != "1":
        yield f"takes {facts['Pages'].strip()} sheets"
    size = [round(float(number)) for number in re.findall(r"[\d.]+", facts["Page size"])[:2]]
    if any(abs(a - b) > 2 for a, b in zip(size, A4)):
        yield f"is printed on {size} points, not on A4"


if not shutil.which("pdftotext") or not shutil.which("pdfinfo"):
    print("poppler-utils is not installed: skipped")
    sys.exit(77)
pages = sorted(FOLDER.glob("*.html"))
problems = [f"{page.name}: {fault}" for page in pages for fault in faults(page)]
problems += [f"{pdf.name}: no page it is made from" for pdf in FOLDER.glob("*.pdf") if not pdf.with_suffix(".html").exists()]
if not pages:
    problems.append("docs/sheets is empty")
print("\n".join(problems) if problems else f"{len(pages)} sheets say in print what they say as a page")
sys.exit(1 if problems else 0)
