"""Compares a scan's missing updates with what dpkg's status says apt really changed: compare.py DIRECTORY (before, after, scan.json, expected)."""
import json
import sys


def status(path):
    """(name, architecture) -> version of what is installed; the package manager's own words, read without any code of the project."""
    found = {}
    for stanza in open(path, encoding="utf-8").read().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in stanza.splitlines() if line[:1].strip() and ": " in line)
        if fields.get("Status", "").split()[-1:] == ["installed"]:
            found[fields["Package"], fields["Architecture"]] = fields["Version"]
    return found


def really_changed(before, after):
    native = "amd64"

    def by_slot(packages):
        # A package that turns from one architecture into "all" is the same package to apt: "all" lives in the native slot.
        return {(name, native if arch == "all" else arch): version for (name, arch), version in packages.items()}

    before, after = by_slot(before), by_slot(after)
    return {key: (before.get(key, ""), after.get(key, "")) for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def main(directory):
    changed = really_changed(status(directory + "/before"), status(directory + "/after"))
    evidence = json.load(open(directory + "/scan.json", encoding="utf-8"))["evidence"]
    pending = evidence["updates"]["pending"]
    if "value" not in pending:
        return ["the scan has no list of missing updates: %s" % pending]
    updates = pending["value"]["updates"]
    said = {(u["name"], "amd64" if u["architecture"] == "all" else u["architecture"]): (u["installed"], u["offered"]) for u in updates if u["state"] == "install"}
    problems = []
    for key in sorted(changed.keys() | said.keys()):
        if changed.get(key) != said.get(key):
            problems.append("%s:%s: apt-get dist-upgrade did %s, the scan said %s" % (*key, changed.get(key), said.get(key)))
    expected = [line.split() for line in open(directory + "/expected", encoding="utf-8")]
    by_name = {}
    for update in updates:
        by_name.setdefault(update["name"], []).append(update)
    for word, name, *rest in expected:
        found = by_name.get(name, [])
        if word == "security" and not (found and all(u["security"] == "yes" for u in found)):
            problems.append("%s should be a security fix: %s" % (name, found))
        if word == "not_security" and any(u["security"] == "yes" for u in found):
            problems.append("%s should be no security fix: %s" % (name, found))
        if word == "waits" and [u["state"] for u in found] != rest:
            problems.append("%s should wait as %s: %s" % (name, rest[0], found))
    if not changed and not expected:
        problems.append("the state changes nothing and proves nothing")
    return problems


if __name__ == "__main__":
    found = main(sys.argv[1])
    print("\n".join(found))
    sys.exit(1 if found else 0)
