//! The program: everything it does is in the library; here it only starts and says goodbye.

use std::process::ExitCode;

fn main() -> ExitCode {
    askaround::cli::main()
}
