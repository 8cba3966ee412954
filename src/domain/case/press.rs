//! Buttons on the wire: a verb and a case in under 64 bytes (Telegram's limit), with a version
//! letter in front so that a button posted by an older release is still understood.

use super::event::Press;
use crate::domain::ids::CaseId;
use crate::domain::text::Text;

const VERSION: &str = "a";

impl Press {
    fn verb(self) -> String {
        match self {
            Press::Solved => "solved".into(),
            Press::AskPerson => "ask".into(),
            Press::MeToo => "metoo".into(),
            Press::Take => "take".into(),
            Press::Pass => "pass".into(),
            Press::GiveBack => "back".into(),
            Press::Accept(answer) => format!("accept{answer}"),
            Press::NotSolved => "unsolved".into(),
            Press::StaffTake => "stake".into(),
            Press::StaffReturn => "sreturn".into(),
            Press::StaffSolved => "ssolved".into(),
            Press::Rate(true) => "up".into(),
            Press::Rate(false) => "down".into(),
            Press::ShareAnswer => "share".into(),
            Press::KeepAnswer => "keep".into(),
            Press::TakeBackAnswer => "unshare".into(),
        }
    }

    fn from_verb(verb: &str) -> Option<Press> {
        if let Some(answer) = verb.strip_prefix("accept") {
            return answer.parse().ok().map(Press::Accept);
        }
        [
            Press::Solved,
            Press::AskPerson,
            Press::MeToo,
            Press::Take,
            Press::Pass,
            Press::GiveBack,
            Press::NotSolved,
            Press::StaffTake,
            Press::StaffReturn,
            Press::StaffSolved,
            Press::Rate(true),
            Press::Rate(false),
            Press::ShareAnswer,
            Press::KeepAnswer,
            Press::TakeBackAnswer,
        ]
        .into_iter()
        .find(|press| press.verb() == verb)
    }

    /// The two small buttons under the last word of a case.
    pub const RATING: [Press; 2] = [Press::Rate(true), Press::Rate(false)];

    /// What travels with the button.
    pub fn encode(self, case: CaseId) -> String {
        format!("{VERSION}:{}:{}", self.verb(), case.short())
    }

    /// `None` for data that no release of ours has sent.
    pub fn decode(data: &str) -> Option<(Press, CaseId)> {
        let mut parts = data.splitn(3, ':');
        let (version, verb, case) = (parts.next()?, parts.next()?, parts.next()?);
        (version == VERSION).then_some(())?;
        Some((Press::from_verb(verb)?, CaseId::from_short(case)?))
    }

    pub fn label(self) -> Text {
        match self {
            Press::Solved | Press::Accept(_) => Text::ButtonSolved,
            Press::AskPerson => Text::ButtonAskPerson,
            Press::MeToo => Text::ButtonMeToo,
            Press::Take => Text::ButtonTake,
            Press::Pass => Text::ButtonPass,
            Press::GiveBack => Text::ButtonGiveBack,
            Press::NotSolved => Text::ButtonNotSolved,
            Press::StaffTake => Text::ButtonStaffTake,
            Press::StaffReturn => Text::ButtonStaffReturn,
            Press::StaffSolved => Text::ButtonStaffSolved,
            Press::Rate(true) => Text::ButtonRateUp,
            Press::Rate(false) => Text::ButtonRateDown,
            Press::ShareAnswer => Text::ButtonShareAnswer,
            Press::KeepAnswer => Text::ButtonKeepAnswer,
            Press::TakeBackAnswer => Text::ButtonTakeBackAnswer,
        }
    }

    /// The one button of a post that most people want.
    pub fn is_primary(self) -> bool {
        matches!(self, Press::Solved | Press::Accept(_) | Press::Take | Press::StaffTake)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_reads_back_and_fits_in_64_bytes() {
        let case = CaseId::from(i64::MAX);
        for press in [
            Press::Solved,
            Press::AskPerson,
            Press::MeToo,
            Press::Take,
            Press::Pass,
            Press::GiveBack,
            Press::Accept(usize::MAX),
            Press::NotSolved,
            Press::StaffTake,
            Press::StaffReturn,
            Press::StaffSolved,
            Press::Rate(true),
            Press::Rate(false),
            Press::ShareAnswer,
            Press::KeepAnswer,
            Press::TakeBackAnswer,
        ] {
            let data = press.encode(case);
            assert!(data.len() <= 64, "{data}");
            assert_eq!(Press::decode(&data), Some((press, case)));
        }
        let posted_before = [("a:take:1", Press::Take), ("a:unsolved:1", Press::NotSolved)];
        for (data, press) in posted_before {
            assert_eq!(Press::decode(data), Some((press, CaseId::from(1))), "{data}");
        }
        for data in ["", "a", "a:take", "b:take:1", "a:steal:1", "a:take:", "a:accept:1"] {
            assert_eq!(Press::decode(data), None, "{data:?}");
        }
    }
}
