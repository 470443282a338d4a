"""Writes app/cli/first.ld: the functions that `keybearer token` executes, to be laid side by side.

    python3 tests/bench/first_sections.py BUILD_DIRECTORY [PROVIDER]

Needs valgrind and a running broker with a token of that provider (KEYBEARER_SOCKET says where). Links the command line
once more with its symbols, runs it, and looks up in the linker's map in which sections the executed instructions lie.
Names that are not there any more do no harm; run this again when what a start executes has become another thing.
"""
import bisect
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HEAD = """/* Written by tests/bench/first_sections.py: what `keybearer token` executes lies side by side, so that the kernel maps it
   with a few page faults instead of one for each corner of the program. What is not found under its name stays elsewhere. */
SECTIONS
{
  .text.first :
  {
"""
TAIL = """  }
}
INSERT BEFORE .text;
"""
# Which of them is taken hangs on the processor; valgrind's has AVX2 and no more.
VARIANTS = ("evex", "avx512")


def link(build, out):
    commands = subprocess.run(["ninja", "-C", build, "-t", "commands", "keybearer"], check=True, capture_output=True, text=True)
    command = commands.stdout.strip().splitlines()[-1]
    command = re.sub(r"-o bin/keybearer\b", f"-o {out}/keybearer -Wl,-Map={out}/map", command)
    command = re.sub(r"-Wl,-T,\S+first\.ld|(?<= )-s(?= )", "", command)
    subprocess.run(command, shell=True, check=True, cwd=build)


def executed(out, provider):
    subprocess.run(["valgrind", "--tool=callgrind", "--dump-instr=yes", f"--callgrind-out-file={out}/calls",
                    f"{out}/keybearer", "token", provider], check=True, capture_output=True)
    at, seen = 0, set()
    for line in (out / "calls").read_text().splitlines():
        found = re.match(r"(0x[0-9a-f]+|[+-]\d+|\*) ", line)
        if found:
            word = found.group(1)
            at = int(word, 16) if word.startswith("0x") else at if word == "*" else at + int(word)
            seen.add(at)
    return seen


def sections(out):
    """(address, size, name, file) of each input section of code."""
    name, found = "", []
    for line in (out / "map").read_text().splitlines():
        alone = re.match(r" (\.text\S*)$", line)
        if alone:
            name = alone.group(1)
            continue
        whole = re.match(r" (\.text\S*)?\s+0x([0-9a-f]+)\s+0x([0-9a-f]+) (\S+)$", line)
        if whole and (whole.group(1) or name):
            found.append((int(whole.group(2), 16), int(whole.group(3), 16), whole.group(1) or name, whole.group(4)))
        name = ""
    return sorted(found)


def pattern(section, file):
    member = re.search(r"([^/]+\.a)\(([^)]+)\)$", file)
    if not member or "yaml" in file or "startup" in section:
        return []
    archive, item = member.groups()
    if archive == "libstdc++.a":
        return [f"*({section})"]
    if archive.startswith("libkb_"):
        place = "*" if item.startswith("unity") else item  # a room is one text, or is not
        return [f"*{archive}:{place}({section})"]
    if "-avx2" in item:
        others = [f"*{archive}:{item.split('-avx2')[0]}-*{variant}*(.text.{variant}*)" for variant in VARIANTS]
        return [f"*{archive}:{item}({section})", *others]
    return [f"*{archive}:{item}({section})"]


def main():
    build, provider = Path(sys.argv[1]).resolve(), (sys.argv + ["demo"])[2]
    with tempfile.TemporaryDirectory() as place:
        out = Path(place)
        link(build, out)
        there = sections(out)
        begins = [section[0] for section in there]
        hit = set()
        for address in executed(out, provider):
            at = bisect.bisect(begins, address) - 1
            if at >= 0 and address < there[at][0] + there[at][1]:
                hit.add(there[at])
    lines = {line: None for section in sorted(hit, key=lambda each: (each[1] > 8192, each[0]))
             for line in pattern(section[2], section[3])}
    text = HEAD + "".join(f"    {line}\n" for line in lines) + TAIL
    (Path(__file__).resolve().parents[2] / "app/cli/first.ld").write_text(text)
    print(len(lines), "patterns,", sum(section[1] for section in hit) // 1024, "KiB")


if __name__ == "__main__":
    main()
