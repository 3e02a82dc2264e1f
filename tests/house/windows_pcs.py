#!/usr/bin/env python3
"""The described PCs of tests/data/windows: every answer has a source, every expectation is a check with a verdict and a reason, names are those that may be asked.

  windows_pcs.py ROOT"""
import collections
import datetime
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])
FOLDER = ROOT / "tests/data/windows"
VERDICTS = {"pass", "fail", "unknown", "ask", "not_applicable"}
ABSENCES = {"not_found", "denied", "timed_out", "too_large", "failed", "unsupported", "malformed"}
PARTS = {"about", "base", "at", "system", "registry", "absent", "errors", "changed", "apis", "services_complete", "wmi", "files", "earlier", "memory", "sources", "expected"}
ACCOUNTS = {"Administrator", "Guest", "DefaultAccount", "WDAGUtilityAccount", "tanaka", "tanak", "kanri", "uketsuke", "ソ表能", "田中　太郎", "ＯＦＦＩＣＥ"}
# The machine, the domain and the Entra directory of the examples in Microsoft's documentation of security identifiers.
OUR_SIDS = re.compile(r"^S-1-5-21-(3623811015-3361044348-30300820|1004336348-1177238915-682003330)-\d+$|^S-1-12-1-1943430372-1249052806-2496021943-3034400218$|^S-1-[01235]-(?!21-)[\d-]+$|^S-1-1-0$|^S-1-12-1$")
SID = re.compile(r"S-1-\d+(?:-\d+)+")
KEY = re.compile(r"^(32 )?(HKLM|HKU)\\")


def read(path):
    def unique(pairs):
        names = [name for name, _ in pairs]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"{path.name}: {name!r} stands twice")
        return dict(pairs)

    return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=unique)


def allowed_apis():
    """Columns and arguments by API, from the words of the comment above each."""
    apis, said = {}, []
    for line in (ROOT / "platform/windows/apis.inc").read_text(encoding="utf-8").splitlines():
        if line.startswith("//"):
            said.append(line)
        elif match := re.match(r'GOKAJO_API\("(\w+)"', line):
            apis[match[1]] = set(re.findall(r"[a-z_0-9]+", " ".join(said)))
            said = []
        else:
            said = []
    return apis


def allowed_wmi():
    text = re.sub(r'"\s*\n\s*"', "", (ROOT / "platform/windows/wmi_classes.inc").read_text(encoding="utf-8"))
    return {match[1]: set(match[2].split(";")) for match in re.finditer(r'GOKAJO_WMI\("[^"]*", "(\w+)", \d+,\s*"([^"]*)"\)', text)}


APIS, WMI = allowed_apis(), allowed_wmi()
CHECKS = set(re.findall(r"^### ([a-z]+\.[a-z0-9-]+)$", (ROOT / "docs/checks.md").read_text(encoding="utf-8"), re.M))
PROPOSED = set(re.findall(r"^\| `([a-z]+\.[a-z0-9-]+)` \|", (FOLDER / "PROPOSED_CHECKS.md").read_text(encoding="utf-8"), re.M))


def answers(pc):
    """The name of each answer, as `sources` speaks of it."""
    for key in [*pc.get("registry", {}), *pc.get("absent", [])]:
        yield "registry " + key.removeprefix("32 ").rstrip("*").rstrip("\\")
    for part, name in (("errors", "errors"), ("changed", "changed"), ("files", "files")):
        for key in pc.get(part, {}):
            yield f"{name} {key}"
    for name in pc.get("apis", {}):
        yield "api " + name
    for name in pc.get("wmi", {}):
        yield "wmi " + name
    for part, name in (("system", "system"), ("services_complete", "services"), ("memory", "memory")):
        if part in pc:
            yield name


def is_cell(value, of_registry):
    if value is None or isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return True
    if isinstance(value, bool):
        return not of_registry
    if isinstance(value, list):
        return all(isinstance(text, str) for text in value)
    return isinstance(value, dict) and set(value) == {"base64"}


def registry_faults(pc):
    for key in [*pc.get("registry", {}), *pc.get("absent", []), *pc.get("changed", {})]:
        if not KEY.match(key):
            yield f"a key that begins with neither HKLM\\ nor HKU\\: {key}"
        if key.endswith("\\") or "\\\\" in key:
            yield f"an empty name in a key: {key}"
        if "WOW6432Node" in key:
            yield f"the 32-bit view is written as '32 HKLM\\…': {key}"
    for key, values in pc.get("registry", {}).items():
        for name, value in (values or {}).items():
            if not is_cell(value, True):
                yield f"{key}: {name} is no value of a registry"
    for key in pc.get("absent", []):
        if "*" in key[:-1] or (key.endswith("*") and not key.endswith("\\*")):
            yield f"* stands only behind the last \\: {key}"


def api_faults(pc):
    for call, rows in pc.get("apis", {}).items():
        api = call.split(" ")[0]
        if api not in APIS:
            yield f"no API {api} in apis.inc"
            continue
        for row in rows or []:
            for column, value in row.items():
                name = column.split(" ")[0].removesuffix("_error")
                if name not in APIS[api] or (" " in column and name != "group"):
                    yield f"api {call}: apis.inc speaks of no column {column}"
                if not is_cell(value, False):
                    yield f"api {call}: {column} is no cell"
    for name, rows in pc.get("wmi", {}).items():
        if name not in WMI:
            yield f"no class {name} in wmi_classes.inc"
            continue
        for row in rows or []:
            for column, value in row.items():
                if column.split(".")[0] not in WMI[name]:
                    yield f"wmi {name}: wmi_classes.inc names no {column}"
                if not is_cell(value, False):
                    yield f"wmi {name}: {column} is no cell"


def error_faults(pc):
    for name, absence in pc.get("errors", {}).items():
        kind, _, what = name.partition(" ")
        if not (KEY.match(name) or (kind == "api" and what.split(" ")[0] in APIS) or (kind == "wmi" and what in WMI)):
            yield f"errors: {name} is no key, no API and no class"
        if absence not in ABSENCES:
            yield f"errors: {absence} is no reason for having no answer"
        if what and what in pc.get("apis" if kind == "api" else "wmi", {}):
            yield f"errors: {name} answers too"
    for name, time in pc.get("earlier", {}).items():
        kind, _, what = name.partition(" ")
        if what not in pc.get("apis" if kind == "api" else "wmi", {}):
            yield f"earlier: {name} is not among the answers of this file"
        if datetime.datetime.strptime(time, "%Y-%m-%dT%H:%M:%SZ") >= datetime.datetime.strptime(pc.get("at", "9999-01-01T00:00:00Z"), "%Y-%m-%dT%H:%M:%SZ"):
            yield f"earlier: {name} is not of before the scan"


def source_faults(pc):
    sources, used = pc.get("sources", {}), set()
    for name in answers(pc):
        fits = [beginning for beginning in sources if name.startswith(beginning)]
        if not fits:
            yield f"no source of {name}"
        used.update(fits)
    for beginning, source in sources.items():
        if beginning not in used:
            yield f"a source of nothing: {beginning}"
        if len(source) < 9:
            yield f"the source of {beginning} says nothing"


def expectation_faults(name, pc):
    expected = pc.get("expected", {})
    if not expected:
        yield "expects nothing"
    for check, said in expected.items():
        if check not in CHECKS | PROPOSED:
            yield f"no check {check}"
        if said.get("verdict") not in VERDICTS:
            yield f"{check}: no verdict {said.get('verdict')}"
        if len(said.get("why", "")) < 25:
            yield f"{check}: no reason"
        if set(said) != {"verdict", "why"}:
            yield f"{check}: says more than verdict and why"
    if "base" not in pc:
        for check in sorted(CHECKS - set(expected)):
            yield f"a base that says nothing of {check}"


def private_faults(pc, text):
    if "system" in pc and pc["system"].get("host_name") != "office-pc":
        yield f"the name of a PC: {pc['system'].get('host_name')}"
    for sid in sorted(set(SID.findall(text))):
        if not OUR_SIDS.match(sid):
            yield f"a security identifier that is not of the examples: {sid}"
    for row in pc.get("apis", {}).get("users") or []:
        if row.get("name") not in ACCOUNTS:
            yield f"a name of an account that is not of the examples: {row.get('name')}"
    for address in re.findall(r"[\w.]+@[\w.]+", text):
        yield f"an address of mail: {address}"


def faults(name, pc, text, pcs):
    for part in sorted(set(pc) - PARTS):
        yield f"no part {part}"
    if not pc.get("about"):
        yield "does not say which PC it is"
    if "base" in pc and ("base" in pcs.get(pc["base"], {"base": ""})):
        yield f"its base {pc['base']} is none"
    if "base" not in pc and not {"at", "system", "registry", "apis", "wmi"} <= set(pc):
        yield "a base lacks at, system, registry, apis or wmi"
    for part in ("at", "changed"):
        for time in [pc[part]] if part == "at" and part in pc else pc.get("changed", {}).values() if part == "changed" else []:
            datetime.datetime.strptime(time, "%Y-%m-%dT%H:%M:%SZ")
    if "base" in pc and pc["base"] in pcs:
        base = pcs[pc["base"]]
        for key, values in pc.get("registry", {}).items():
            if values is None and key not in base.get("registry", {}):
                yield f"takes away a key that its base lacks: {key}"
    for found in (registry_faults(pc), api_faults(pc), error_faults(pc), source_faults(pc), expectation_faults(name, pc), private_faults(pc, text)):
        yield from found


def table_faults(table):
    for build, rows in table["builds"].items():
        days = [(row["date"], row["ubr"]) for row in rows]
        if days != sorted(days) or len(set(ubr for _, ubr in days)) != len(days):
            yield f"b_releases.json: {build}: rows in disorder"
        for row in rows:
            day = datetime.date.fromisoformat(row["date"])
            if row["kind"] in ("B", "hotpatch") and not (day.weekday() == 1 and 8 <= day.day <= 14):
                yield f"b_releases.json: {build}.{row['ubr']}: {day} is no second Tuesday"
            if not row.get("source") or row["kind"] not in ("B", "out-of-band", "preview", "hotpatch", "release"):
                yield f"b_releases.json: {build}.{row['ubr']}: no source, or a kind unheard of"
        levels = [row["ubr"] for row in rows if row["kind"] == "B"]
        if levels != sorted(levels):
            yield f"b_releases.json: {build}: a later B release with a lower UBR"


files = {file.stem: file for file in sorted(FOLDER.glob("*.json")) if file.name not in ("SOURCES.json", "b_releases.json")}
pcs = {name: read(file) for name, file in files.items()}
problems = list(table_faults(read(FOLDER / "b_releases.json")))
for name, pc in pcs.items():
    problems += [f"{name}: {fault}" for fault in faults(name, pc, files[name].read_text(encoding="utf-8"), pcs)]
if not pcs:
    problems.append("tests/data/windows is empty")
expectations = sum(len(pc.get("expected", {})) for pc in pcs.values())
verdicts = collections.Counter(said.get("verdict") for pc in pcs.values() for said in pc.get("expected", {}).values())
bases = sum("base" not in pc for pc in pcs.values())
print("\n".join(problems) if problems else f"{len(pcs)} described PCs ({bases} bases), {expectations} expectations: " + ", ".join(f"{verdicts[v]} {v}" for v in sorted(verdicts)))
sys.exit(1 if problems else 0)
