//! What cannot start says why in one line, and what to do about it.
