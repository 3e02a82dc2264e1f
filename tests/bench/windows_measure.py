"""Start-up and a scan of gokajo.exe under Wine beside an empty program, taking turns. Called by tests/bench/windows.

Wall: from start to end. Memory: the highest sum of proportional set sizes (PSS, proc(5)) over the program and all its descendants, looked at every 5 ms;
Wine's own server and services run before and are not counted."""
import pathlib
import statistics
import subprocess
import sys
import time

from processes import field, tree

WINE, WORK = sys.argv[1], pathlib.Path(sys.argv[2])
STARTS, SCANS = 20, 5


def run(arguments, sample):
    start = time.monotonic()
    child = subprocess.Popen([WINE, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0
    while sample and child.poll() is None:
        peak = max(peak, sum(field(f"/proc/{pid}/smaps_rollup", "Pss:") for pid in tree(child.pid)))
        time.sleep(0.005)
    child.wait()
    return time.monotonic() - start, peak, child.returncode


def median(values):
    return statistics.median(values)


def spread(values, scale, unit):
    return f"{median(values) * scale:.0f} {unit} ({min(values) * scale:.0f} to {max(values) * scale:.0f})"


programs = {"empty program": [str(WORK / "empty.exe")], "gokajo --version": [str(WORK / "gokajo.exe"), "version"]}
scan = [str(WORK / "gokajo.exe"), "scan", "--format", "json", "--no-memory"]
for arguments in programs.values():  # what is read from the disk once is there for all turns
    run(arguments, False)
walls = {name: [] for name in programs}
for _ in range(STARTS):
    for name, arguments in programs.items():
        wall, _, code = run(arguments, False)
        if code != 0:
            sys.exit(f"{name}: ended with {code}")
        walls[name].append(wall)
for name, values in walls.items():
    print(f"{name:24} {spread(values, 1000, 'ms')}, {STARTS} times")
print(f"{'ratio':24} {median(walls['gokajo --version']) / median(walls['empty program']):.2f}")
baseline = [run(programs["empty program"], True)[1] for _ in range(SCANS)]
starts = [run(programs["gokajo --version"], True)[1] for _ in range(SCANS)]
results = [run(scan, True) for _ in range(SCANS)]
codes = {code for _, _, code in results}
if not codes <= {0, 1, 2}:
    sys.exit(f"scan: ended with {codes}")
peaks = [peak for _, peak, _ in results]
print(f"{'scan, wall':24} {spread([wall for wall, _, _ in results], 1000, 'ms')}, {SCANS} times")
print(f"{'memory: empty program':24} {spread(baseline, 1 / 1024, 'MiB')}")
print(f"{'memory: --version':24} {spread(starts, 1 / 1024, 'MiB')}")
print(f"{'memory: scan':24} {spread(peaks, 1 / 1024, 'MiB')}, {median(peaks) / median(baseline):.2f} of the empty program's")
