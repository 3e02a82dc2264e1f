#!/bin/bash
# Adds an example check in a worktree of its own, by the steps of docs/adding-a-check.md, and shows that exactly the places named there
# change and that the build and the tests still pass. Usage: tests/house/add_check.sh [BUILD_DIR_TO_BORROW_SETTINGS_FROM]
set -eu
root=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
place=$(mktemp -d)
trap 'git -C "$root" worktree remove --force "$place/tree" >/dev/null 2>&1 || true; rm -rf "$place"' EXIT
git -C "$root" worktree add --quiet --detach "$place/tree" HEAD
cd "$place/tree"

# Step 1 is the text of the guide itself: what stands there is what is built.
python3 - <<'PY'
import json
import re

guide = open("docs/adding-a-check.md", encoding="utf-8").read()
code = re.search(r"```cpp\n(.*?)```", guide, re.S).group(1)
open("compliance/checks/sharing_example_off.cpp", "w", encoding="utf-8").write(re.sub(r"^   ", "", code, flags=re.M))
with open("compliance/checks/checks.inc", "a", encoding="utf-8") as listing:
    listing.write("GOKAJO_CHECK(sharing_example_off)\n")
open("tests/compliance/checks/sharing_example_off_test.cpp", "w", encoding="utf-8").write('''#include <doctest/doctest.h>

#include "tests/support/judging.h"

namespace gokajo::tests {

using namespace compliance;

TEST_CASE("the example passes when people could be listed, and is unknown when they could not") {
  Evidence evidence;
  CHECK(verdict_of("sharing.example-off", evidence) == Verdict::unknown);
  evidence.extras.people = fact(std::vector<PersonAccount>{}, "/etc/group", *platform::parse_time("2026-11-22T00:00:00Z"));
  CHECK(verdict_of("sharing.example-off", evidence) == Verdict::pass);
}

}  // namespace gokajo::tests
''')


def edit(name, change):
    data = json.load(open(name, encoding="utf-8"))
    change(data)
    json.dump(data, open(name, "w", encoding="utf-8"), ensure_ascii=False, indent=2)


def word(wording):
    wording["sharing.example-off"] = {
        "name": {"ja": "見本", "en": "Example"},
        "looks_at": {"ja": "見本です。", "en": "An example."},
        "situations": {"seen": {"verdict": "pass", "saw": {"ja": "{count}人を見ました。", "en": "{count} people were seen."}}},
    }


def pack(rules):
    sharing = next(rule for rule in rules["rules"] if rule["id"] == "sharing")
    sharing["checks"].append({"check": "sharing.example-off", "role": "advice", "reason": {"ja": "見本です。", "en": "An example."}})


edit("compliance/wording/sharing.json", word)
edit("compliance/packs/5kajo.json", pack)
changes = open("CHANGELOG.md", encoding="utf-8").read()
open("CHANGELOG.md", "w", encoding="utf-8").write(changes.replace("## Unreleased\n\n", "## Unreleased\n\n- An example check.\n", 1))
PY

cmake --preset dev >configure.log 2>&1 || { tail -20 configure.log; exit 1; }
rm -f configure.log
cmake --build --preset dev >"$place/build.log" 2>&1 || { grep -E "error|FAILED" -A5 "$place/build.log" | head -40; exit 1; }
build/dev/agent/gokajo checks --format markdown >docs/checks.md

expected='CHANGELOG.md
compliance/checks/checks.inc
compliance/checks/sharing_example_off.cpp
compliance/packs/5kajo.json
compliance/wording/sharing.json
docs/checks.md
tests/compliance/checks/sharing_example_off_test.cpp'
found=$(git status --porcelain --untracked-files=all | cut -c4- | LC_ALL=C sort)
if [ "$found" != "$expected" ]; then
  echo "other places changed than docs/adding-a-check.md names:"
  diff <(echo "$expected") <(echo "$found") || true
  exit 1
fi
ctest --preset dev -LE slow -E 'house.add_check' >"$place/test.log" 2>&1 || { tail -40 "$place/test.log"; exit 1; }
grep -E "tests passed" "$place/test.log"
echo "adding a check touches exactly the places its guide names"
