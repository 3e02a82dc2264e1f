#!/usr/bin/env python3
"""docs/proven-windows.md says of each check what stands behind it on Windows, counted from the files of the tree, and of what is around the
checks which tests there are.

  proven_windows.py ROOT [--write]     --write prints it again"""
import collections
import json
import pathlib
import sys

ROOT = pathlib.Path(sys.argv[1])
PAGE = ROOT / "docs/proven-windows.md"
HEAD = """# Checks on Windows: proven by what

Printed by `python3 tests/house/proven_windows.py . --write`.

- **described**: verdicts of the described PCs (`tests/data/windows`; each answer with its source, each verdict argued before the code that meets it): 適合 / 要対応 / 要確認 / 測定不能 / 対象外.
  They run on Linux and under Wine.
- **Wine**: what a real scan of the "Windows" that Wine 8 is comes to (`tests/windows/run`): ● answered from real calls of Windows' interfaces; – Wine has no answer, 測定不能.
- **real Windows**: none has run anything of this yet. What a volunteer can do: [proven-where.md](proven-where.md).

| check | described | Wine | real Windows |
|---|---|---|---|
"""
# Around the checks: what it is, what tests it on every system, what ran under Wine.
AROUND = (
    ("the channel to the people at a PC: who may do what with it", "tests/platform/sddl_test.cpp", "– (Wine keeps no access lists)"),
    ("the channel: hostile clients, a name that was taken, deadlines", "tests/agent/person_desk_test.cpp", "● tests/platform/person_channel_windows_test.cpp, tests/windows/service"),
    ("who speaks, by the token of their program", "tests/agent/person_desk_test.cpp", "● one user; no second one under Wine"),
    ("a pipe of somebody else's is not spoken to, by its owner", "", "– (Wine keeps no owners)"),
    ("a person's helper: one in a session, ended for an installer", "", "● tests/platform/person_channel_windows_test.cpp, tests/windows/installers"),
    ("the helper started by the service in another's session, at medium integrity", "tests/agent/person_desk_test.cpp", "● the call in tests/platform/person_channel_windows_test.cpp; Wine lists no sessions and has one user"),
    ("what is told when, and in which words", "tests/agent/notices_test.cpp", "● the same tests"),
    ("a notice on the screen: shown, pressed, kept back while locked or presenting", "", "– (no desktop was there)"),
    ("the helper's end with the session", "", "–"),
    ("the start menu's entry and the one at sign-in, gone after removal", "", "● tests/windows/installers"),
    ("the console window that a start from these opens for a moment (before 24H2), a double-click on the program", "", "● tests/windows/program_contents.py, the manifest alone"),
    ("a stranger's page is not shown", "tests/agent/own_page_test.cpp", "– (Wine keeps no access lists)"),
)
VERDICTS = ("pass", "fail", "ask", "unknown", "not_applicable")


def checks():
    pack = {check for name in ("5kajo", "6kajo") for check in named(json.loads((ROOT / f"compliance/packs/{name}.json").read_text()))}
    return sorted(pack)


def named(pack):
    for entry in [one for rule in pack["rules"] for one in rule["checks"]] + pack["extras"]:
        yield from [entry["check"]] if "check" in entry else entry["any"]


described = collections.defaultdict(collections.Counter)
for path in (ROOT / "tests/data/windows").glob("*.json"):
    for check, expected in json.loads(path.read_text()).get("expected", {}).items():
        described[check][expected["verdict"]] += 1
answered = {line for line in (ROOT / "tests/windows/answered_by_wine.txt").read_text().splitlines() if line and not line.startswith("#")}
rows = [f"| `{check}` | {' / '.join(str(described[check][verdict]) for verdict in VERDICTS)} | {'●' if check in answered else '–'} | not yet |"
        for check in checks()]
AROUND_HEAD = """
# Around the checks

| what | everywhere | Wine | real Windows |
|---|---|---|---|
"""
around = [f"| {what} | {f'`{test}`' if test else '–'} | {wine} | not yet |" for what, test, wine in AROUND]
page = HEAD + "\n".join(rows) + "\n" + AROUND_HEAD + "\n".join(around) + "\n"
problems = [f"tests/windows/answered_by_wine.txt: no such check: {check}" for check in sorted(answered - set(checks()))]
problems += [f"{check}: no described PC expects anything of it" for check in checks() if not described[check]]
named_tests = {word.strip(",;") for _, test, wine in AROUND for word in (test + " " + wine).split() if word.startswith("tests/")}
problems += [f"{name}: named here, and not there" for name in sorted(named_tests) if not (ROOT / name).exists()]
if "--write" in sys.argv:
    PAGE.write_text(page)
elif not PAGE.exists() or PAGE.read_text() != page:
    problems.append("docs/proven-windows.md is stale: python3 tests/house/proven_windows.py . --write")
print("\n".join(problems) if problems else f"{len(rows)} checks")
sys.exit(1 if problems else 0)
