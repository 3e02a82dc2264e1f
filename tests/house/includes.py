#!/usr/bin/env python3
"""Fails when an include line of the house points into a room it may not know (docs/architecture.md)."""
import pathlib
import re
import sys

ALLOWED = {
    "platform": {"platform"},
    "compliance": {"compliance", "platform"},
    "collectors": {"collectors", "compliance", "platform"},
    "protocol": {"protocol", "compliance", "platform"},
    "agent": {"agent", "collectors", "compliance", "protocol", "platform"},
    "hub": {"hub", "compliance", "protocol", "platform"},
}
# The pure room knows of platform what is pure itself: results, times, bytes, their JSON form, compiled-in data. Never a Host.
COMPLIANCE_MAY = {"platform/result.h", "platform/time.h", "platform/bytes.h", "platform/json_form.h", "platform/form_text.h",
                  "platform/embedded.h"}
# Operating-system headers belong to platform/ alone.
SYSTEM = re.compile(r"^(windows\.h|winsock2\.h|unistd\.h|fcntl\.h|dirent\.h|poll\.h|pwd\.h|grp\.h|fnmatch\.h|signal\.h|sys/|linux/|arpa/|netinet/)")
CONDITIONAL = re.compile(r"^\s*#\s*(if|ifdef|ifndef|elif)\b.*(_WIN32|__APPLE__|__linux__)")


def violations(root):
    for room in ALLOWED:
        for path in sorted((root / room).rglob("*")):
            if path.suffix not in {".h", ".cpp", ".inc"}:
                continue
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                where = f"{path.relative_to(root)}:{number}"
                if room != "platform" and CONDITIONAL.match(line):
                    yield f"{where}: operating-system conditional outside platform/"
                match = re.match(r'\s*#\s*include\s+["<]([^">]+)[">]', line)
                if not match:
                    continue
                target = match.group(1)
                if line.strip().endswith(">"):
                    if room != "platform" and SYSTEM.match(target):
                        yield f"{where}: system header <{target}> outside platform/"
                    continue
                first = target.split("/")[0]
                if "/" not in target or first not in ALLOWED:
                    yield f'{where}: include "{target}" names no room'
                elif first not in ALLOWED[room]:
                    yield f"{where}: {room} may not know {first}"
                elif room == "compliance" and first == "platform" and target not in COMPLIANCE_MAY:
                    yield f'{where}: compliance may not know "{target}"'


def unlisted_checks(root):
    """A check's file without its line in checks.inc would be compiled and never asked."""
    listed = set(re.findall(r"^GOKAJO_CHECK\((\w+)\)", (root / "compliance/checks/checks.inc").read_text(encoding="utf-8"), re.M))
    for path in sorted((root / "compliance/checks").glob("*.cpp")):
        if path.stem not in listed:
            yield f"{path.relative_to(root)}: no line in checks.inc"


def main():
    root = pathlib.Path(sys.argv[1])
    found = list(violations(root)) + list(unlisted_checks(root))
    print("\n".join(found) if found else "all include lines point the right way, every check is listed")
    return 1 if found else 0


sys.exit(main())
