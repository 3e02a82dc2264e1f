#!/usr/bin/env python3
"""Holds the sentences of compliance/wording against the checks that use them.

Both languages name the same placeholders; a placeholder is a parameter the check gives; one that brings its unit along (DayCount: "41日",
Date: "2026年11月22日") is not followed by the unit again; every situation a check can name has wording with the same verdict; no wording
describes a situation nobody names. Exit 1 with one line per problem."""
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])
MAKER = re.compile(r"(?<![\w.:])(pass|fail|ask|unknown|not_applicable|conclude)\(")
ALWAYS_THERE = {"check", "first_seen", "items", "names"}
problems = []
path_literals = {}


def placeholders(text):
    return set(re.findall(r"\{([^{}]*)\}", text))


def first_argument(source, start):
    """The text from `start` to the first comma or closing bracket at this level, strings respected."""
    depth, at, in_string = 0, start, False
    while at < len(source):
        c = source[at]
        if in_string:
            at += c == "\\"
            in_string = c != '"' or source[at] == "\\"
        elif c == '"':
            in_string = True
        elif c in "([{":
            depth += 1
        elif c in ")]}":
            if depth == 0:
                break
            depth -= 1
        elif c == "," and depth == 0:
            break
        at += 1
    return source[start:at]


def texts_of(situation):
    for key in ("saw", "item", "why"):
        if key in situation:
            yield key, situation[key]
    for number, step in enumerate(situation.get("fix", [])):
        yield f"fix[{number}]", step
    for system, steps in situation.get("fix_on", {}).items():
        for number, step in enumerate(steps):
            yield f"fix_on.{system}[{number}]", step


CORE = {"check", "checks", "evidence", "fact", "finding", "memory", "settings", "policy", "pack", "judge", "wording", "text"}


def with_helpers(path):
    """The check's source, and that of the rooms' headers it shares with other checks."""
    source = path.read_text()
    for name in re.findall(r'#include "compliance/((?:checks/)?\w+)\.h"', source):
        if name in CORE:
            continue
        for suffix in (".h", ".cpp"):
            shared = ROOT / "compliance" / (name + suffix)
            source += shared.read_text() if shared.exists() else ""
    return re.sub(r"//[^\n]*", "", source)


def enumerators():
    names = set()
    for path in (ROOT / "compliance").rglob("*.h"):
        for listed in re.findall(r"BOOST_DESCRIBE_ENUM\(([^)]*)\)", path.read_text()):
            names |= {name.strip().replace("_", "-") for name in listed.split(",")[1:]}
    return names


def read_checks():
    """id -> (situation -> verdicts, all literals, parameter -> types)."""
    checks = {}
    for path in sorted((ROOT / "compliance/checks").glob("*.cpp")):
        source = with_helpers(path)
        found = re.search(r'\.id = "([^"]+)"', source)
        if not found:
            continue
        named = {}
        for maker in MAKER.finditer(source):
            for literal in re.findall(r'"([a-z0-9-]+)"', first_argument(source, maker.end())):
                named.setdefault(literal, set()).add(maker.group(1))
        literals = set(re.findall(r'"([^"\n]*)"', source))
        types = {}
        for name, kind in re.findall(r'\{"(\w+)",\s*(?:compliance::)?(Count|DayCount|Date|Name|Version|List)\{', source):
            types.setdefault(name, set()).add(kind)
        for name, kind in re.findall(r'(?:insert_or_assign|emplace)\("(\w+)",\s*(?:compliance::)?(Count|DayCount|Date|Name|Version|List)\{', source):
            types.setdefault(name, set()).add(kind)
        for name, kind in re.findall(r'\["(\w+)"\]\s*=\s*(?:compliance::)?(Count|DayCount|Date|Name|Version|List)\{', source):
            types.setdefault(name, set()).add(kind)
        if "to_form(" in source or "enum_to_string(" in source:  # a situation named as an enumerator
            literals |= enumerators()
        path_literals[found.group(1)] = set(re.findall(r'"([^"\n]*)"', path.read_text()))
        checks[found.group(1)] = (named, literals, types)
    return checks


def check_text(place, text, literals, types):
    if placeholders(text["ja"]) != placeholders(text["en"]):
        problems.append(f"{place}: ja names {sorted(placeholders(text['ja']))}, en {sorted(placeholders(text['en']))}")
    for name in placeholders(text["ja"]) | placeholders(text["en"]):
        if name not in ALWAYS_THERE and literals is not None and name not in literals:
            problems.append(f"{place}: no parameter {{{name}}} in the check")
        kinds = types.get(name, set())
        if "DayCount" in kinds and (re.search(r"\{%s\}\s*日" % name, text["ja"]) or re.search(r"\{%s\} days?\b" % name, text["en"])):
            problems.append(f"{place}: {{{name}}} already says 日 / days")
        if "Date" in kinds and re.search(r"\{%s\}\s*日(?!の|ま|に|か|で|以|、|付)" % name, text["ja"]):
            problems.append(f"{place}: {{{name}}} already ends in 日")
    for language in ("ja", "en"):
        if not text[language].strip():
            problems.append(f"{place}.{language}: empty")


def main():
    checks = read_checks()
    wording = {}
    for path in sorted((ROOT / "compliance/wording").glob("*.json")):
        for check, entry in json.loads(path.read_text()).items():
            if check in wording:
                problems.append(f"{path.name}: {check} stands in two files")
            wording[check] = entry
    for check, entry in wording.items():
        if check == "common":
            named, literals, types = {}, None, {}
        elif check not in checks:
            problems.append(f"wording of {check}: there is no such check")
            continue
        else:
            named, literals, types = checks[check]
        for key in ("name", "looks_at", "limits"):
            if key in entry:
                check_text(f"{check}.{key}", entry[key], set(), {})
        for situation, words in entry["situations"].items():
            place = f"{check}/{situation}"
            if literals is not None and situation not in literals and not situation.startswith("unmeasured-"):
                problems.append(f"{place}: no check names this situation")
            for makers in (named.get(situation, set()) - {"conclude"},):
                if makers and makers != {words["verdict"]}:
                    problems.append(f"{place}: wording says {words['verdict']}, the check {sorted(makers)}")
            for key, text in texts_of(words):
                check_text(f"{place}.{key}", text, literals, types)
    common = wording.get("common", {}).get("situations", {})
    for check, (named, _, _) in checks.items():
        if check not in wording:
            problems.append(f"{check}: no wording")
            continue
        own = path_literals[check]
        for situation in named:
            if situation in own and situation not in wording[check]["situations"] and situation not in common:
                problems.append(f"{check}: no wording for \"{situation}\"")
    for problem in problems:
        print(problem)
    print(f"{len(checks)} checks, {sum(len(e['situations']) for e in wording.values())} situations, {len(problems)} problems")
    return 1 if problems else 0


sys.exit(main())
