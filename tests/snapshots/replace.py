#!/usr/bin/env python3
"""Makes the snapshots of PCs that no machine here can be, out of a recorded PC and a table of other answers.

    replace.py [--check] [TABLE]...   default: every file of replaced/; writes tests/data/snapshots/<name of the table>.json
                                      --check: writes nothing, and fails when one of them is not what its table makes

A table: {"about": ..., "from": <name of a recorded snapshot>, "answers": [...], "processes": [...]}
  answers    {"question": {...}, "reply": {...} or "error": {...} or "prints": <file under tests/data>, "source": {...}}: what the PC answers instead
             ("prints": what a program printed, with exit code 0)
  processes  {"executable": ..., "uid": ..., "guards": true, false or null, "source": {...}}: a program that runs too; guards: it holds fanotify
             permission marks (null: that could not be seen)
Every entry names its source: package, version and command, or a url, or a file of tests/data that names one. Nothing else is changed.
"""
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
DATA = HERE.parent / "data"
SNAPSHOTS = DATA / "snapshots"


def stop(table, why):
    sys.exit(f"{table.name}: {why}")


def key(question):
    """As platform/snapshot.cpp: equal questions are equal but for `unchanged_while`."""
    kind, members = next(iter(question.items()))
    return json.dumps({kind: {name: value for name, value in members.items() if name != "unchanged_while"}}, sort_keys=True)


def sourced(source):
    return bool(source.get("url") or source.get("data") and (DATA / source["data"]).exists() or all(source.get(k) for k in ("package", "version", "command")))


def answer_of(table, entry, observed_at):
    answer = {"question": entry["question"], "observed_at": observed_at}
    given = [name for name in ("reply", "error", "prints") if name in entry]
    if len(given) != 1:
        stop(table, f"give one of reply, error, prints: {entry['question']}")
    if given == ["prints"]:
        answer["reply"] = {"helper": {"exit_code": 0, "out": (DATA / entry["prints"]).read_text(encoding="utf-8"), "err": ""}}
    else:
        answer[given[0]] = entry[given[0]]
    return answer


def make(table):
    told = json.loads(table.read_text(encoding="utf-8"))
    if set(told) - {"about", "from", "answers", "processes"}:
        stop(table, "unknown key")
    snapshot = json.loads((SNAPSHOTS / f"{told['from']}.json").read_text(encoding="utf-8"))
    observed_at = snapshot["recorded_at"]
    by_key = {key(entry["question"]): entry for entry in snapshot["answers"]}
    for entry in told.get("answers", []):
        if not sourced(entry["source"]):
            stop(table, f"no source: {entry['question']}")
        by_key[key(entry["question"])] = answer_of(table, entry, observed_at)
    processes = by_key[key({"list_processes": {}})]["reply"]["processes"]["processes"]
    pid = max(process["pid"] for process in processes)
    for number, entry in enumerate(told.get("processes", [])):
        if not sourced(entry["source"]):
            stop(table, f"no source: {entry['executable']}")
        process = {"executable": entry["executable"], "executable_deleted": False, "executable_denied": False,
                   "name": entry["executable"].rsplit("/", 1)[1][:15], "pid": pid + 1 + number, "started": processes[0]["started"], "uid": entry["uid"]}
        if entry["guards"] is not None:
            process["fanotify_permission"] = entry["guards"]
        processes.append(process)
    snapshot["answers"] = [by_key[k] for k in sorted(by_key)]
    return json.dumps(snapshot, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


check = "--check" in sys.argv
stale = 0
tables = [pathlib.Path(name) for name in sys.argv[1:] if name != "--check"] or sorted((HERE / "replaced").glob("*.json"))
for table in tables:
    text, file = make(table), SNAPSHOTS / table.name
    if not check:
        file.write_text(text, encoding="utf-8")
    elif not file.exists() or file.read_text(encoding="utf-8") != text:
        print(f"{file.relative_to(HERE.parents[1])} is not what its table makes: tests/snapshots/replace.py")
        stale += 1
print(f"{len(tables)} tables" + (f", {stale} stale" if check else " written"))
sys.exit(1 if stale else 0)
