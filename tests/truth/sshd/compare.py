#!/usr/bin/env python3
"""Compares what Gokajo says of sshd with what sshd -T -C printed for many users and addresses: compare.py OUT. Exit 1 on any difference.

Two questions a case: may root sign in with a password from any of the addresses, may an empty password sign in from any (sshd_config(5))."""
import json
import pathlib
import sys


def accepts_password(printed):
    if printed["passwordauthentication"] != "yes" and not (printed["kbdinteractiveauthentication"] == "yes" and printed["usepam"] == "yes"):
        return False
    methods = printed.get("authenticationmethods", "any").split()
    return any(set(method.split(",")) <= {"any", "password", "keyboard-interactive", "none"} for method in methods)


def truth(table):
    root = empty = False
    for key, text in table.items():
        printed = dict(line.split(" ", 1) for line in text.split(";") if " " in line)
        if accepts_password(printed):
            root = root or (key.startswith("root ") and printed["permitrootlogin"] == "yes")
            empty = empty or printed["permitemptypasswords"] == "yes"
    return {"root": root, "empty": empty}


def main():
    out, wrong, asked = pathlib.Path(sys.argv[1]), 0, 0
    for file in sorted(out.glob("*/printed.json")):
        case = file.parent.name
        scan = json.loads((file.parent / "scan.json").read_text(encoding="utf-8"))
        ssh = scan["evidence"]["sharing"]["ssh"]
        asked += 1
        if "value" not in ssh:
            print(f"{case}: {ssh}")
            wrong += 1
            continue
        cases = ssh["value"]["cases"]
        said = {"root": any(c["user"] == "root" and c["password"] for c in cases), "empty": any(c["empty_password"] for c in cases)}
        wanted = truth(json.loads(file.read_text(encoding="utf-8")))
        verdict = {f["check"]: f["verdict"] for f in scan["findings"]}["sharing.remote-login-restricted"]
        if said != wanted or ((wanted["root"] or wanted["empty"]) and verdict != "fail"):
            print(f"{case}: sshd -T says {wanted}, Gokajo says {said}, verdict {verdict}")
            wrong += 1
    print(f"{asked} configurations, {wrong} differ")
    return 1 if wrong or not asked else 0


if __name__ == "__main__":
    sys.exit(main())
