#!/usr/bin/env python3
"""Writes the SOURCES.json of every folder below DIR: name_sources.py DIR PACKAGE VERSION COMMAND. What --record kept is named with the command that made it."""
import json
import pathlib
import sys

top, package, version, command = pathlib.Path(sys.argv[1]), *sys.argv[2:5]
for folder in [top, *(p for p in top.rglob("*") if p.is_dir())]:
    names = sorted(p.name for p in folder.iterdir() if p.is_file() and p.name != "SOURCES.json")
    if names:
        entries = {name: {"package": package, "version": version, "command": f"{command} (case {folder.relative_to(top)})"} for name in names}
        (folder / "SOURCES.json").write_text(json.dumps(entries, indent=1) + "\n", encoding="utf-8")
