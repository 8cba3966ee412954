//! `askaround simulate`: a community that lives through days in seconds, and every rule held to.

use std::path::Path;
use std::process::ExitCode;

use anyhow::bail;

use super::scratch::Scratch;
use super::{RunOptions, SimulateOptions, look, say, say_error};
use crate::bot;
use crate::runtime::{Clock as _, SystemClock};
use crate::simulation::{self, Halt, Options};

/// `database` is the one that was named on the command line, if one was: what stands in the
/// environment is where real people's questions are.
pub(super) fn simulate(
    options: &RunOptions,
    wanted: &SimulateOptions,
    database: Option<&str>,
) -> anyhow::Result<ExitCode> {
    let loaded = bot::load_all(&options.bots, &options.bot_ids(), simulation::first_day());
    let broken: Vec<String> = loaded
        .problems
        .iter()
        .filter(|problem| problem.severity == bot::Severity::Error)
        .map(ToString::to_string)
        .collect();
    if !broken.is_empty() {
        for problem in &broken {
            say_error(problem);
        }
        bail!("mend what is named above; `askaround check` names the rest");
    }
    let bot = match loaded.bots.as_slice() {
        [one] => one,
        [] => bail!("there is no bot in {}", shown(&options.bots)),
        [first, ..] => bail!("there are several bots; name one, as with --bot {}", first.id),
    };
    let away = if database.is_none() { Some(Scratch::new("simulate")?) } else { None };
    let database =
        database.map(str::to_owned).or(away.as_ref().map(|away| away.database("simulated.db")));
    let simulated = Options {
        seed: wanted.seed,
        days: wanted.days,
        people: wanted.people,
        database: database.unwrap_or_default(),
        until: wanted.until,
    };
    let began = SystemClock.now();
    let ended = look::block_on(async { Ok(Box::pin(simulation::simulate(simulated, bot)).await) })?;
    say_error(&format!("took {:.1} s", SystemClock.now().since(began).as_secs_f64()));
    match ended {
        Ok(outcome) => {
            if wanted.json {
                say(&serde_json::to_string_pretty(&outcome)?);
            } else {
                outcome.lines().iter().for_each(|line| say(line));
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(Halt::Violated { step, at, violation }) => {
            say_error(&format!("a rule was broken at step {step}, {at}: {violation}"));
            let SimulateOptions { seed, days, people, .. } = wanted;
            say_error(&format!(
                "askaround simulate --bot {} --seed {seed} --days {days} --people {people} \
                 --until {step}",
                bot.id
            ));
            Ok(ExitCode::FAILURE)
        }
        Err(reached @ Halt::Reached { .. }) => {
            say(&reached.to_string());
            Ok(ExitCode::SUCCESS)
        }
        Err(halt) => Err(halt.into()),
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
