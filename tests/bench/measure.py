"""Runs each program several times and prints medians and ratios. Called by tests/bench/scan.

Wall: from start to end. CPU: user and system time of the program and of everything it started and that ended. Memory: the highest sum of
proportional set sizes (PSS, proc(5)) over the program and all its descendants, looked at every 5 ms; "own" is VmHWM of the program alone."""
import ctypes
import datetime
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import time

from processes import field, tree

WORK = pathlib.Path(sys.argv[1])
GOKAJO = os.environ["GOKAJO"]
PR_SET_CHILD_SUBREAPER = 36


def run(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = own = 0
    while child.poll() is None:
        own = max(own, field(f"/proc/{child.pid}/status", "VmHWM:"))
        peak = max(peak, sum(field(f"/proc/{pid}/smaps_rollup", "Pss:") for pid in tree(child.pid)))
        time.sleep(0.005)
    wall = time.monotonic() - start
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:  # daemons it left are ours now
            pass
    except ChildProcessError:
        pass
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall": wall, "cpu": cpu, "memory": peak / 1024, "own": own / 1024, "exit": child.returncode}


def median(rows):
    return {key: statistics.median(row[key] for row in rows) for key in rows[0]}


def cold():
    state = WORK / "state"
    shutil.rmtree(state, ignore_errors=True)
    return run([GOKAJO, "scan", "--format", "json", "--state", str(state)])


def warm():
    return run([GOKAJO, "scan", "--format", "json", "--state", str(WORK / "state")])


def main():
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    time.sleep(3)  # what was mounted just now has settled
    cold()  # everything in the page cache, for everybody
    results = {"gokajo, cold": median([cold() for _ in range(3)]), "gokajo, warm": median([warm() for _ in range(9)])}
    run(["fusioninventory-inventory"])
    results["fusioninventory-inventory"] = median([run(["fusioninventory-inventory"]) for _ in range(3)])
    results["lynis audit system --quick"] = run(["lynis", "audit", "system", "--quick", "--no-colors"])
    version = subprocess.run([GOKAJO, "version"], capture_output=True, text=True).stdout.strip()
    print(f"{datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d}  {version}  {os.cpu_count()} CPUs  load {os.getloadavg()[0]:.1f}")
    print(f"{'':28}{'wall s':>9}{'CPU s':>9}{'peak MiB':>10}{'own MiB':>9}  exit")
    for name, row in results.items():
        print(f"{name:28}{row['wall']:9.3f}{row['cpu']:9.3f}{row['memory']:10.1f}{row['own']:9.1f}  {row['exit']:g}")
    lynis, fusion = results["lynis audit system --quick"], results["fusioninventory-inventory"]
    for mine, other, name in (("cold", lynis, "lynis"), ("cold", fusion, "fusioninventory"), ("warm", fusion, "fusioninventory")):
        row = results[f"gokajo, {mine}"]
        ratios = ", ".join(f"{label} {other[key] / max(row[key], 1e-9):.1f}x" for key, label in (("wall", "wall"), ("cpu", "CPU"), ("memory", "memory")))
        print(f"{name} needs, against a {mine} scan: {ratios}")


main()
