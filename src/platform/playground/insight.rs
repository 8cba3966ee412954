//! What a rehearsing moderator sees of the inside: values, read by whoever has the database and
//! shown to every tab that looks.
//!
//! Looking costs what it must: nothing is read while no tab looks, once a language while some do,
//! a few times a second at most, and nothing is sent that is already known.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::Serialize;
use tokio::sync::watch;

use super::frames::ServerFrame;
use super::people::PEOPLE;
use super::{Hands, Playground};
use crate::domain::case::Due;
use crate::domain::ids::{Language, PlatformKey};
use crate::domain::time::Moment;

/// Between two looks at least: a burst of commits is one picture.
const BREATH: Duration = Duration::from_millis(150);

/// Languages looked at in at once; the page itself has two.
const LANGUAGES_LIMIT: usize = 8;

/// The inside at one moment.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Insight {
    /// Open ones first, then the last that ended; each the newest first.
    pub cases: Vec<CaseFrame>,
    pub points: Vec<PointsFrame>,
    /// The newest first.
    pub outbox: Vec<RowFrame>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CaseFrame {
    /// Its number, as people read it.
    pub id: String,
    /// The first words of the question.
    pub question: String,
    pub asker: String,
    pub channel: PlatformKey,
    /// The post that asked, to jump to.
    pub post: Option<PlatformKey>,
    pub stage: &'static str,
    /// How it ended: the word of a resolution or a closing.
    pub how: Option<&'static str>,
    /// Who has it now.
    pub holder: Option<String>,
    pub deadline: Option<Moment>,
    /// What happens then.
    pub due: Option<Due>,
    /// Its history, worded.
    pub lines: Vec<LineFrame>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LineFrame {
    pub at: Moment,
    pub words: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PointsFrame {
    pub name: String,
    pub points: i64,
    pub rank: String,
    /// What is missing to the next rank, and its name.
    pub next: Option<(i64, String)>,
}

/// One row of the outbox: what kind of thing was said, never its words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RowFrame {
    pub id: String,
    pub kind: String,
    /// It changes an earlier message.
    pub edit: bool,
    pub channel: String,
    /// Who alone reads it.
    pub to: Option<String>,
    /// Whom it lights up.
    pub pings: Vec<String>,
    pub state: String,
    pub attempts: i64,
    pub problem: Option<String>,
    pub at: Moment,
    pub took_ms: Option<u64>,
}

type Seen = watch::Receiver<Option<Arc<ServerFrame>>>;

/// Who looks, by the language they read.
#[derive(Debug, Default)]
pub(super) struct Lookers(Mutex<BTreeMap<Language, watch::Sender<Option<Arc<ServerFrame>>>>>);

impl Lookers {
    /// `None` when too many languages are looked at already.
    fn join(&self, language: &Language) -> Option<Seen> {
        let mut lookers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lookers.retain(|_, pictures| pictures.receiver_count() > 0);
        if lookers.len() >= LANGUAGES_LIMIT && !lookers.contains_key(language) {
            return None;
        }
        let pictures = lookers.entry(language.clone()).or_insert_with(|| watch::channel(None).0);
        let mut seen = pictures.subscribe();
        seen.mark_changed(); // whoever comes later sees what others see already
        Some(seen)
    }

    fn languages(&self) -> Vec<Language> {
        let lookers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let looked = lookers.iter().filter(|(_, pictures)| pictures.receiver_count() > 0);
        looked.map(|(language, _)| language.clone()).collect()
    }

    /// Shows a picture, unless it is the one that they see.
    fn show(&self, language: &Language, insight: Insight) {
        let lookers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(pictures) = lookers.get(language) else { return };
        pictures.send_if_modified(|picture| {
            let known = picture.as_deref();
            if matches!(known, Some(ServerFrame::Insight(known)) if **known == insight) {
                return false;
            }
            *picture = Some(Arc::new(ServerFrame::Insight(Box::new(insight))));
            true
        });
    }
}

impl Playground {
    /// Begins to look; the first picture comes as soon as it is read.
    pub(super) fn look(&self, language: &Language) -> Option<Seen> {
        let seen = self.lookers.join(language);
        self.look.notify_one();
        seen
    }

    /// Reads what is looked at after every change.
    pub(super) async fn tell_the_inside(&self) {
        let mut breath = tokio::time::interval(BREATH);
        breath.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            breath.tick().await;
            // Asked for before looking, so that no change falls between.
            let changed = self.hands.changed();
            self.tell_the_commands().await;
            for language in self.lookers.languages() {
                if let Some(insight) = inside(self.hands.as_ref(), &language).await {
                    self.lookers.show(&language, insight);
                }
            }
            tokio::select! {
                () = self.look.notified() => {}
                () = changed => {}
            }
        }
    }
}

/// With the database away there is nothing to show; the runtime says why.
async fn inside(hands: &dyn Hands, language: &Language) -> Option<Insight> {
    hands.inside(language, PEOPLE).await
}
