#!/usr/bin/env python3
"""Runs a program on a terminal of its own: what comes on standard input is typed, what the program shows goes to
standard output, bytes as they are. Ends as the program does (128 and the number of a signal); when this is killed,
the terminal is hung up.

on_terminal.py COLUMNS PROGRAM [ARGUMENT...]
"""
import fcntl
import os
import pty
import select
import struct
import sys
import termios


def main():
    columns = int(sys.argv[1])
    child, terminal = pty.fork()
    if child == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', 50, columns, 0, 0))
        os.execvp(sys.argv[2], sys.argv[2:])
    watched = [0, terminal]
    while True:
        ready, _, _ = select.select(watched, [], [])
        if 0 in ready:
            typed = os.read(0, 4096)
            if typed:
                os.write(terminal, typed)
            else:
                watched.remove(0)  # nobody types any more; the terminal stays
        if terminal in ready:
            try:
                shown = os.read(terminal, 4096)
            except OSError:  # the program has closed it
                break
            if not shown:
                break
            os.write(1, shown)
    _, status = os.waitpid(child, 0)
    return os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)


if __name__ == '__main__':
    sys.exit(main())
