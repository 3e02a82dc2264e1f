#!/usr/bin/env python3
"""Fails when a file of tests/data is not named in the SOURCES.json of its folder, with package, version and command, or a URL."""
import json
import pathlib
import sys


def faults(root):
    data = root / "tests" / "data"
    for path in sorted(data.rglob("*")):
        if not path.is_file() or path.name in {"SOURCES.json", "README.md"}:
            continue
        listing = path.parent / "SOURCES.json"
        if not listing.exists():
            yield f"{path.relative_to(root)}: no SOURCES.json beside it"
            continue
        source = json.loads(listing.read_text(encoding="utf-8")).get(path.name)
        if not source:
            yield f"{path.relative_to(root)}: not named in SOURCES.json"
        elif not source.get("url") and not all(source.get(key) for key in ("package", "version", "command")):
            yield f"{path.relative_to(root)}: needs package, version and command, or a url"
    for listing in sorted(data.rglob("SOURCES.json")):
        for name in json.loads(listing.read_text(encoding="utf-8")):
            if not (listing.parent / name).is_file():
                yield f"{listing.relative_to(root)}: names {name}, which is not there"


found = list(faults(pathlib.Path(sys.argv[1])))
print("\n".join(found) if found else "every fixture names its source")
sys.exit(1 if found else 0)
