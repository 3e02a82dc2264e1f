"""Secrets that are planted, and the search for them in files: as they are, in hexadecimal, in base64 at each of its three offsets, as a URL has them."""
import base64
import pathlib
import re
import subprocess
import urllib.parse


def forms_of(secret):
    """Every form in which one secret is looked for: {form: bytes}."""
    forms = {"as it is": secret, "in hexadecimal": secret.hex().encode(), "in capital hexadecimal": secret.hex().upper().encode()}
    for offset in range(3):
        # the part of the encoding that does not depend on the bytes around it
        whole = base64.b64encode(b"x" * offset + secret + b"x" * 3)
        forms[f"in base64 at {offset}"] = whole[4 if offset else 0:(offset + len(secret)) // 3 * 4]
    quoted = urllib.parse.quote_from_bytes(secret, safe="").encode()
    if quoted != secret and len(quoted) < 3 * len(secret):
        forms["as in a URL"] = quoted
    return forms


class Canaries:
    def __init__(self):
        self.forms, self.count = {}, 0  # (kind, number and form) -> bytes

    def plant(self, kind, *secrets):
        for secret in secrets:
            self.count += 1
            secret = secret if isinstance(secret, bytes) else secret.encode()
            for form, text in forms_of(secret).items():
                self.forms[kind, f"{self.count} {form}"] = text

    def plant_key_file(self, kind, file):
        """A private key in PEM: its lines, and the number that is the secret."""
        lines = [line for line in pathlib.Path(file).read_text().splitlines() if not line.startswith("-----")]
        text = subprocess.run(["openssl", "pkey", "-in", file, "-noout", "-text"], check=True, capture_output=True, text=True).stdout
        number = bytes.fromhex(re.sub(r"[\s:]", "", re.search(r"priv:\n((?:    .*\n)+)", text).group(1)))[-32:]
        self.plant(kind, number)
        for at, line in enumerate(lines[:2]):
            self.forms[kind, f"line {at} of {pathlib.Path(file).name}"] = line.encode()[16:] if at == 0 else line.encode()

    def kinds(self):
        return sorted({kind for kind, _ in self.forms})

    def in_bytes(self, data):
        return sorted({(kind, form) for (kind, form), text in self.forms.items() if text in data})

    def in_files(self, places, homes=()):
        """["file: kind form"] for every find, and how many files were read. `homes`: files that hold their own secret."""
        found, count, homes = [], 0, {pathlib.Path(home).resolve() for home in homes}
        for place in map(pathlib.Path, places):
            for file in sorted(p for p in ([place] if place.is_file() else place.rglob("*")) if p.is_file() and not p.is_symlink()):
                if file.resolve() in homes:
                    continue
                count += 1
                found += [f"{file.name}: {kind} ({form})" for kind, form in self.in_bytes(file.read_bytes())]
        return found, count
