"""Compares a scan's missing updates with what the package manager really changed: compare.py DIRECTORY.

The directory holds before and after ("name architecture version" lines printed by rpm or pacman), scan.json, expected, files-before and files-after.
"""
import json
import pathlib
import sys


def listing(path):
    found = {}
    for line in open(path, encoding="utf-8"):
        name, architecture, version = line.split()
        found.setdefault((name, architecture), []).append(version)
    return found


def really_changed(before, after):
    """(name, architecture) -> (old, new). A package that may stand in several versions (a kernel) comes newly beside the old one."""
    changed = {}
    for key in before.keys() | after.keys():
        gone = [v for v in before.get(key, []) if v not in after.get(key, [])]
        came = [v for v in after.get(key, []) if v not in before.get(key, [])]
        if gone or came:
            changed[key] = (" ".join(gone), " ".join(came))
    return changed


def missing_updates(pending, changed):
    problems = []
    said = {(u["name"], u["architecture"]): (u["installed"], u["offered"]) for u in pending["updates"] if u["state"] == "install"}
    for key in sorted(changed.keys() | said.keys()):
        if changed.get(key) != said.get(key):
            problems.append("%s.%s: the real upgrade did %s, the scan said %s" % (*key, changed.get(key), said.get(key)))
    return problems


def argued(expected, updates):
    by_name = {}
    for update in updates:
        by_name.setdefault(update["name"], []).append(update)
    for word, name, *rest in (e for e in expected if e[0] != "restart"):
        found = by_name.get(name, [])
        if word == "security" and not (found and all(u["security"] == "yes" for u in found)):
            yield "%s should be a security fix: %s" % (name, found)
        if word == "not_security" and any(u["security"] == "yes" for u in found):
            yield "%s should be no security fix: %s" % (name, found)
        if word == "unknown_security" and not (found and all(u["security"] == "unknown" for u in found)):
            yield "nobody can say whether %s is a security fix: %s" % (name, found)
        if word == "waits" and [u["state"] for u in found] != rest:
            yield "%s should wait as %s: %s" % (name, rest[0], found)
        if word == "dated" and [u.get("fix_not_after", "")[:10] for u in found] != rest:
            yield "the fix of %s should be dated %s: %s" % (name, rest[0], found)


def restart(directory, expected, state):
    """What the package manager itself says (yes or no) is what the scan says; `restart newer_kernel yes` is what the state argues."""
    asked = pathlib.Path(directory, "asks-restart")
    if asked.exists() and state.get("marked") != asked.read_text(encoding="utf-8").strip():
        yield "the package manager asks for a restart: %s; the scan said %s" % (asked.read_text(encoding="utf-8").strip(), state)
    for word, field, value in (e for e in expected if e[0] == "restart"):
        if state.get(field) != value:
            yield "%s should be %s: %s" % (field, value, state)


def main(directory):
    updates = json.load(open(directory + "/scan.json", encoding="utf-8"))["evidence"]["updates"]
    pending, sources = updates.get("pending", {}), updates.get("sources", {})
    expected = [line.split() for line in open(directory + "/expected", encoding="utf-8")]
    changed = really_changed(listing(directory + "/before"), listing(directory + "/after"))
    problems = []
    if ["unmeasured", "pending"] in expected:
        if "value" in pending:
            problems.append("nothing may be concluded here, and the scan said %s" % pending["value"])
    elif "value" not in pending:
        problems.append("the scan has no list of missing updates: %s" % pending)
    else:
        problems += missing_updates(pending["value"], changed)
        problems += argued(expected, pending["value"]["updates"])
    for word, name in (e for e in expected if e[0] == "never_fetched"):
        if [s["state"] for s in sources.get("value", {}).get("sources", []) if s["name"] == name] != [word]:
            problems.append("the source %s should be never_fetched: %s" % (name, sources))
    problems += restart(directory, expected, updates.get("restart", {}).get("value", {}))
    if not changed and not expected:
        problems.append("the state changes nothing and proves nothing")
    before, after = (set(open(directory + name, encoding="utf-8")) for name in ("/files-before", "/files-after"))
    problems += ["the scan changed " + line.strip() for line in sorted(after - before)]
    return problems


if __name__ == "__main__":
    found = main(sys.argv[1])
    print("\n".join(found))
    sys.exit(1 if found else 0)
