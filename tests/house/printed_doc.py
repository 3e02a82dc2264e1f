#!/usr/bin/env python3
"""Fails when docs/NAME.md is not what `gokajo NAME --format markdown` prints.

    printed_doc.py GOKAJO ROOT NAME
"""
import difflib
import pathlib
import subprocess
import sys

program, root, name = sys.argv[1:4]
printed = subprocess.run([program, name, "--format", "markdown"], capture_output=True, check=True).stdout.decode("utf-8")
file = pathlib.Path(root) / "docs" / f"{name}.md"
kept = file.read_text(encoding="utf-8") if file.exists() else ""
if printed != kept:
    for line in list(difflib.unified_diff(kept.splitlines(), printed.splitlines(), f"docs/{name}.md", "printed", n=0, lineterm=""))[:20]:
        print(line)
    print(f"docs/{name}.md is stale; print it anew: gokajo {name} --format markdown >docs/{name}.md")
    sys.exit(1)
print(f"docs/{name}.md is what the program prints")
