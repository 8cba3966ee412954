//! Bursts: several lines of one person in one breath are one question.
//!
//! What comes after a line that asked joins its case as a follow-up. What came before it, and was
//! no question by itself, leads up to it: those lines stand in the question, and each is kept with
//! the case as well, so that a reply to any of them finds it, and an edit or a deletion follows.

use super::super::lately::{Remark, Whose, as_one};
use super::message::clip;
use super::{Here, Turn};
use crate::domain::ids::{AccountId, PlatformKey};
use crate::domain::question::{self, Heard, ListenMode, Sensitivity, Verdict};
use crate::platform::{Inbound, Message};
use crate::store::{Part, Said, StoreError};

/// A line that is no question makes one of what came before only if it is a third of one itself:
/// "and nothing works" may be, "ok" behind a minute's chatter is not.
const COMPLETES: f64 = 3.0;

/// A question as it was found: what it says in all, and the lines that led up to it.
pub(super) struct Found {
    pub(super) text: String,
    pub(super) lead: Vec<Remark>,
    pub(super) verdict: Verdict,
}

impl Turn<'_> {
    /// The question that a message is, or that it makes of what its writer said right before it.
    pub(super) fn find_question(
        &self,
        inbound: &Inbound,
        message: &Message,
        heard: &Heard<'_>,
        (mode, sensitivity): (ListenMode, Sensitivity),
    ) -> Option<Found> {
        let detector = &self.bot.policies.detector;
        let catches = |heard: &Heard<'_>, verdict: &Verdict| {
            question::is_caught(mode, sensitivity, heard, verdict)
        };
        let verdict = detector.judge(heard);
        let text = clip(&message.text);
        let is_caught = catches(heard, &verdict);
        let alone = is_caught && !question::leans_on_context(&message.text);
        // A reply leans on what it replies to, a post stands for itself, and where only a tag or a
        // mention counts nothing else makes a question.
        let is_loose = message.reply_to.is_none() && !message.opens_post;
        if alone || !is_loose || mode != ListenMode::Detect {
            return is_caught.then(|| Found { text, lead: Vec::new(), verdict });
        }
        let whose = self.whose(inbound);
        let lead = self.engine.lately.before(&whose, &message.key, inbound.at);
        // Most lines are chatter: they are judged once, and not again with all before them.
        let may_complete = verdict.score * COMPLETES >= sensitivity.cut();
        if !lead.is_empty() && (is_caught || may_complete) {
            let joined = as_one(&lead, &text);
            let burst = Heard { text: &joined, ..*heard };
            let together = detector.judge(&burst);
            if is_caught || catches(&burst, &together) {
                return Some(Found { text: clip(&joined), lead, verdict: together });
            }
        }
        if is_caught {
            return Some(Found { text, lead: Vec::new(), verdict });
        }
        let (key, at) = (message.key.clone(), inbound.at);
        self.engine.lately.note(Remark { whose, key, text, at });
        None
    }

    fn whose(&self, inbound: &Inbound) -> Whose {
        Whose {
            bot: self.bot.id.clone(),
            platform: self.platform.clone(),
            channel: inbound.place.channel.clone(),
            author: inbound.by.key.clone(),
        }
    }

    /// Keeps the lines that led up to the question that this turn has asked.
    pub(super) async fn keep_lead(
        &mut self,
        here: &Here,
        by: AccountId,
        lead: Vec<Remark>,
    ) -> Result<(), StoreError> {
        let Some(case) = self.asked.as_ref().map(|asked| asked.case) else { return Ok(()) };
        for Remark { key, text, at, .. } in lead {
            let said = Said {
                case,
                channel: here.channel,
                key,
                author: Some(by),
                part: Part::Lead,
                body: text,
                answer: None,
                at,
            };
            self.tx.new_message(&said).await?;
        }
        Ok(())
    }

    /// Follows an edit of a message that is kept; a deleted one says nothing any more. The lines
    /// that led up to a question stand in it, too. False when no word has changed: platforms also
    /// call it an edit when they add a preview.
    pub(super) async fn change_words(
        &mut self,
        said: &Said,
        text: &str,
    ) -> Result<bool, StoreError> {
        let body = match said.part {
            Part::Question if !text.is_empty() => {
                let lead = self.tx.lead(said.case).await?;
                let lines = lead.iter().map(|line| line.body.as_str()).chain([text]);
                let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
                clip(&lines.join("\n"))
            }
            Part::Question
            | Part::Lead
            | Part::Answer
            | Part::FollowUp
            | Part::Bot
            | Part::Call
            | Part::Dossier => text.to_owned(),
        };
        if body == said.body {
            return Ok(false);
        }
        if said.part == Part::Lead
            && let Some(question) = self.tx.question(said.case).await?
        {
            let asked = with_line(&question.body, &said.body, &body);
            self.tx.change_body(question.channel, &question.key, &asked).await?;
        }
        self.tx.change_body(said.channel, &said.key, &body).await?;
        Ok(true)
    }

    /// Takes a line out of what is remembered of the last minute, or puts it right.
    pub(super) fn correct_lately(&self, inbound: &Inbound, key: &PlatformKey, text: Option<&str>) {
        let channel = &inbound.place.channel;
        match text {
            Some(text) => self.engine.lately.change(channel, key, &clip(text)),
            None => self.engine.lately.forget(channel, key),
        }
    }
}

/// `body` with the first line, or lines, that read `old` replaced; an empty one goes.
fn with_line(body: &str, old: &str, new: &str) -> String {
    let begins = |before: &str| before.is_empty() || before.ends_with('\n');
    let ends = |after: &str| after.is_empty() || after.starts_with('\n');
    let mut places = body.match_indices(old).filter_map(|(at, _)| {
        let (before, rest) = body.split_at_checked(at)?;
        Some((before, rest.strip_prefix(old)?))
    });
    let found = places.find(|(before, after)| begins(before) && ends(after));
    let Some((before, after)) = found.filter(|_| !old.is_empty()) else { return body.to_owned() };
    let lines = [before.trim_end_matches('\n'), new, after.trim_start_matches('\n')];
    let lines: Vec<&str> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_taken_out_of_a_question_whole() {
        let body = "hi\nmy router is red\nany ideas";
        for (old, new, expected) in [
            ("hi", "", "my router is red\nany ideas"),
            ("my router is red", "", "hi\nany ideas"),
            ("my router is red", "my router is blue", "hi\nmy router is blue\nany ideas"),
            ("", "what", body),
            ("something else", "", body),
            ("red", "", body),
        ] {
            assert_eq!(with_line(body, old, new), expected, "{old}");
        }
    }
}
