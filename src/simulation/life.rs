//! What people make of what they see: a suggestion, a call, an answer, a dossier. They act on what
//! the platform shows them and on nothing else, each in their own time, or not at all.

use std::time::Duration;

use super::agenda::{Deed, Plan};
use super::population::{Member, Presence, of_key};
use super::watcher::{Known, Row};
use super::world::World;
use crate::domain::case::{Press, Stage};
use crate::domain::ids::CaseId;
use crate::domain::time::Moment;

const fn seconds(number: u64) -> Duration {
    Duration::from_secs(number)
}

const fn minutes(number: u64) -> Duration {
    Duration::from_mins(number)
}

/// Steps in which staff look whether their office is open again.
const OFFICE_STEP: Duration = Duration::from_mins(15);

impl World {
    /// Somebody will do something after about so long.
    pub(super) fn soon(&mut self, who: usize, median: Duration, deed: Deed) {
        let at = self.now() + self.chance.about(median);
        self.agenda.add(at, Plan::Does(who, deed));
    }

    fn known(&self, case: CaseId) -> Option<(Known, usize)> {
        let known = self.watcher.cases.get(&case)?;
        let asker = of_key(&known.asker)?;
        Some((known.clone(), asker))
    }

    /// A question stands in a channel: what its asker and readers may do about it by themselves.
    pub(super) fn sees_question(&mut self, case: CaseId) {
        let Some((known, asker)) = self.known(case) else { return };
        let circle = self.people.get(asker).and_then(|member| member.circle);
        if let Some(circle) = circle {
            // A friend is there at once, as if by appointment.
            let friends = self.people.circles.get(circle).cloned().unwrap_or_default();
            let friends: Vec<usize> = friends.into_iter().filter(|who| *who != asker).collect();
            if let Some(friend) = self.chance.one_of(&friends).copied() {
                self.soon(friend, seconds(40), Deed::Answers { case });
            }
            return;
        }
        let own = self.chance.below(1_000);
        match own {
            0..30 => {
                let channel = known.channel.clone();
                let line = "/human".to_owned();
                self.soon(asker, minutes(8), Deed::Types { channel, line, named: None });
            }
            30..50 => self.soon(asker, minutes(5), Deed::Deletes { case }),
            50..90 => self.soon(asker, minutes(2), Deed::Edits { case }),
            90..150 => self.soon(asker, seconds(50), Deed::AddsMore { case }),
            _ => {}
        }
        let now = self.now();
        if self.chance.percent(12)
            && let Some(who) = self.people.anybody(now, &mut self.chance)
            && who != asker
            && self.people.get(who).is_some_and(|member| member.willing)
        {
            self.soon(who, minutes(6), Deed::Answers { case });
        }
    }

    /// A post of ours can be read from now on.
    pub(super) fn sees_post(&mut self, place: usize, row: &Row) {
        let Some((lit, at)) = self.read(place, |post| (post.lit.clone(), post.at)) else { return };
        if row.class == "ping" {
            for who in lit.iter().filter_map(of_key) {
                let Some(day) = self.people.get(who).map(|member| member.day(at)) else { continue };
                *self.counts.pings.entry((who, day)).or_default() += 1;
            }
        }
        let Some(case) = row.case else { return };
        match row.post.as_str() {
            "suggestion" => self.sees_suggestion(place, case, at),
            "call" => self.sees_call(place, case),
            "answer_check" => self.sees_answer(place, case),
            "claim_note" => self.sees_claim(place, case),
            "dossier" => self.sees_dossier(place, case),
            _ => self.sees_notice(place, case, row),
        }
    }

    fn read<T>(&self, place: usize, of: impl FnOnce(&super::town::Post) -> T) -> Option<T> {
        self.town.look().posts.get(place).map(of)
    }

    /// The data of a button that means this.
    fn button(&self, place: usize, wanted: impl Fn(Press) -> bool) -> Option<String> {
        let town = self.town.look();
        let faces = town.posts.get(place)?.buttons.iter();
        let mut data = faces.map(|face| &face.data);
        data.find(|data| Press::decode(data).is_some_and(|(press, _)| wanted(press))).cloned()
    }

    fn presses_soon(
        &mut self,
        who: usize,
        median: Duration,
        place: usize,
        wanted: impl Fn(Press) -> bool,
    ) {
        let Some(data) = self.button(place, wanted) else { return };
        self.soon(who, median, Deed::Presses { post: place, data });
    }

    fn sees_suggestion(&mut self, place: usize, case: CaseId, at: Moment) {
        let Some((known, asker)) = self.known(case) else { return };
        if let Some(kept) = self.watcher.cases.get_mut(&case) {
            kept.suggested_at.get_or_insert(at);
        }
        let question = known.question.as_ref().and_then(|key| self.asked.get(key));
        let question = question.or_else(|| self.typed.get(&known.asker));
        let right = question.and_then(|question| question.right.as_ref());
        let fits = right.is_some_and(|right| known.case.tried.contains(right));
        let luck = self.chance.below(100);
        let (solved, person) = if fits { (64, 82) } else { (4, 62) };
        if luck < solved {
            self.presses_soon(asker, seconds(50), place, |press| press == Press::Solved);
        } else if luck < person {
            self.presses_soon(asker, seconds(40), place, |press| press == Press::AskPerson);
        }
        let now = self.now();
        if self.chance.percent(8)
            && let Some(who) = self.people.anybody(now, &mut self.chance)
        {
            // Another with the same question, or with a finger on somebody else's button.
            let wrong = self.chance.percent(25);
            self.presses_soon(who, minutes(4), place, |press| match press {
                Press::Solved => wrong,
                Press::MeToo => !wrong,
                Press::AskPerson
                | Press::Take
                | Press::Pass
                | Press::GiveBack
                | Press::Accept(_)
                | Press::NotSolved
                | Press::StaffTake
                | Press::StaffReturn
                | Press::StaffSolved
                | Press::Rate(_)
                | Press::ShareAnswer
                | Press::KeepAnswer
                | Press::TakeBackAnswer => false,
            });
        }
    }

    fn sees_call(&mut self, place: usize, case: CaseId) {
        let now = self.now();
        let lit = self.read(place, |post| post.lit.clone()).unwrap_or_default();
        let lit: Vec<usize> = lit.iter().filter_map(of_key).collect();
        for who in lit {
            let Some(member) = self.people.get(who).cloned() else { continue };
            if !member.is_awake(now) || !self.chance.percent(member.looks()) {
                continue;
            }
            let median = pace(&member);
            if self.chance.percent(78) {
                self.presses_soon(who, median, place, |press| press == Press::Take);
            } else if self.chance.percent(70) {
                self.presses_soon(who, median, place, |press| press == Press::Pass);
            } else if self.chance.percent(30) {
                self.soon(who, median, Deed::Answers { case });
            }
        }
        // Whoever looks in without having been called.
        if self.chance.percent(10)
            && let Some(who) = self.people.anybody(now, &mut self.chance)
        {
            self.presses_soon(who, minutes(3), place, |press| press == Press::Take);
        }
    }

    /// The question is theirs: most answer, some drift off, a few give it back.
    fn sees_claim(&mut self, place: usize, case: CaseId) {
        let Some(to) = self.read(place, |post| post.private_to.clone()).flatten() else { return };
        let Some(who) = of_key(&to) else { return };
        match self.chance.below(100) {
            0..86 => self.soon(who, minutes(3), Deed::Answers { case }),
            86..90 => self.presses_soon(who, minutes(4), place, |press| press == Press::GiveBack),
            _ => {}
        }
    }

    fn sees_answer(&mut self, place: usize, case: CaseId) {
        let Some((_, asker)) = self.known(case) else { return };
        let Some(member) = self.people.get(asker).cloned() else { return };
        let accepts = |press| matches!(press, Press::Accept(_));
        if member.circle.is_some() {
            self.presses_soon(asker, seconds(20), place, accepts);
            self.soon(asker, minutes(2), Deed::Thanks { case });
            return;
        }
        if !member.is_awake(self.now()) {
            return;
        }
        match self.chance.below(100) {
            0..52 => self.presses_soon(asker, minutes(4), place, accepts),
            52..64 => self.soon(asker, minutes(5), Deed::Thanks { case }),
            64..72 => self.soon(asker, minutes(5), Deed::Loves { case }),
            72..79 => {
                self.presses_soon(asker, minutes(6), place, |press| press == Press::NotSolved);
            }
            _ => {}
        }
    }

    fn sees_dossier(&mut self, place: usize, case: CaseId) {
        let staff = self.people.staff.clone();
        if self.chance.percent(6) {
            return; // everybody thought that somebody else would
        }
        let Some(who) = self.chance.one_of(&staff).copied() else { return };
        let Some(opens) = self.office_opens(who) else { return };
        let at = opens + self.chance.about(minutes(6));
        let take = self.button(place, |press| press == Press::StaffTake);
        if let Some(data) = take {
            self.agenda.add(at, Plan::Does(who, Deed::Presses { post: place, data: data.clone() }));
            if self.chance.percent(6)
                && let Some(other) = self.chance.one_of(&staff).copied()
            {
                self.agenda.add(at, Plan::Does(other, Deed::Presses { post: place, data }));
            }
        }
        let then = at + self.chance.about(minutes(6));
        let other = match self.chance.below(100) {
            0..82 => Some(Deed::AnswersOnDesk { post: place, case }),
            82..90 => self
                .button(place, |press| press == Press::StaffSolved)
                .map(|data| Deed::Presses { post: place, data }),
            90..94 => self
                .button(place, |press| press == Press::StaffReturn)
                .map(|data| Deed::Presses { post: place, data }),
            _ => None,
        };
        if let Some(deed) = other {
            self.agenda.add(then, Plan::Does(who, deed));
        }
    }

    /// When somebody of the staff is in the office next.
    fn office_opens(&self, who: usize) -> Option<Moment> {
        let member = self.people.get(who)?;
        let mut at = self.now();
        for _ in 0..4 * 24 * 4 {
            if member.is_in_office(at) {
                return Some(at);
            }
            at = at + OFFICE_STEP;
        }
        None
    }

    /// The last word with its thumbs, a reminder on the desk.
    fn sees_notice(&mut self, place: usize, case: CaseId, row: &Row) {
        let Some((known, asker)) = self.known(case) else { return };
        if row.class == "hand_off" && self.chance.percent(60) {
            // A reminder: somebody looks at what lies there.
            let waits = matches!(known.case.stage, Stage::HandedOff(desked) if !desked.answered);
            let staff = self.people.staff.clone();
            let who = self.chance.one_of(&staff).copied().filter(|_| waits);
            if let Some(who) = who
                && let Some(opens) = self.office_opens(who)
            {
                let at = opens + self.chance.about(minutes(8));
                self.agenda.add(at, Plan::Does(who, Deed::AnswersOnDesk { post: place, case }));
            }
            return;
        }
        match self.chance.below(100) {
            0..14 => self.presses_soon(asker, minutes(2), place, |p| p == Press::Rate(true)),
            14..16 => self.presses_soon(asker, minutes(2), place, |p| p == Press::Rate(false)),
            16..19 => self.presses_soon(asker, minutes(30), place, |p| p == Press::NotSolved),
            19..21 => self.soon(asker, minutes(3), Deed::Thanks { case }),
            _ => {}
        }
    }
}

/// How long somebody who looks takes to react to a call.
fn pace(member: &Member) -> Duration {
    match member.presence {
        Presence::Super => seconds(75),
        Presence::Frequent => seconds(120),
        Presence::Occasional => seconds(240),
    }
}
