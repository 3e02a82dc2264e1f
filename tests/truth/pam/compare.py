"""compare.py OUT RECORDED: what this run found against what was recorded and, when gokajo ran, against what gokajo reports."""
import json
import pathlib
import sys

out, recorded = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
found = json.loads((out / "found.json").read_text(encoding="utf-8"))
faults = []
if not recorded.exists():
    faults.append("nothing recorded")
else:
    known = json.loads(recorded.read_text(encoding="utf-8"))
    for key in ("first_mixed", "first_lower"):
        if known[key] != found[key]:
            faults.append(f"recorded {key} {known[key]}")
said = f"first taken {found['first_mixed']}, of lower-case letters only {found['first_lower']}"
# The shortest that any password is taken with, whatever it is made of.
shortest = min((n for n in (found["first_mixed"], found["first_lower"]) if n is not None), default=None)
scan = out / "scan.json"
if scan.exists():
    rule = json.loads(scan.read_text(encoding="utf-8"))["evidence"]["passwords"]["rules"]
    reported = rule.get("value", {}).get("passwd", {"shortest": "nothing"}).get("shortest")
    said += f", gokajo says {reported}"
    if reported != shortest:
        faults.append(f"gokajo reports {reported} ({rule})")
print("; ".join([said] + faults))
sys.exit(1 if faults else 0)
