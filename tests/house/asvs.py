#!/usr/bin/env python3
"""docs/asvs.md has a row for each requirement of levels 1 and 2 of OWASP ASVS 5.0.0, and what each row names is in the tree.

  asvs.py ROOT [--write]     --write counts the rows at the page's top again

A row is one of
  test            `file` «title»: a test case of a .cpp file, or words of a script under tests/
  design          `file` «words» that are there, or: nowhere in `folder` «words»
  not applicable  nowhere in `folder` «words», which would be there if it applied
  open            what is missing, and what is proposed
The figures of docs/security-decisions.md are looked up in the same way. A title may end in … ; words are compared without capitals where they are to be nowhere."""
import collections
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])
PAGE, DECISIONS = ROOT / "docs/asvs.md", ROOT / "docs/security-decisions.md"
KINDS = ("test", "design", "not applicable", "open")
ROW = re.compile(r"^\| ([0-9]+\.[0-9]+\.[0-9]+) \| ([12]) \| ([^|]+) \| ([a-z ]+) \| (.+) \|$")
SOURCES = {".h", ".cpp", ".inc", ".html", ".css"}
QUOTED = re.compile(r"`([^`]+)`((?:\s*«[^»]+»)+)")
NOWHERE = re.compile(r"nowhere in ((?:`[^`]+`(?:, | and )?)+)((?:\s*«[^»]+»)+)")
texts = {}


def text_of(path):
    if path not in texts:
        texts[path] = path.read_text(encoding="utf-8") if path.is_file() else None
    return texts[path]


def words(quoted):
    return re.findall(r"«([^»]+)»", quoted)


def is_there(name, wanted):
    text = text_of(ROOT / name)
    if text is None:
        return f"no file {name}"
    cut = wanted.removesuffix("…")
    if name.startswith("tests/") and name.endswith("_test.cpp"):
        title = 'TEST_CASE("' + cut.replace('"', '\\"')
        if (title if cut != wanted else title + '"') not in text:
            return f"{name}: no test case «{wanted}»"
    elif cut not in text:
        return f"{name}: does not say «{wanted}»"
    return None


def places(evidence):
    """Each file and what it is said to hold; what is said to be nowhere left out."""
    rest = NOWHERE.sub("", evidence)
    return [(name, word) for name, quoted in QUOTED.findall(rest) for word in words(quoted)]


def absences(evidence):
    for folders, quoted in NOWHERE.findall(evidence):
        for folder in re.findall(r"`([^`]+)`", folders):
            for word in words(quoted):
                yield folder, word


def found_in(folder, word):
    files = [path for path in sorted((ROOT / folder).rglob("*")) if path.suffix in SOURCES]
    if not files:
        return f"no sources in {folder}"
    for path in files:
        if word.lower() in text_of(path).lower():
            return f"{path.relative_to(ROOT)} does say «{word}»"
    return None


def problems_of(kind, evidence):
    named, nowhere = places(evidence), list(absences(evidence))
    if kind == "test" and not any(name.startswith("tests/") for name, _ in named):
        yield "names no test"
    if kind == "design" and not named and not nowhere:
        yield "names nothing that proves it"
    if kind == "not applicable" and not nowhere:
        yield "names nothing whose absence proves it"
    if kind == "open" and len(evidence) < 40:
        yield "does not say what is missing"
    yield from filter(None, (is_there(*one) for one in named))
    yield from filter(None, (found_in(*one) for one in nowhere))


def head(counts):
    total = sum(counts.values())
    cells = " | ".join(str(counts[kind]) for kind in KINDS)
    return f"| by test | by design | not applicable | open | all |\n|---|---|---|---|---|\n| {cells} | {total} |\n"


def main():
    levels = json.loads((ROOT / "tests/data/asvs/requirements.json").read_text(encoding="utf-8"))["levels"]
    page = PAGE.read_text(encoding="utf-8")
    faults, seen, counts = [], [], collections.Counter()
    for line in page.splitlines():
        if not re.match(r"^\| [0-9]+\.[0-9]", line):
            continue
        row = ROW.match(line)
        if not row:
            faults.append(f"no row: {line[:80]}")
            continue
        number, level, _, kind, evidence = row.groups()
        seen.append(number)
        counts[kind] += 1
        if levels.get(number) != int(level):
            faults.append(f"{number}: of level {levels.get(number)}, not {level}")
        if kind not in KINDS:
            faults.append(f"{number}: «{kind}» is none of {', '.join(KINDS)}")
        faults += [f"{number}: {what}" for what in problems_of(kind, evidence)]
    faults += [f"{number}: no row" for number in levels if number not in seen]
    faults += [f"{number}: {count} rows" for number, count in collections.Counter(seen).items() if count > 1]
    if seen != [number for number in levels if number in seen]:
        faults.append("rows are not in the standard's order")
    if "--write" in sys.argv:
        page = re.sub(r"\| by test \|.*?\n\|[-|]+\n\|.*?\n", lambda _: head(counts), page, count=1)
        PAGE.write_text(page, encoding="utf-8")
    if head(counts) not in page:
        faults.append("the counts at the top are others: python3 tests/house/asvs.py . --write")
    figures = DECISIONS.read_text(encoding="utf-8").partition("\n## Figures")[2]
    stand = places(figures)
    if len(stand) < 20:
        faults.append("docs/security-decisions.md: its figures are gone")
    faults += [f"docs/security-decisions.md: {what}" for what in filter(None, (is_there(*one) for one in stand))]
    print("\n".join(faults) if faults else f"{len(seen)} requirements: " + ", ".join(f"{counts[kind]} {kind}" for kind in KINDS) + f"; {len(stand)} figures")
    return 1 if faults else 0


sys.exit(main())
