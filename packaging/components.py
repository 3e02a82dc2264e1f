#!/usr/bin/env python3
"""What of others is in a Linux program or is loaded by it, as a CycloneDX 1.6 file: components.py PROGRAM... [--out FILE] [--gate]

Carried (headers and archives that are compiled in): the packages of the lines "build" in dependencies.txt that bring no shared library the programs load.
Loaded: what the program's own list of needed libraries (readelf -d) and theirs come to, by ldd, as packages of this system. --gate fails where a carried one is behind
what Debian's security archive has (docs/security-decisions.md, 「Components of others」): those that are loaded are updated with the machine the hub runs on."""
import argparse
import json
import pathlib
import re
import subprocess
import sys

LIST = pathlib.Path(__file__).resolve().parent / "dependencies.txt"
TOOLS = {"g++", "cmake", "ninja-build", "ccache", "pkg-config"}  # nothing of them is in a program but what libgcc and libstdc++ are loaded for


def said(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False, env={"LC_ALL": "C", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}).stdout


def packages_of(paths):
    """The package each file is of, in one question to dpkg; on a merged /usr dpkg knows a file by either name."""
    names = {path: {path, str(pathlib.Path(path).resolve()), str(pathlib.Path(path).resolve()).removeprefix("/usr")} for path in paths}
    owners = {line[2]: line[1] for line in re.finditer(r"^([^:,\s]+)(?::[^,\s]+)?(?:,.*)?: (/.+)$", said("dpkg", "-S", *set().union(*names.values())), re.M)}
    return {path: next((owners[name] for name in known if name in owners), None) for path, known in names.items()}


def fact(package):
    version, source, state = (said("dpkg-query", "-W", "-f=${Version}\t${source:Package}\t${db:Status-Abbrev}", package) + "\t\t").split("\t")[:3]
    return {"name": package, "version": version, "source": source} if state.startswith("ii") else None


def loaded(program):
    needed = set(re.findall(r"\(NEEDED\).*\[(.+)\]", said("readelf", "-d", program)))
    assert needed, f"{program}: needs no library; is it a program?"
    paths = dict(re.findall(r"^\s*(\S+) => (/\S+)", said("ldd", program), re.M))
    missing = {name for name in needed if name not in paths and not name.startswith("ld-")}
    assert not missing, f"{program}: {missing} is not found"
    return packages_of(paths.values())


def carried(of_system):
    sources = {one["source"] for one in of_system}
    for line in LIST.read_text().splitlines():
        purpose, _, names = line.partition(" ")
        if purpose != "build":
            continue
        one = next(filter(None, map(fact, names.split("|"))), None)
        if not one or one["name"] in TOOLS:
            continue
        # A metapackage (libboost-dev) stands for the one that has the files.
        inner = re.findall(r"(lib[a-z0-9.+-]+-dev)", said("dpkg-query", "-W", "-f=${Depends}", one["name"])) if one["name"] == "libboost-dev" else []
        one = fact(inner[0]) or one if inner else one
        if one["source"] not in sources:
            yield one


def behind(package):
    """A newer version in a security archive, as apt last heard."""
    policy = said("apt-cache", "policy", package)
    installed, candidate = (re.search(rf"{name}: (\S+)", policy) for name in ("Installed", "Candidate"))
    if not installed or not candidate or installed[1] == candidate[1]:
        return None
    at = re.search(rf"^\s+{re.escape(candidate[1])} \d+\n((?:\s+\d+ \S.*\n)+)", policy, re.M)
    return candidate[1] if at and "security" in at[1] else None


def component(one, scope):
    return {"type": "library", "name": one["source"], "version": one["version"], "scope": "required", "bom-ref": f"{one['name']}@{one['version']}",
            "purl": f"pkg:deb/debian/{one['name']}@{one['version']}", "properties": [{"name": "gokajo:how", "value": scope}]}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("programs", nargs="+")
    parser.add_argument("--out")
    parser.add_argument("--gate", action="store_true")
    options = parser.parse_args()
    of_files = {path: package for program in options.programs for path, package in loaded(program).items()}
    strange = sorted(path for path, package in of_files.items() if not package)
    of_system = [fact(package) for package in sorted(set(filter(None, of_files.values())))]
    within = sorted(carried(of_system), key=lambda one: one["name"])
    bom = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
           "components": [component(one, "carried") for one in within] + [component(one, "loaded") for one in of_system]}
    text = json.dumps(bom, indent=1, ensure_ascii=False) + "\n"
    if options.out:
        pathlib.Path(options.out).write_text(text)
    faults = [f"{path}: of no package" for path in strange]
    if options.gate:
        faults += [f"{one['name']} {one['version']}: {newer} is in the security archive" for one in within if (newer := behind(one["name"]))]
    print("\n".join(faults) or f"{len(within)} carried, {len(of_system)} loaded" + ("; nothing carried is behind the security archive" if options.gate else ""))
    return 1 if faults else 0


sys.exit(main())
