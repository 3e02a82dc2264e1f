#!/usr/bin/env python3
"""The recorded PCs of tests/data/snapshots: what a table replaces is what its file holds, each is small, and none tells of the machine it was made on.

  snapshots.py ROOT"""
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(sys.argv[1])
LARGEST = 300 * 1024
# The PCs' own LAN, the wireless network beside it, and addresses of no network.
OURS = re.compile(r"^(192\.168\.(77|88)\.\d+|127\.|0\.0\.0\.0|255\.)")
ADDRESS = re.compile(r"(?<![\d.:\w~+-])(?:10|127|169|172|192|0|255)\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\d.])")
problems = []

checked = subprocess.run([ROOT / "tests/snapshots/replace.py", "--check"], stdout=subprocess.PIPE, text=True)
if checked.returncode != 0:
    problems.append(checked.stdout.strip())
files = [file for file in sorted((ROOT / "tests/data/snapshots").glob("*.json")) if file.name != "SOURCES.json"]
for file in files:
    text = file.read_text(encoding="utf-8")
    if len(text.encode()) > LARGEST:
        problems.append(f"{file.name}: {len(text.encode())} bytes; see which answer takes the room")
    for address in sorted(set(ADDRESS.findall(text))):
        if not OURS.match(address):
            problems.append(f"{file.name}: an address of another network: {address}")
    snapshot = json.loads(text)
    for entry in snapshot["answers"]:
        kind = next(iter(entry["question"]))
        if kind == "describe_system" and entry["reply"]["system"]["host_name"] != "office-pc":
            problems.append(f"{file.name}: the name of a PC: {entry['reply']['system']['host_name']}")
        if kind == "read_file" and entry["question"]["read_file"].get("reducer") == "apt_sources" and "reply" in entry:
            for url in re.findall(r"https?://\S+", entry["reply"]["file"]["bytes"]):
                if not url.startswith("http://deb.debian.org/"):
                    problems.append(f"{file.name}: a package source that is not everybody's: {url}")
    if "memory" in snapshot or "declarations" in snapshot:
        problems.append(f"{file.name}: recorded with memory or declarations (gokajo record --no-memory)")
if not files:
    problems.append("tests/data/snapshots is empty")
print("\n".join(problems) if problems else f"{len(files)} recorded PCs")
sys.exit(1 if problems else 0)
