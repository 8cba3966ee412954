//! What is due goes out, by the real outbox, and what comes of it goes back in.

use std::collections::BTreeSet;
use std::time::Duration;

use super::Halt;
use super::agenda::Plan;
use super::checks::{self, Delivered, Found, Rule, Violation};
use super::town::Given;
use super::world::World;
use crate::domain::ids::OutboxId;
use crate::platform::DeliveryError;
use crate::runtime::{Clock as _, Input, Job};

impl World {
    /// Sends what is due, and notes what came of it.
    pub(super) async fn sends(&mut self) -> Result<bool, Halt> {
        let is_time = self.next_row.is_some_and(|next| next <= self.now());
        let Some(alive) = self.alive.as_ref().filter(|_| self.unsure || is_time) else {
            return Ok(false);
        };
        let jobs = alive.outbox.due(self.clock.now()).await?;
        self.unsure |= is_time;
        if jobs.is_empty() {
            return Ok(false);
        }
        let mut results = Vec::new();
        for job in jobs {
            self.begin_step()?;
            let row = job.row();
            let Some(result) = self.send(job).await? else {
                for (row, _) in &results {
                    self.doubt(*row);
                }
                return Ok(true);
            };
            let is_late = self.wire.happens(self.trouble.late_receipts) && !self.is_over;
            if is_late {
                let at = self.now() + Duration::from_secs(1 + self.wire.below(90));
                self.agenda.add(at, Plan::Settles { life: self.life, input: result });
            } else {
                results.push((row, result));
            }
        }
        if !results.is_empty() {
            self.settle(results.into_iter().map(|(_, result)| result).collect()).await?;
        }
        Ok(true)
    }

    /// Sends one thing; `None` when the process died with the result.
    async fn send(&mut self, job: Job) -> Result<Option<Input>, Halt> {
        let row = job.row();
        let Some(alive) = &self.alive else { return Ok(None) };
        let Some(result) = alive.outbox.carry_out(job).await else { return Ok(None) };
        if let Input::Delivered { result: Err(DeliveryError::Unknown { .. }), .. } = &result {
            self.doubt(row);
        }
        let given = std::mem::take(&mut self.town.look().given);
        for given in given {
            self.was_given(&given)?;
            let lit = given.shown.map_or(&[][..], |_| given.ping.as_slice());
            let is_call = self.watcher.rows.get(&given.row).is_some_and(|row| row.class == "ping");
            if let Some(alive) = self.alive.as_ref().filter(|_| is_call && !lit.is_empty()) {
                let found = self.watcher.woken(&alive.store, lit, self.clock.now()).await?;
                self.hold(found)?;
            }
        }
        if self.dies_at.is_some_and(|at| at <= self.step) {
            self.doubt(row);
            self.dies().await;
            return Ok(None);
        }
        Ok(Some(result))
    }

    /// Holds one delivery to the rules, and lets people see it.
    fn was_given(&mut self, given: &Given) -> Result<(), Halt> {
        let Some(row) = self.watcher.rows.get(&given.row).cloned() else {
            let what = format!("row {} was sent and never written", given.row);
            return self.hold(vec![Violation::new(Rule::Recorded, what)]);
        };
        let said = Delivered {
            row: given.row,
            class: row.class.clone(),
            channel: given.channel.clone(),
            private_to: given.private_to.clone(),
            named: given.named.clone(),
            ping: given.ping.clone(),
        };
        let (parent, shown, marked) = {
            let town = self.town.look();
            let (shown, marked) = town.shown(given.row);
            (town.threads.get(&given.channel).cloned(), shown, marked)
        };
        let mut found = Found::new();
        if given.is_in_a_place {
            found.extend(checks::place(&said, parent.as_ref(), &self.allowed));
        }
        let nobody = BTreeSet::new();
        let known = row.case.and_then(|case| self.watcher.cases.get(&case));
        let concerned = known.map_or(&nobody, |known| &known.concerned);
        found.extend(checks::lights(&said, &row.chosen, concerned));
        let doubts = self.doubts.get(&given.row).copied().unwrap_or(0);
        found.extend(checks::once(&said, shown, marked, doubts));
        self.hold(found)?;
        if let Some(place) = given.shown.filter(|_| !given.is_edit) {
            self.sees_post(place, &row);
        }
        Ok(())
    }

    /// Results reach the process.
    pub(super) async fn settle(&mut self, results: Vec<Input>) -> Result<(), Halt> {
        let rows: Vec<OutboxId> = results.iter().filter_map(row_of).collect();
        if self.commit(results).await?.is_none() {
            for row in rows {
                self.doubt(row);
            }
            return Ok(());
        }
        if let Some(alive) = &self.alive {
            for row in rows {
                alive.outbox.settled(row);
            }
        }
        Ok(())
    }
}

pub(super) fn row_of(input: &Input) -> Option<OutboxId> {
    match input {
        Input::Delivered { row, .. } => Some(*row),
        Input::Heard { .. } | Input::Due { .. } | Input::BadgesDue { .. } => None,
    }
}
