"""Runs inside the tree of one stack, as root: finds the first length that `pamtester passwd yamada chauthtok` takes, and writes it with the
files that decided it to out/found.json.

pamtester runs as the person: real uid yamada, effective uid root, as the setuid passwd(1) does; modules exempt root itself by the real uid.
"mixed" passwords are random with characters of all four kinds (neither an upper-case letter first nor a digit last, which passwdqc does not
count), or with the kinds that the stack's `mix` names, letter by letter (l lower, o other, d digit, u upper, again from its start); "lower"
ones random lower-case letters. A length is taken when one of several random passwords of it is."""
import glob
import json
import random
import string
import subprocess
import sys

PERSON, OLD = "yamada", "Kisetsu-7-Hana-42"
LONGEST, TRIES = 30, 4
KINDS = [string.ascii_lowercase, "#%+=?@^~", string.digits, string.ascii_uppercase]
MIX = sys.argv[1] if len(sys.argv) > 1 else ""
RECORDED = ["/etc/pam.d/*", "/etc/security/pwquality.conf", "/etc/security/pwquality.conf.d/*", "/etc/security/pwhistory.conf",
            "/etc/passwdqc*.conf", "/etc/security/passwdqc*.conf", "/etc/os-release", "/etc/passwd", "/etc/group", "/etc/nsswitch.conf"]
pick = random.SystemRandom()


def run(*command, text=None):
    return subprocess.run(command, input=text, capture_output=True, text=True, timeout=60)


def mixed(length):
    while MIX:
        made = "".join(pick.choice(KINDS["lodu".index(MIX[at % len(MIX)])]) for at in range(length))
        if distinct(made):
            return made
    while True:
        kinds = [pick.choice(KINDS) for _ in range(length)]
        for at, kind in zip(pick.sample(range(length), min(length, 4)), KINDS):
            kinds[at] = kind
        made = "".join(pick.choice(kind) for kind in kinds)
        if not made[0].isupper() and not made[-1].isdigit() and distinct(made):
            return made


def lower(length):
    while True:
        made = "".join(pick.choice(string.ascii_lowercase) for _ in range(length))
        if distinct(made):
            return made


def distinct(made):
    """No character twice in a row and no run like abc or 321: such are refused for what they are, not for their length."""
    codes = [ord(c) for c in made]
    steps = [b - a for a, b in zip(codes, codes[1:])]
    return all(steps) and not any(a == b and abs(a) == 1 for a, b in zip(steps, steps[1:]))


def taken(new, hashed):
    run("usermod", "--password", hashed, PERSON)
    open("/etc/security/opasswd", "w").close()
    answers = "\n".join([OLD] + [new] * 8) + "\n"
    done = run("setpriv", "--ruid", PERSON, "--euid", "root", "pamtester", "passwd", PERSON, "chauthtok", text=answers)
    if done.returncode != 0:
        return False
    # pamtester's word is not taken alone: the hash must have changed.
    return run("getent", "shadow", PERSON).stdout.split(":")[1] != hashed


def first(make, hashed):
    for length in range(1, LONGEST + 1):
        if any(taken(make(length), hashed) for _ in range(TRIES)):
            return length
    return None


def main():
    found = {"files": {}}
    for pattern in RECORDED:
        for path in sorted(glob.glob(pattern)):
            found["files"][path] = open(path, encoding="utf-8").read()
    # nodelay, pam_unix(8), only spares the two seconds after each refusal.
    for path in glob.glob("/etc/pam.d/*"):
        run("sed", "-i", "s/pam_unix.so/& nodelay/", path)
    hashed = run("openssl", "passwd", "-6", OLD).stdout.strip()
    run("chage", "-m", "0", PERSON)
    found["first_mixed"], found["first_lower"] = first(mixed, hashed), first(lower, hashed)
    for path, text in found["files"].items():
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)
    with open("/run/truth/out/found.json", "w", encoding="utf-8") as out:
        json.dump(found, out, indent=1, sort_keys=True, ensure_ascii=False)
        out.write("\n")


main()
