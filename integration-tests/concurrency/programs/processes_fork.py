"""multiprocessing, start method fork."""

from _processes import main

if __name__ == "__main__":
    main("fork")
