//! What people do, and how it reaches the program: late, sometimes twice, in order within a channel
//! and in no order between them.

use std::time::Duration;

use super::agenda::{Deed, Plan};
use super::population::of_key;
use super::talk;
use super::town::thread_on;
use super::watcher::Known;
use super::world::World;
use crate::domain::case::{Press, Stage};
use crate::domain::ids::{CaseId, PlatformKey};
use crate::platform::{Commanded, Inbound, Message, Named, Place, ReplyHandle, Thread, What};

/// How long an interaction can be answered in private.
const ANSWERABLE: Duration = Duration::from_mins(15);

/// Where everything is said.
pub(super) const COMMUNITY: &str = "town";

impl World {
    /// Somebody does what they meant to, if it still makes sense to them.
    pub(super) fn does(&mut self, who: usize, deed: Deed) {
        let Some(member) = self.people.get(who).cloned() else { return };
        if member.gone {
            return;
        }
        let language = &member.language;
        match deed {
            Deed::Asks { question, channel, by_command } => {
                if by_command {
                    self.typed.insert(member.key.clone(), question.clone());
                    self.types(who, &channel, &format!("/ask {}", question.text), None);
                } else {
                    let key = self.says(who, &channel, &question.text, None);
                    self.asked.insert(key, question);
                }
            }
            Deed::Chats { channel } => {
                let text = talk::chatter(language, &mut self.chance);
                self.says(who, &channel, &text, None);
            }
            Deed::Presses { post, data } => self.presses(who, post, &data),
            Deed::Answers { case } => self.answers(who, case),
            Deed::Thanks { case } => {
                let Some((known, to)) = self.answered_with(case) else { return };
                let text = talk::thanks(language, &mut self.chance);
                self.says(who, &known.channel, &text, to.as_ref());
            }
            Deed::Loves { case } => {
                let Some((known, Some(message))) = self.answered_with(case) else { return };
                let what = What::Reacted { message, emoji: "❤️".to_owned() };
                self.reaches(who, &known.channel, what);
            }
            Deed::AddsMore { case } => {
                let Some(known) = self.open(case) else { return };
                let text = talk::more(language, &mut self.chance);
                self.says(who, &known.channel, &text, None);
            }
            Deed::Edits { case } => {
                let Some((known, message)) = self.question(case) else { return };
                let text = talk::more(language, &mut self.chance);
                self.reaches(who, &known.channel, What::Edited { message, text });
            }
            Deed::Deletes { case } => {
                let Some((known, message)) = self.question(case) else { return };
                self.reaches(who, &known.channel, What::Deleted { message });
            }
            Deed::AnswersOnDesk { post, case } => self.answers_on_desk(who, post, case),
            Deed::Types { channel, line, named } => self.types(who, &channel, &line, named),
            Deed::Moderates { what } => self.moderates(who, what),
            Deed::Leaves => {
                if let Some(member) = self.people.members.get_mut(who) {
                    member.gone = true;
                }
            }
        }
    }

    fn open(&self, case: CaseId) -> Option<Known> {
        self.watcher.cases.get(&case).filter(|known| known.case.stage.is_open()).cloned()
    }

    /// A case with the message that asked, where there is one.
    fn question(&self, case: CaseId) -> Option<(Known, PlatformKey)> {
        let known = self.watcher.cases.get(&case)?;
        Some((known.clone(), known.question.clone()?))
    }

    /// A case with its last answer, as far as people can reply to it.
    fn answered_with(&self, case: CaseId) -> Option<(Known, Option<PlatformKey>)> {
        let known = self.watcher.cases.get(&case)?;
        Some((known.clone(), self.answers.get(&case).cloned()))
    }

    /// What people reply to when they answer: the question, or the post that shows it.
    fn asked_with(&self, known: &Known) -> Option<PlatformKey> {
        if known.question.is_some() {
            return known.question.clone();
        }
        let rows = self.watcher.rows.iter();
        let mut rows = rows.filter(|(_, row)| row.case == Some(known.case.id) && !row.is_edit);
        let (first, _) = rows.next()?;
        let town = self.town.look();
        let place = town.by_row.get(first)?.first()?;
        town.posts.get(*place).map(|post| post.key.clone())
    }

    fn answers(&mut self, who: usize, case: CaseId) {
        let Some(known) = self.open(case) else { return };
        let Some(member) = self.people.get(who).cloned() else { return };
        let claimant = known.case.claimant().and_then(|by| self.watcher.known_key(by));
        let is_taken = claimant.is_some_and(|by| *by != member.key);
        if is_taken && self.chance.percent(90) {
            return; // somebody is at it
        }
        let Some(to) = self.asked_with(&known) else { return };
        let luck = self.chance.below(100);
        if luck < 5 {
            let text = talk::asks_back(&member.language, &mut self.chance);
            self.says(who, &known.channel, &text, Some(&to));
            self.soon(who, Duration::from_mins(3), Deed::Answers { case });
            return;
        }
        let text = talk::answer(&member.language, &mut self.chance);
        let key = if luck < 13 && known.question.is_some() {
            self.says_in_thread(who, &known.channel, &to, &text)
        } else {
            self.says(who, &known.channel, &text, Some(&to))
        };
        if luck > 95 {
            let more = talk::answer(&member.language, &mut self.chance);
            self.says(who, &known.channel, &more, Some(&to));
        }
        self.answers.insert(case, key);
    }

    fn answers_on_desk(&mut self, who: usize, post: usize, case: CaseId) {
        let Some(known) = self.watcher.cases.get(&case) else { return };
        let waits = matches!(known.case.stage, Stage::HandedOff(desked) if !desked.answered);
        let post = self.town.look().posts.get(post).map(|p| (p.channel.clone(), p.key.clone()));
        let Some((channel, key)) = post.filter(|_| waits) else { return };
        let language = known.case.language.clone();
        let text = if self.chance.percent(8) {
            talk::asks_back(&language, &mut self.chance)
        } else {
            talk::answer(&language, &mut self.chance)
        };
        self.says(who, &channel, &text, Some(&key));
    }

    /// A finger on a button, sometimes twice; sometimes on one that is not there any more.
    fn presses(&mut self, who: usize, post: usize, data: &str) {
        let there = {
            let town = self.town.look();
            town.posts.get(post).map(|post| {
                (post.channel.clone(), post.buttons.iter().any(|face| face.data == data))
            })
        };
        let Some((channel, is_there)) = there else { return };
        if !is_there && !self.chance.percent(20) {
            return;
        }
        let times = if self.chance.percent(5) { 2 } else { 1 };
        for _ in 0..times {
            let reply = self.handle(who);
            self.reaches(who, &channel, What::Pressed { data: data.to_owned(), reply });
        }
        let own = Press::decode(data);
        if let Some((Press::Take, case)) = own
            && self.chance.percent(2)
        {
            self.soon(who, Duration::from_mins(5), Deed::AddsMore { case });
        }
    }

    /// A look at the newest case, and a word about it.
    fn moderates(&mut self, who: usize, what: &'static str) {
        let Some((id, known)) = self.watcher.cases.last_key_value() else { return };
        let (id, helper) = (id.short(), known.case.answers.last().map(|answer| answer.by));
        let helper = helper.and_then(|by| self.watcher.known_key(by));
        let named = helper.and_then(of_key);
        let name = named.and_then(|who| self.people.get(who)).map(|member| member.name.clone());
        let line = match (what, name) {
            ("endorse", Some(name)) => format!("/askaround case {id} do:endorse who:@{name}"),
            ("grant", Some(name)) => {
                format!("/askaround case {id} do:grant who:@{name} points:5 reason:patience")
            }
            ("endorse" | "grant", None) => return,
            (what, _) => format!("/askaround case {id} do:{what}"),
        };
        self.types(who, &PlatformKey::from("help"), &line, named);
    }

    // ---- on the wire -----------------------------------------------------------------------

    /// Somebody writes; gives back the message, to reply to.
    pub(super) fn says(
        &mut self,
        who: usize,
        channel: &PlatformKey,
        text: &str,
        reply_to: Option<&PlatformKey>,
    ) -> PlatformKey {
        self.numbers += 1;
        let key = PlatformKey::new(format!("m{}", self.numbers));
        let message = Message {
            key: key.clone(),
            text: text.to_owned(),
            reply_to: reply_to.cloned(),
            mentions_bot: false,
            opens_post: false,
            wordless: text.is_empty(),
        };
        self.reaches(who, channel, What::Said(message));
        key
    }

    /// The same in the thread of a message, opened on the way.
    fn says_in_thread(
        &mut self,
        who: usize,
        parent: &PlatformKey,
        root: &PlatformKey,
        text: &str,
    ) -> PlatformKey {
        let thread = thread_on(root);
        self.town.look().threads.insert(thread.clone(), parent.clone());
        self.says(who, &thread, text, None)
    }

    pub(super) fn types(
        &mut self,
        who: usize,
        channel: &PlatformKey,
        line: &str,
        named: Option<usize>,
    ) {
        let command = Commanded::Line { text: line.to_owned(), channels: Vec::new() };
        let named = named.and_then(|named| self.people.get(named));
        let people: Vec<Named> = named.map(super::population::Member::named).into_iter().collect();
        let reply = self.handle(who);
        self.reaches(
            who,
            channel,
            What::Commanded { command, reply, people, badges: Vec::new(), about: None },
        );
    }

    fn handle(&mut self, who: usize) -> ReplyHandle {
        self.numbers += 1;
        let key = format!("r{}-{who}", self.numbers);
        ReplyHandle { key, expires_at: self.now() + ANSWERABLE }
    }

    /// What somebody did goes its way, unless its place has gone.
    fn reaches(&mut self, who: usize, channel: &PlatformKey, what: What) {
        let Some(member) = self.people.get(who) else { return };
        let (by, now) = (member.author(), self.now());
        let (is_gone, parent) = {
            let town = self.town.look();
            let parent = town.threads.get(channel).cloned();
            let home = parent.as_ref().unwrap_or(channel);
            (town.deleted.contains(home), parent)
        };
        if is_gone {
            return;
        }
        self.numbers += 1;
        let mut place = Place::new((COMMUNITY, "Town"), (channel.as_str(), channel.as_str()));
        place.thread = parent.map(|parent| Thread {
            parent_name: parent.to_string(),
            root: channel.as_str().strip_prefix('t').map(PlatformKey::from),
            private: false,
            parent,
        });
        let key = PlatformKey::new(format!("u{}", self.numbers));
        let inbound = Inbound { key, at: now, place, by, what };
        let lag = self.wire.about(self.trouble.lag);
        let last = self.heard_at.get(channel).copied().unwrap_or(now);
        let at = (now + lag).max(last);
        self.heard_at.insert(channel.clone(), at);
        if self.wire.happens(self.trouble.told_twice) && !self.is_over {
            self.counts.told_twice += 1;
            let again = at + self.wire.about(Duration::from_secs(20));
            self.agenda.add(again, Plan::Reaches(Box::new(inbound.clone())));
        }
        self.agenda.add(at, Plan::Reaches(Box::new(inbound)));
    }
}
