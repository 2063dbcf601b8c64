"""multiprocessing, start method forkserver."""

from _processes import main

if __name__ == "__main__":
    main("forkserver")
