#!/usr/bin/env python3
"""Fails when a data file of the project does not fit its schema, or says what a schema cannot forbid: dates in disorder, sources that lead nowhere.

Checked: compliance/data/lifecycle.json, compliance/packs, compliance/briefings, hub/scs3/data, compliance/wording (its shape is tested by the program itself).
"""
import datetime
import json
import pathlib
import sys

import jsonschema

FORMATS = jsonschema.FormatChecker()


def read(path):
    def unique(pairs):
        names = [name for name, _ in pairs]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"{path}: key {name!r} stands twice")
        return dict(pairs)

    return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=unique)


def against_schema(root, schema_name, paths):
    schema = read(root / "docs/schema" / schema_name)
    validator = jsonschema.Draft202012Validator(schema, format_checker=FORMATS)
    validator.check_schema(schema)
    if not paths:
        yield f"{schema_name}: no file to check"
    for path in paths:
        for error in validator.iter_errors(read(path)):
            yield f"{path.relative_to(root)}: {'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"


def day(text):
    return datetime.date.fromisoformat(text)


def date_problems(row, place, end):
    for extended in row.get("extended", []):
        if end and day(extended["until"]) < day(end):
            yield f"{place}: {extended['kind']} ends on {extended['until']}, before {end}"
    practice = row.get("practice", {})
    if practice.get("rely_until") and day(practice["rely_until"]) < day(practice["seen"]):
        yield f"{place}: rely_until lies before seen"


def lifecycle_problems(table):
    sources = {source["id"]: source for source in table["sources"]}
    if len(sources) != len(table["sources"]):
        yield "sources: an id stands twice"
    for source in table["sources"]:
        if day(source["as_of"]) > datetime.date.today() + datetime.timedelta(days=1):
            yield f"sources: {source['id']} was read in the future"
    conditions = {condition["id"] for condition in table["conditions"]}
    used = set()
    seen = set()
    for row in table["releases"]:
        place = f"releases: {row['os']} {row['release']} {row.get('edition', '')}".strip()
        if place in seen:
            yield f"{place} stands twice"
        seen.add(place)
        used.add(row["source"])
        for extended in row.get("extended", []):
            if extended["condition"] not in conditions:
                yield f"{place}: no condition {extended['condition']}"
        yield from date_problems(row, place, row["free_until"])
        # Microsoft ends support with a monthly update, which comes on a Tuesday.
        if row["os"] == "windows" and row["free_until"] and day(row["free_until"]).weekday() != 1:
            yield f"{place}: {row['free_until']} is no Tuesday"
    policies = {policy["product"]: policy for policy in table["policies"]}
    if len(policies) != len(table["policies"]):
        yield "policies: a product stands twice"
    for row in table["software"]:
        place = f"software: {row['product']} {row['release']}"
        if place in seen:
            yield f"{place} stands twice"
        seen.add(place)
        used.add(row["source"])
        if row["product"] not in policies:
            yield f"{place}: no policy"
        elif policies[row["product"]]["kind"] != row["kind"]:
            yield f"{place}: another kind than its policy"
        yield from date_problems(row, place, row["until"])
    used |= {row["source"] for row in table["rolling"] + table["policies"]}
    for missing in sorted(used - sources.keys()):
        yield f"no source {missing}"
    # S2 is named by the descriptions of the others: every one was read by way of it.
    for idle in sorted(sources.keys() - used - {"S2"}):
        yield f"source {idle} is used by no row"


def pack_problems(pack, name):
    sources = {source["id"] for source in pack["sources"]}
    checks = [check for rule in pack["rules"] for check in rule["checks"]] + pack.get("extras", [])
    for check in checks:
        for source in check.get("sources", []):
            if source not in sources:
                yield f"{name}: {check.get('check')}: no source {source}"
    for rule in pack["rules"]:
        if rule.get("source") and rule["source"] not in sources:
            yield f"{name}: rule {rule['id']}: no source {rule['source']}"
        if not any(check["role"] == "required" for check in rule["checks"]) and not pack.get("extends"):
            yield f"{name}: rule {rule['id']} has no required check"
    rules = {rule["id"] for rule in pack["rules"]}
    for question in pack.get("questions", []):
        if question["rule"] not in rules and not pack.get("extends"):
            yield f"{name}: question {question['id']} names no rule"


def level_problems(table, releases):
    """The table is what was gathered beside the described PCs, row by row."""
    gathered = {(int(name.split()[-1]), name.startswith("server ")): sorted((row["ubr"], row["date"], row["kind"], row["source"]) for row in rows)
                for name, rows in releases["builds"].items()}
    held = {(build["build"], build.get("server", False)): [(row["level"], row["day"], row["kind"], row["source"]) for row in build["levels"]]
            for build in table["builds"]}
    for build in sorted(gathered.keys() | held.keys()):
        if gathered.get(build) != held.get(build):
            yield f"windows_levels.json: build {build[0]}{' (server)' if build[1] else ''}: other rows than b_releases.json"


def main(root):
    lifecycle = root / "compliance/data/lifecycle.json"
    packs = sorted((root / "compliance/packs").glob("*.json"))
    briefings = sorted((root / "compliance/briefings").glob("*.json"))
    found = []
    for schema, paths in (("lifecycle.schema.json", [lifecycle]), ("windows-levels.schema.json", [root / "compliance/data/windows_levels.json"]), ("pack.schema.json", packs), ("briefing.schema.json", briefings), ("scs3.schema.json", [root / "hub/scs3/data/scs3.json"])):
        found += against_schema(root, schema, paths)
    found += lifecycle_problems(read(lifecycle))
    found += level_problems(read(root / "compliance/data/windows_levels.json"), read(root / "tests/data/windows/b_releases.json"))
    for pack in packs:
        found += pack_problems(read(pack), pack.name)
    return found


problems = main(pathlib.Path(sys.argv[1]))
print("\n".join(problems) if problems else "every data file fits its schema and itself")
sys.exit(1 if problems else 0)
