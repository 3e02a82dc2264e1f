#!/usr/bin/env python3
"""Two scans of one recording say the same.  equal_findings.py ONE.json OTHER.json"""
import json
import sys

one, other = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:3])
problems = [f"{part} differ" for part in ("rules", "findings", "evidence", "device") if one[part] != other[part]]
for a, b in zip(one["findings"], other["findings"]):
    if a != b:
        problems.append(f"{a['check']}: {a['verdict']} and {b['verdict']}")
if not one["findings"]:
    problems.append("there are no findings")
print("\n".join(problems), end="\n" if problems else "")
sys.exit(1 if problems else 0)
