//! The end of a run, and what is left of it: the exit code, the last frame, the log.
