#!/usr/bin/env python3
"""Fails when docs/checks.md is not what `gokajo checks --format markdown` prints.

    checks_doc.py GOKAJO ROOT
"""
import difflib
import pathlib
import subprocess
import sys

program, root = sys.argv[1:3]
printed = subprocess.run([program, "checks", "--format", "markdown"], capture_output=True, check=True).stdout.decode("utf-8")
file = pathlib.Path(root) / "docs" / "checks.md"
kept = file.read_text(encoding="utf-8") if file.exists() else ""
if printed != kept:
    for line in list(difflib.unified_diff(kept.splitlines(), printed.splitlines(), "docs/checks.md", "printed", n=0, lineterm=""))[:20]:
        print(line)
    print("docs/checks.md is stale; print it anew: gokajo checks --format markdown >docs/checks.md")
    sys.exit(1)
print("docs/checks.md is what the program prints")
