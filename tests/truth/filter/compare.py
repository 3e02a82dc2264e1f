#!/usr/bin/env python3
"""Compares the packet filter that a scan saw with nft and without: compare.py OUT. Exit 1 on any difference.

OUT/CASE: tables.txt (what `nft list tables` printed), with.json and without.json (scans), record.json. OUT/known: cases that need no nft."""
import json
import pathlib
import sys


def filter_of(path):
    return json.loads(path.read_text(encoding="utf-8"))["evidence"]["sharing"]["packet_filter"]


def kernel_tables(path):
    for entry in json.loads(path.read_text(encoding="utf-8"))["answers"]:
        if entry["question"].get("list_filter_tables") is not None:
            return {(table["family"], table["name"]) for table in entry["reply"]["filter_tables"]["tables"]}
    return None


def problems(case, known):
    listed = {tuple(line.split()[1:]) for line in (case / "tables.txt").read_text(encoding="utf-8").splitlines()}
    asked = kernel_tables(case / "record.json")
    if asked != listed:
        yield f"the kernel told of {asked}, nft lists {listed}"
    seen, without = filter_of(case / "with.json"), filter_of(case / "without.json")
    if "value" not in seen:
        yield f"with nft nothing was seen: {seen}"
    elif "value" not in without:
        if known:
            yield f"without nft nothing was seen: {without}"
    else:
        for version in ("ipv4", "ipv6"):
            said = without["value"][version]
            if said not in (seen["value"][version], "depends") or (known and said == "depends"):
                yield f"{version}: without nft {said}, with nft {seen['value'][version]}"


def main():
    out = pathlib.Path(sys.argv[1])
    known = (out / "known").read_text(encoding="utf-8").split()
    cases = sorted(path for path in out.iterdir() if path.is_dir())
    found = [f"{case.name}: {problem}" for case in cases for problem in problems(case, case.name in known)]
    print("\n".join(found + [f"{len(cases)} cases, {len(found)} problems"]))
    return 1 if found or len(cases) < len(known) else 0


sys.exit(main())
