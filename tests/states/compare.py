"""Compares a state's scan with the scan of the untouched PC against what the state file expects.

    compare.py EXPECTATIONS BEFORE AFTER

EXPECTATIONS: JSON lines {"kind": "expect"|"keep"|"may"|"is", "check": ..., "from": [...], "to": [...], "names": [...]}.
BEFORE and AFTER: what `gokajo scan --format json` printed. Prints one line per deviation; exit 1 when there is one.
A finding that no line speaks of must be the same in both: its verdict, situation, parameters and items, times left out.
"""
import json
import re
import sys

TIME = re.compile(r"\d{4}-\d\d-\d\d(T[\d:.]+Z?)?")
WORST = ["fail", "unknown", "ask", "pass", "not_applicable"]


def leaves(value):
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item)
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item)
    else:
        yield str(value)


def named(name, text):
    """True when `name` stands in `text` as a word of its own: 6 is not named by 16 or 2.36."""
    start = r"(?<![\w.])" if name[0].isalnum() else ""
    end = r"(?![\w]|\.\d)" if name[-1].isalnum() else ""
    return re.search(start + re.escape(name) + end, text) is not None


def by_check(scan):
    """check id -> (verdict, situation, parameters and items without times, all their text)."""
    found = {}
    for finding in scan["findings"]:
        found.setdefault(finding["check"], []).append(finding)
    result = {}
    for check, findings in found.items():
        verdict = min((f["verdict"] for f in findings), key=WORST.index)
        parameters = [{key: f.get(key) for key in ("situation", "parameters", "items")} for f in findings]
        result[check] = (verdict, TIME.sub("<time>", json.dumps(parameters, sort_keys=True, ensure_ascii=False)), "\n".join(leaves(parameters)))
    return result


def rule_problems(scan):
    """Every rule's verdict follows from its required findings (design.md section 2), and the exit code's meaning from the rules."""
    for rule in scan["rules"]:
        verdicts = [f["verdict"] for f in scan["findings"] if f["rule"] == rule["id"] and f["required"]]
        if not verdicts:
            continue
        if "fail" in verdicts or "unknown" in verdicts or "ask" in verdicts:
            want = [v for v in ("fail", "unknown", "ask") if v in verdicts][0]
        else:
            want = "pass" if "pass" in verdicts else "not_applicable"
        if rule["verdict"] != want:
            yield f"rule {rule['id']} says {rule['verdict']}, its required findings say {want}"


def problems(expected, before, after):
    spoken = {}
    for line in expected:
        check, kind = line["check"], line["kind"]
        spoken[check] = kind
        if check not in after:
            yield f"{check}: no such finding"
            continue
        if kind == "may":
            continue
        old, new = before.get(check, ("absent", "", ""))[0], after[check][0]
        if kind in ("expect", "keep") and line["from"] and old not in line["from"]:
            yield f"{check}: untouched is {old}, expected {'|'.join(line['from'])}"
        if line["to"] and new not in line["to"]:
            yield f"{check}: got {new}, expected {'|'.join(line['to'])}"
        for name in line["names"]:
            if not named(name, after[check][2]):
                yield f"{check}: does not name {name}: {after[check][1][:300]}"
    for check in sorted(set(before) | set(after)):
        if check in spoken:
            continue
        old, new = before.get(check, ("absent", "", "")), after.get(check, ("absent", "", ""))
        if old[0] != new[0]:
            yield f"{check}: turned from {old[0]} to {new[0]}, expected no change: {new[1][:300]}"
        elif old[1] != new[1]:
            yield f"{check}: its parameters changed: {old[1][:200]} -> {new[1][:200]}"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        expected = [json.loads(line) for line in file if line.strip()]
    scans = []
    for path in sys.argv[2:4]:
        with open(path, encoding="utf-8") as file:
            scans.append(json.load(file))
    found = list(problems(expected, by_check(scans[0]), by_check(scans[1])))
    found += list(rule_problems(scans[1]))
    for line in found:
        print(f"  {line}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
