"""multiprocessing, start method spawn."""

from _processes import main

if __name__ == "__main__":
    main("spawn")
