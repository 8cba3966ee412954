//! What some tests need and not every machine has: `ASKAROUND_REQUIRE=browser,postgres` names what
//! has to be there. Without it a test that lacks something says so and passes.

use std::io::Write as _;

const NEEDS: [&str; 2] = ["browser", "postgres"];

/// Says that `what` did not run, because there is no `need`; fails where that is required.
#[expect(clippy::disallowed_methods, reason = "a test says by environment what must be there")]
#[expect(clippy::expect_used, reason = "whoever cannot be told must not believe it ran")]
pub(crate) fn missing(need: &str, what: &str) {
    let required = std::env::var("ASKAROUND_REQUIRE").unwrap_or_default();
    let names = || required.split(',').map(str::trim).filter(|name| !name.is_empty());
    let strange: Vec<_> = names().filter(|name| !NEEDS.contains(name)).collect();
    assert!(strange.is_empty(), "ASKAROUND_REQUIRE knows {NEEDS:?}, and not {strange:?}");
    let said = format!("NO {}: {what} DID NOT RUN", need.to_uppercase());
    assert!(!names().any(|name| name == need), "{said}, and ASKAROUND_REQUIRE wants it to");
    // Written, not printed: the harness keeps to itself what a passing test prints.
    writeln!(std::io::stderr(), "\n{said}").expect("there is somebody to tell");
}
