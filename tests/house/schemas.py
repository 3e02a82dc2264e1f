#!/usr/bin/env python3
"""docs/schema holds what the program prints of itself, and the program's real outputs and data fit it (JSON Schema 2020-12).

  schemas.py ROOT GOKAJO GOKAJO_SCHEMA [--write]     --write prints the generated schemas again"""
import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema

ROOT, GOKAJO, PRINTER = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
FOLDER = ROOT / "docs/schema"
problems = []


def output(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL).stdout.decode()


schemas = {}
for name in output(PRINTER).split():
    fresh = output(PRINTER, name)
    file = FOLDER / f"{name}.schema.json"
    if "--write" in sys.argv:
        file.write_text(fresh)
    elif not file.exists() or file.read_text() != fresh:
        problems.append(f"{file.relative_to(ROOT)} is stale: tests/house/schemas.py . {GOKAJO} {PRINTER} --write")
    schemas[name] = json.loads(fresh)
for file in FOLDER.glob("*.schema.json"):
    schemas.setdefault(file.name[:-len(".schema.json")], json.loads(file.read_text()))
for name, schema in schemas.items():
    jsonschema.Draft202012Validator.check_schema(schema)

with tempfile.TemporaryDirectory() as place:
    state, snapshot = f"{place}/state", f"{place}/snapshot.json"
    documents = [("scan", "scan of this PC", output(GOKAJO, "scan", "--format", "json", "--state", state))]
    output(GOKAJO, "record", "--state", state, snapshot)
    documents.append(("snapshot", "record of this PC", pathlib.Path(snapshot).read_text()))
    documents.append(("scan", "scan of the record", output(GOKAJO, "scan", "--format", "json", "--from", snapshot)))
    documents.append(("memory", "memory.json", pathlib.Path(state, "memory.json").read_text()))
documents.append(("evidence", "evidence of the scan", json.dumps(json.loads(documents[0][2])["evidence"])))
documents.append(("policy", "an empty policy", '{"format": "gokajo-policy/1", "settings": [], "roles": [], "exceptions": []}'))
documents.append(("declarations", "no declarations", '{"format": "gokajo-declarations/1", "declarations": []}'))
documents.append(("policy", "a policy without inventory", '{"format": "gokajo-policy/1", "settings": [], "roles": [], "exceptions": [], "inventory": "off"}'))
documents.append(("collected", "collected.json", (ROOT / "compliance/data/collected.json").read_text()))
documents.append(("carried", "a carried report", '{"format": "gokajo-carried/1", "method": "POST", "path": "/v1/reports", "device": "a", "epoch": 1, "seq": 1, "signature": "b", "body": "e30="}'))
documents += [("wording", f.name, f.read_text()) for f in (ROOT / "compliance/wording").glob("*.json")]
documents += [("pack", f.name, f.read_text()) for f in (ROOT / "compliance/packs").glob("*.json")]
documents += [("briefing", f.name, f.read_text()) for f in (ROOT / "compliance/briefings").glob("*.json")]
documents += [("snapshot", f.name, f.read_text()) for f in (ROOT / "tests/data/snapshots").glob("*.json") if f.name != "SOURCES.json"]
for name, what, text in documents:
    for error in sorted(jsonschema.Draft202012Validator(schemas[name]).iter_errors(json.loads(text)), key=str)[:3]:
        problems.append(f"{what} does not fit {name}: {error.json_path}: {error.message[:200]}")
# Controls: a validator that accepts anything would prove nothing.
broken = json.loads(documents[0][2])
broken["findings"][0]["verdict"] = "green"
if jsonschema.Draft202012Validator(schemas["scan"]).is_valid(broken):
    problems.append("control: a verdict that does not exist was accepted")
broken = json.loads(documents[1][2])
broken["answers"][0]["extra"] = 1
if jsonschema.Draft202012Validator(schemas["snapshot"]).is_valid(broken):
    problems.append("control: an unknown key of a snapshot was accepted")
if jsonschema.Draft202012Validator(schemas["carried"]).is_valid({"format": "gokajo-carried/1", "method": "POST"}):
    problems.append("control: a carried report without a body was accepted")
print("\n".join(problems))
print(f"{len(schemas)} schemas, {len(documents)} documents, {len(problems)} problems")
sys.exit(1 if problems else 0)
