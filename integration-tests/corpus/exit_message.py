"""sys.exit with a message: the message on standard error, status 1.

Exit status: 1
"""

import sys
import threading


def worker():
    try:
        sys.exit("ends only the thread")
    finally:
        print("thread leaves")


thread = threading.Thread(target=worker)
thread.start()
thread.join()
print("main goes on")
sys.exit("the message")
