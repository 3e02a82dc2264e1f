#!/usr/bin/env python3
"""No format of printf and its kin is anything but a text of the program's own: a literal, or say() of two literals: formats.py ROOT. Clang and GCC know of
-Wformat-nonliteral, but not of say()."""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])
# How many arguments stand before the format.
CALLS = {"printf": 0, "vprintf": 0, "fprintf": 1, "vfprintf": 1, "dprintf": 1, "sprintf": 1, "snprintf": 2, "vsnprintf": 2, "syslog": 1}
CALL = re.compile(r"\b(" + "|".join(CALLS) + r")\s*\(")
LITERAL = r'"(?:[^"\\]|\\.)*"(?:\s*"(?:[^"\\]|\\.)*")*'
FORMAT = re.compile(rf"\s*(?:(?:[a-z_.]+(?:\.|->))?say\(\s*{LITERAL}\s*,\s*{LITERAL}\s*\)|{LITERAL})\s*$")


def arguments(text, at):
    """Of a call whose bracket was just opened."""
    found, begin, depth, inside = [], at, 0, False
    while at < len(text):
        char = text[at]
        if inside:
            at += char == "\\"
            inside = char != '"'
        elif char == '"':
            inside = True
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            if depth == 0:
                return found + [text[begin:at]]
            depth -= 1
        elif char == "," and depth == 0:
            found.append(text[begin:at])
            begin = at + 1
        at += 1
    return found


def faults_of(name, text):
    text = re.sub(r"//[^\n]*", "", text)
    for call in CALL.finditer(text):
        given, place = arguments(text, call.end()), CALLS[call[1]]
        line = text.count("\n", 0, call.start()) + 1
        if len(given) <= place or not FORMAT.match(given[place]):
            yield f"{name}:{line}: the format of {call[1]}() is no text of the program's own"


def main():
    # Itself: what must be seen, and what must not.
    for bad in ("printf(text.c_str());", 'fprintf(stderr, full ? "a" : words, x);', "snprintf(a, sizeof(a), session.say(ja, en));"):
        assert list(faults_of("", bad)), bad
    for good in ('std::printf("%s", text);', 'fprintf(stderr, session.say("（%s）\\n", "(%s)\\n"), x.c_str());', 'snprintf(a.data(), f(1, 2), "%d" "%s", n);'):
        assert not list(faults_of("", good)), good
    files = [path for room in ("platform", "compliance", "collectors", "protocol", "agent", "hub") for path in sorted((ROOT / room).rglob("*.cpp"))]
    faults = [fault for path in files for fault in faults_of(path.relative_to(ROOT), path.read_text(encoding="utf-8"))]
    print("\n".join(faults) or f"{len(files)} files: every format is the program's own")
    return 1 if faults else 0


sys.exit(main())
