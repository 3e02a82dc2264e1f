#!/usr/bin/env python3
"""Fails when Gokajo.admx offers what the agent does not read (agent/prepared_setup.h) or leaves out what it reads, or when a text it names is missing
in Japanese or English, or named by nothing."""
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

SPACE = "{http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions}"


def names(root, tag, attribute):
    return [element.get(attribute) for element in root.iter(SPACE + tag)]


def main():
    root = pathlib.Path(sys.argv[1])
    folder = root / "packaging/windows/admx"
    text = (folder / "Gokajo.admx").read_text(encoding="utf-8")
    admx = ElementTree.fromstring(text.encode())
    faults = []
    listed = re.search(r"kPolicyNames\[\] = \{([^}]*)\}", (root / "agent/prepared_setup.h").read_text(encoding="utf-8"))[1]
    read = set(re.findall(r'"(\w+)"', listed))
    taken = set(re.findall(r'take\(settings, "(\w+)"', (root / "agent/prepared_setup.cpp").read_text(encoding="utf-8")))
    offered = set(names(admx, "text", "valueName"))
    if not read == taken == offered:
        faults.append(f"listed {sorted(read)}, read {sorted(taken)}, offered {sorted(offered)}: not the same")
    for policy in admx.iter(SPACE + "policy"):
        if policy.get("key") != r"SOFTWARE\Policies\Gokajo" or policy.get("class") != "Machine":
            faults.append(f"{policy.get('name')}: not under HKLM\\SOFTWARE\\Policies\\Gokajo")
    named = {kind: set(re.findall(rf"\$\({kind}\.(\w+)\)", text)) for kind in ("string", "presentation")}
    boxes = set(names(admx, "text", "id"))
    for language in ("ja-JP", "en-US"):
        adml = ElementTree.parse(folder / language / "Gokajo.adml").getroot()
        for kind in named:
            there = names(adml, kind, "id")
            if set(there) != named[kind] or len(there) != len(set(there)):
                faults.append(f"{language}: {kind}s {sorted(set(there) ^ named[kind])} are missing, named by nothing or there twice")
        if set(names(adml, "textBox", "refId")) != boxes:
            faults.append(f"{language}: boxes {sorted(set(names(adml, 'textBox', 'refId')) ^ boxes)}")
        if any(not (element.text or "").strip() for element in [*adml.iter(SPACE + "string"), *adml.iter(SPACE + "label")]):
            faults.append(f"{language}: an empty text")
    print("\n".join(faults) if faults else f"{len(offered)} policies, in both languages, and each is read")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
