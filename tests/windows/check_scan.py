#!/usr/bin/env python3
"""A scan under Wine: nothing passes or fails for want of an answer.  check_scan.py SCAN.json"""
import json
import pathlib
import sys

scan = json.load(open(sys.argv[1], encoding="utf-8"))
problems = []
if scan["format"] != "gokajo-scan/1":
    problems.append("format " + scan["format"])
if scan["evidence"]["device"]["system"]["value"]["family"] != "windows":
    problems.append("the system is not Windows")
if "value" not in scan["evidence"]["device"]["windows"]:
    problems.append("which Windows it is was not found: " + json.dumps(scan["evidence"]["device"]["windows"]))
# Wine has no Security Center, no real shares and no password rules: whatever rests on them is unknown or a question.
WINE_LACKS = {"antivirus.active", "antivirus.real-time", "antivirus.definitions-fresh", "passwords.length", "passwords.lockout",
              "sharing.folders-restricted", "sharing.firewall-on", "updates.security-installed"}
# What Wine answers, which docs/proven-windows.md tells.
listed = {line for line in (pathlib.Path(__file__).parent / "answered_by_wine.txt").read_text().splitlines() if line and not line.startswith("#")}
answered = {finding["check"] for finding in scan["findings"] if finding["verdict"] != "unknown"}
problems += [f"{check} is answered, and not in answered_by_wine.txt" for check in sorted(answered - listed)]
problems += [f"{check} is in answered_by_wine.txt, and not answered" for check in sorted(listed - answered)]
for finding in scan["findings"]:
    if finding["check"] in WINE_LACKS and finding["verdict"] in ("pass", "fail"):
        problems.append(f"{finding['check']} is {finding['verdict']}")
    if not finding["text"]["ja"] or not finding["text"]["en"]:
        problems.append(f"{finding['check']} has no words")
print("\n".join(problems), end="\n" if problems else "")
sys.exit(1 if problems else 0)
