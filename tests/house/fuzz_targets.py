#!/usr/bin/env python3
"""Fails when a parser of foreign bytes has no fuzz target: every header of collectors/parse/ and every function in it that takes text, every
line of platform/reducers/reducers.inc, and every read_* or parse_* of text in the other rooms (tests/fuzz/)."""
import pathlib
import re
import sys


def functions_of_text(header):
    """Names of functions declared in a header whose first parameter is text."""
    return re.findall(r"\b([a-z]\w+)\(std::string_view \w+", re.sub(r"//.*", "", header.read_text(encoding="utf-8")))


def main():
    root = pathlib.Path(sys.argv[1])
    fuzz = root / "tests/fuzz"
    sources = {path.stem: path.read_text(encoding="utf-8") for path in fuzz.glob("*.cpp")}
    everything = "\n".join(sources.values())
    faults = []
    for header in sorted((root / "collectors/parse").glob("*.h")):
        name = f"collectors/parse/{header.name}"
        if f'#include "{name}"' not in sources["collectors"] or f'{{"{header.stem}"' not in sources["collectors"]:
            faults.append(f'{name}: no target "{header.stem}" in tests/fuzz/collectors.cpp')
        for function in functions_of_text(header):
            if not re.search(rf"\b{function}\(", sources["collectors"]):
                faults.append(f"{name}: {function}() is not called in tests/fuzz/collectors.cpp")
    reducers = re.findall(r"^GOKAJO_REDUCER\((\w+)\)", (root / "platform/reducers/reducers.inc").read_text(encoding="utf-8"), re.M)
    for reducer in reducers:
        if f'{{"{reducer}"' not in sources["reducers"]:
            faults.append(f"platform/reducers/reducers.inc: {reducer} has no row in tests/fuzz/reducers.cpp")
    for room in ("platform", "compliance", "protocol", "agent", "hub"):
        for header in sorted((root / room).rglob("*.h")):
            for function in functions_of_text(header):
                if re.match(r"(read|parse)_", function) and not re.search(rf"\b{function}\b", everything):
                    faults.append(f"{header.relative_to(root)}: {function}() has no target in tests/fuzz/")
    for folder in sorted((fuzz / "regressions").iterdir()) if (fuzz / "regressions").is_dir() else []:
        room, _, name = folder.name.partition(".")
        if f'{{"{name}"' not in sources.get(room, ""):
            faults.append(f"{folder.relative_to(root)}: no such target")
    print("\n".join(faults) if faults else f"every parser and all {len(reducers)} reducers have a fuzz target")
    return 1 if faults else 0


sys.exit(main())
