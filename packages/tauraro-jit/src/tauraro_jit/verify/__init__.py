"""Native code compared with tier 0: `--jit-verify`.

In: the regions that loops enter. Out: what they did that tier 0 does not do.

    before a sampled entry    the process forks: a child waits with the frame as it is
    after it                  the child is told which way out was taken, and how often each loop
                              came round; it executes that much in tier 0 and describes what there
                              is then. A second child, forked now, describes what native code
                              has made, and compares

So nothing has to be copied, native code meets the objects as they are in any run, with the same
references to them, and what tier 0 does changes nothing.

    verifier.py     which entries are sampled, what was found
    sample.py       one entry: the children, and what they do
    process.py      forking without anybody noticing
    frames.py       what a frame of the host holds
    describing.py   objects as plain data: nodes
    comparing.py    two descriptions; where they differ, by the names that the program uses
    counting.py     references: what is held by others must not change
"""
