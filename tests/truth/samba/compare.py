#!/usr/bin/env python3
"""Compares what Gokajo says of each share with what a real anonymous smbclient could do: compare.py OUT. Exit 1 on any difference.

OUT/CASE/observed.json: {"share": "none"|"read"|"write"}; OUT/CASE/scan.json: the evidence of the scan made while smbd ran.
A share that Gokajo does not list counts as none: nobody is said to open it."""
import json
import pathlib
import sys


def main():
    out, wrong, asked = pathlib.Path(sys.argv[1]), 0, 0
    for observed in sorted(out.glob("*/observed.json")):
        case = observed.parent.name
        scan = json.loads((observed.parent / "scan.json").read_text(encoding="utf-8"))
        samba = scan["evidence"]["sharing"]["samba"]
        if "value" not in samba:
            print(f"{case}: {samba}")
            wrong += 1
            continue
        said = {share["name"]: share["strangers"] for share in samba["value"]["shares"]}
        fails = {item["parameters"]["name"]["name"] for finding in scan["findings"] if finding["check"] == "sharing.guest-access-off"
                 and finding["verdict"] == "fail" for item in finding["items"]}
        for share, access in json.loads(observed.read_text(encoding="utf-8")).items():
            asked += 1
            named = share in fails
            if said.get(share, "none") != access or named != (access != "none"):
                print(f"{case}/{share}: smbclient could {access}, Gokajo says {said.get(share, 'nothing')}, named as open: {named}")
                wrong += 1
    print(f"{asked} shares asked, {wrong} differ")
    return 1 if wrong or not asked else 0


sys.exit(main())
