"""docs/openapi.yaml held against what a hub really answers: paths, methods, statuses, headers and the schemas of docs/schema; and whether every status that
stands in it was seen."""
import copy
import json
import pathlib
import re

import jsonschema
import yaml

DOCS = pathlib.Path(__file__).resolve().parents[2] / "docs"


class Contract:
    def __init__(self):
        self.api = yaml.safe_load((DOCS / "openapi.yaml").read_text(encoding="utf-8"))
        self.seen, self.problems = set(), []

    def resolved(self, node):
        if "oneOf" in node:
            return {"oneOf": [self.resolved(one) for one in node["oneOf"]]}
        if "$ref" not in node:
            return node
        where = node["$ref"]
        if where.startswith("#/"):
            found = self.api
            for step in where[2:].split("/"):
                found = found[step]
            return found
        return json.loads((DOCS / where).read_text(encoding="utf-8"))

    def documented(self):
        return {(path, method.upper(), int(status)) for path, methods in self.api["paths"].items() for method, operation in methods.items() for status in operation["responses"]}

    def fits(self, what, value, schema):
        for error in jsonschema.Draft202012Validator(self.resolved(schema)).iter_errors(value):
            self.problems.append(f"{what}: {error.json_path}: {error.message[:200]}")

    def note(self, method, path, sent_headers, sent, status, headers, answer):
        """One request of a device and its answer. What is no path of the API is no business of it."""
        path = re.sub(r"^(/v1/(?:packs|briefings|tables)/)[0-9a-f]{64}$", r"\1{sha256}", path.split("?")[0])
        if path not in self.api["paths"]:
            return
        what = f"{method} {path} -> {status}"
        operation = self.api["paths"][path].get(method.lower())
        if operation is None or str(status) not in operation["responses"]:
            self.problems.append(f"{what}: not in openapi.yaml")
            return
        self.seen.add((path, method, status))
        headers = {name.lower(): value for name, value in headers.items()}
        if status < 300:  # of what was taken, the request too was as it is written
            self.fits_request(what, operation, {name.lower(): value for name, value in sent_headers.items()}, sent)
        response = self.resolved(operation["responses"][str(status)])
        for name, header in response.get("headers", {}).items():
            value = headers.get(name.lower())
            if value is None:
                self.problems.append(f"{what}: no {name}")
            else:
                self.fits(f"{what}: {name}", int(value) if header["schema"]["type"] == "integer" else value, header["schema"])
        content = response.get("content", {}).get("application/json")
        if content is None:
            if answer:
                self.problems.append(f"{what}: a body where none is written of")
            return
        if headers.get("content-type") != "application/json":
            self.problems.append(f"{what}: content type {headers.get('content-type')}")
        self.fits(what, json.loads(answer), content["schema"])

    def fits_request(self, what, operation, headers, sent):
        for parameter in map(self.resolved, operation.get("parameters", [])):
            if parameter["in"] == "path":
                continue  # note() knows the path by its form
            value = headers.get(parameter["name"].lower())
            if value is not None:
                self.fits(f"{what}: {parameter['name']}", value, parameter["schema"])
            elif parameter.get("required"):
                self.problems.append(f"{what}: taken without {parameter['name']}")
        if "requestBody" in operation and headers.get("content-encoding") is None:
            self.fits(f"{what}: what was sent", json.loads(sent), operation["requestBody"]["content"]["application/json"]["schema"])

    def result(self):
        """Everything that does not fit, and what stands in the file and was never seen."""
        return self.problems + [f"{method} {path} -> {status}: in openapi.yaml, and not seen" for path, method, status in sorted(self.documented() - self.seen)]

    def control(self, receipt, headers):
        """A contract that takes anything would prove nothing: what each question must find."""
        other, sent = copy.copy(self), {"Gokajo-Device": "0" * 64, "Gokajo-Epoch": "1", "Gokajo-Seq": "1", "Gokajo-Signature": "A" * 88, "Content-Encoding": "zstd"}
        found = []
        for status, answer, changed in ((418, receipt, {}), (200, {**receipt, "extra": 1}, {}), (200, receipt, {"content-type": "text/html"}), (503, {"format": "gokajo-problem/1", "problem": "busy", "detail": ""}, {}),
                                        (429, {"format": "gokajo-problem/1", "problem": "busy", "detail": ""}, {"retry-after": "7"})):
            other.problems, other.seen = [], set()
            other.note("POST", "/v1/reports", sent, b"", status, {**headers, **changed}, json.dumps(answer).encode())
            found.append(bool(other.problems))
        other.problems = []
        other.note("POST", "/v1/reports", {**sent, "Gokajo-Epoch": "01"}, b"", 200, headers, json.dumps(receipt).encode())
        return all(found) and len(other.problems) == 1 and bool(other.result()[1:])
