//! Insight: what can be read off the store, without changing any of it. The story of a case, and
//! the words for it; chat commands, the command line and the playground show the same.

mod audit;
pub(in crate::runtime) mod report;
pub(in crate::runtime) mod story;
mod words;

pub use audit::{Audit, audit};
pub use report::{CASES_READ, Report, ReportOn, Times};
pub use story::{CaseStory, StoryLine};
