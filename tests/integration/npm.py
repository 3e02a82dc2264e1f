"""npm packages for tests, fetched once into the build folder."""
import fcntl
import pathlib
import re
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
OLDEST_NODE = 20


def missing():
    """What is not installed and has to be; None: nothing."""
    for tool in ("node", "npm"):
        if not shutil.which(tool):
            return tool
    version = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout
    return None if int(re.match(r"v(\d+)", version).group(1)) >= OLDEST_NODE else f"node {OLDEST_NODE} (there is {version.strip()})"


def packages(here, name):
    """build/`name` with what the package-lock.json in folder `here` names and that folder's scripts; None: npm could not fetch it. Tests may ask at once."""
    place = ROOT / "build" / name
    place.mkdir(parents=True, exist_ok=True)
    with open(place / "lock", "w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        for file in (here / "package.json", here / "package-lock.json", *here.glob("*.mjs")):
            shutil.copy(file, place / file.name)
        lock, done = (here / "package-lock.json").read_bytes(), place / "installed"
        if not done.is_file() or done.read_bytes() != lock:
            if subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=place, stdout=subprocess.DEVNULL).returncode != 0:
                return None
            done.write_bytes(lock)
    return place
