"""Whether the programs that are tried have sanitizers in them: every wait for them is then this many times longer
(tests/end_to_end/support/sanitizer.mjs)."""
import os
import sys
import time

SANITIZED = len(sys.argv) > 1 and os.path.isdir(os.path.join(sys.argv[1], '..', 'sanitizer-reports'))
PATIENCE = 6 if SANITIZED else 1


def linger(seconds):
    """Where nothing can be waited for: the program has had this long to do it, or not to."""
    time.sleep(seconds * PATIENCE)
