"""Import hook at interpreter start-up, for programs that Tauraro did not start itself.

In: imported by `tauraro.pth` when TAURARO_ENABLE=1 (console scripts, child processes).
Out: `tauraro.install()` has run, or one line on stderr says why it could not.

An interpreter must start even if this fails, so every `Exception` ends here, but never silently.
"""

import sys

try:
    from tauraro import install

    install()
except Exception as error:
    reason = " ".join(str(error).split())
    print(f"tauraro: TAURARO_ENABLE=1: {type(error).__name__}: {reason}", file=sys.stderr)
