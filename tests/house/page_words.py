#!/usr/bin/env python3
"""Every sentence that a page or its source names is in hub/web/words/*.json in both languages, and none lies there unused."""
import json
import pathlib
import re
import sys

# Keys put together from a word: "role." + the role.
MADE = {"role": "hub/people.h", "deed": "hub/web", "message": "hub/web", "problem": "hub/web", "done": "hub/web"}


def main():
    root = pathlib.Path(sys.argv[1])
    words, wrong = {}, []
    for file in sorted((root / "hub/web/words").glob("*.json")):
        for key, text in json.loads(file.read_text(encoding="utf-8")).items():
            if key in words:
                wrong.append(f"{file.name}: {key} stands in another file too")
            words[key] = text
    wrong += [f"{key}: not in both languages" for key, text in words.items()
             if set(text) != {"ja", "en"} or not text["ja"] or (not text["en"] and key != "mail.to")]
    used = set()
    for template in sorted((root / "hub/web/templates").glob("*.html")):
        for key in re.findall(r"\{\{#t\}\}([^{]*)\{\{/t\}\}", template.read_text(encoding="utf-8")):
            used.add(key)
            if key not in words:
                wrong.append(f"{template.name}: no sentence {key}")
    sources = "".join(path.read_text(encoding="utf-8") for room in ("hub", "hub/declaring", "hub/diagnosis", "hub/evidence", "hub/scs3", "hub/web", "hub/export") for path in sorted((root / room).glob("*.cpp")))
    sources += (root / "hub/web/routes.inc").read_text(encoding="utf-8")
    literals = set(re.findall(r'"([a-z_.]+)"', sources))
    for key in words:
        kind, _, last = key.partition(".")
        if key in used or key in literals:
            continue
        if kind == "role" and last in (root / MADE["role"]).read_text(encoding="utf-8"):
            continue
        if kind in MADE and last in literals:
            continue
        wrong.append(f"{key}: unused")
    for what in re.findall(r'message_page\(visit, [^;]*?"([a-z_]+)"\)', sources):
        if "message." + what not in words:
            wrong.append(f"no sentence message.{what}")
    for what in re.findall(r'record\(visit, "([a-z_.]+)"', sources):
        if "deed." + what not in words:
            wrong.append(f"no sentence deed.{what}")
    print("\n".join(wrong) or f"{len(words)} sentences, all used, all in both languages")
    return 1 if wrong else 0


sys.exit(main())
