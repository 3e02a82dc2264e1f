#!/usr/bin/env python3
"""What a built program of Windows holds: program_contents.py EXE VERSION

Its version in both languages (VERSIONINFO), how it is started (manifest), every message of the Event Log in both (messages.mc), no path of the machine it was built on, no shell."""
import pathlib
import re
import struct
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
RT_MESSAGETABLE, RT_VERSION, RT_MANIFEST = 11, 16, 24
JAPANESE, ENGLISH = 0x411, 0x409
faults = []


def check(what, holds, why=""):
    if not holds:
        faults.append(f"{what}: {str(why)[:600]}")


class Program:
    """Sections and resources of a PE32+ file (Microsoft: "PE Format")."""

    def __init__(self, path):
        self.bytes = path.read_bytes()
        pe = struct.unpack_from("<I", self.bytes, 0x3C)[0]
        count, optional = struct.unpack_from("<H", self.bytes, pe + 6)[0], struct.unpack_from("<H", self.bytes, pe + 20)[0]
        directories = pe + 24 + 112
        self.resources = struct.unpack_from("<I", self.bytes, directories + 2 * 8)[0]
        self.sections = [struct.unpack_from("<8sIIII", self.bytes, pe + 24 + optional + 40 * i) for i in range(count)]

    def offset(self, address):
        for _, size, start, raw_size, raw in self.sections:
            if start <= address < start + max(size, raw_size):
                return raw + address - start
        raise ValueError(hex(address))

    def entries(self, at):
        base = self.offset(self.resources)
        named, numbered = struct.unpack_from("<HH", self.bytes, base + at + 12)
        return [struct.unpack_from("<II", self.bytes, base + at + 16 + 8 * i) for i in range(named + numbered)]

    def resource(self, kind):
        """{language: bytes} of the first resource of that kind."""
        found = {}
        for number, child in self.entries(0) if self.resources else []:
            if number == kind:
                name = self.entries(child & 0x7FFFFFFF)[0][1]
                for language, leaf in self.entries(name & 0x7FFFFFFF):
                    address, size = struct.unpack_from("<II", self.bytes, self.offset(self.resources) + leaf)
                    found[language] = self.bytes[self.offset(address):self.offset(address) + size]
        return found


def messages(table):
    """{number: text} of a message table (MESSAGE_RESOURCE_DATA)."""
    found = {}
    for i in range(struct.unpack_from("<I", table)[0]):
        low, high, at = struct.unpack_from("<III", table, 4 + 12 * i)
        for number in range(low, high + 1):
            length, flags = struct.unpack_from("<HH", table, at)
            found[number] = table[at + 4:at + length].decode("utf-16-le" if flags & 1 else "cp1252").rstrip("\0")
            at += length
    return found


def written():
    """{number: {language: text}} of messages.mc."""
    found, number, severity, language = {}, 0, 0, None
    for line in (ROOT / "platform/windows/resources/messages.mc").read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition("=")
        if name == "MessageId":
            number = int(value)
        elif name == "Severity":
            severity = {"Informational": 1, "Warning": 2, "Error": 3}[value]
        elif name == "Language":
            language = {"Japanese": JAPANESE, "English": ENGLISH}[value]
        elif line == ".":
            language = None
        elif language:
            found.setdefault((severity << 30) | number, {})[language] = line
    return found


def version_strings(block):
    """{"041104B0": {"FileVersion": …}}: of the strings only, by their place (VS_VERSIONINFO)."""
    def node(at):
        length, value_length, kind = struct.unpack_from("<HHH", block, at)
        end = at + 6
        while block[end:end + 2] != b"\0\0":
            end += 2
        key = block[at + 6:end].decode("utf-16-le")
        value_at = (end + 2 + 3) & ~3
        value = block[value_at:value_at + value_length * (2 if kind else 1)]
        child, children = (value_at + len(value) + 3) & ~3, []
        while child < at + length:
            children.append(node(child))
            child = (child + struct.unpack_from("<H", block, child)[0] + 3) & ~3
        return key, value, children

    found = {}
    for key, value, children in node(0)[2]:
        for table, _, strings in children if key == "StringFileInfo" else []:
            found[table.upper()] = {name: text.decode("utf-16-le").rstrip("\0") for name, text, _ in strings}
        if key == "VarFileInfo":
            found["Translation"] = struct.unpack(f"<{len(children[0][1]) // 2}H", children[0][1])
    return found


def main():
    path, version = pathlib.Path(sys.argv[1]), sys.argv[2]
    program = Program(path)
    name = path.stem
    strings = version_strings(next(iter(program.resource(RT_VERSION).values()), b"\0" * 8)) if program.resource(RT_VERSION) else {}
    for table, description in (("041104B0", {"gokajo": "Gokajo 自己点検", "gokajo-hub": "Gokajo 集計サーバー"}[name]),
                               ("040904B0", {"gokajo": "Gokajo self-check", "gokajo-hub": "Gokajo hub"}[name])):
        told = strings.get(table, {})
        check(f"version in {table}", told.get("FileVersion") == told.get("ProductVersion") == version and told.get("FileDescription") == description
              and told.get("OriginalFilename") == path.name, strings)
    check("languages of the version", strings.get("Translation") == (JAPANESE, 1200, ENGLISH, 1200), strings.get("Translation"))

    manifest = b"".join(program.resource(RT_MANIFEST).values()).decode()
    policy = re.search(r'<consoleAllocationPolicy xmlns="http://schemas.microsoft.com/SMI/2024/WindowsSettings">(\w+)<', manifest)
    check("no console where nothing needs one", (policy and policy[1]) == {"gokajo": "detached", "gokajo-hub": None}[name], manifest)
    check("asks for no more rights", name != "gokajo" or 'level="asInvoker"' in manifest, manifest)

    tables = {language: messages(table) for language, table in program.resource(RT_MESSAGETABLE).items()}
    expected = written()
    check("languages of the messages", set(tables) == {JAPANESE, ENGLISH}, [hex(one) for one in tables])
    for language in tables:
        told = {number: text.rstrip("\r\n") for number, text in tables[language].items()}
        check(f"messages in {language:#x}", told == {number: texts[language] for number, texts in expected.items()}, told)

    narrow = set(re.findall(rb"[\x20-\x7e]{4,}", program.bytes))
    texts = {one.decode() for one in narrow} | {one.decode("utf-16-le") for one in re.findall(rb"(?:[\x20-\x7e]\0){4,}", program.bytes)}
    # Sources by their whole path (the compiler and its libraries: below /usr and /build), this tree, and the folder its libraries are built in.
    machine = sorted(text for text in texts if str(ROOT) in text or "windows-libraries" in text
                     or re.search(r"(^|[\s\"'=(])/(?!build/|usr/)[\w./+-]+\.(c|cc|cpp|h|hpp|ipp|inc)\b", text))
    check("no path of the machine it was built on", not machine, machine[:20])
    # By the name of its program; advice to people names PowerShell, and inventories name the packages of such programs.
    shells = sorted(text for text in texts if re.search(r"\b(cmd|powershell|pwsh|wscript|cscript|mshta|command)\.(exe|com)\b|COMSPEC", text, re.I))
    check("no shell", not shells, shells[:20])
    print("\n".join(faults) if faults else f"{path.name}: version, messages, no path of this machine, no shell")
    return 1 if faults else 0


sys.exit(main())
