//! `askaround ledger`: whether the points add up, and why somebody has them.

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use anyhow::bail;

use super::cases::case_id;
use super::{LedgerCommand, RunOptions, keys, look, say, say_error};
use crate::domain::ids::{AccountId, EntryId, PersonId};
use crate::domain::recognition::Act;
use crate::runtime::audit;
use crate::store::{LedgerLine, Store, Tx};

/// Entries of one person that are explained, the newest ones.
const LINES: i64 = 100;

pub(super) fn ledger(options: &RunOptions, command: &LedgerCommand) -> anyhow::Result<ExitCode> {
    look::block_on(async {
        let store = Store::open_to_read_with(&options.database, keys::given()?).await?;
        match command {
            LedgerCommand::Verify => verify(&store).await,
            LedgerCommand::Explain { id } => explain(&store, id).await,
        }
    })
}

async fn verify(store: &Store) -> anyhow::Result<ExitCode> {
    let is_watched = std::io::stderr().is_terminal();
    let mut shown = -1;
    let checked = audit(store, |percent| {
        if is_watched && percent != shown {
            shown = percent;
            let tenths = usize::try_from(percent / 10).unwrap_or(0).min(10);
            let bar = "#".repeat(tenths);
            let mut terminal = std::io::stderr();
            let _closed = write!(terminal, "\r[{bar:<10}] {percent:>3} %");
            let _closed = terminal.flush();
        }
    })
    .await?;
    if is_watched {
        say_error("");
    }
    for wrong in &checked.wrong {
        say(wrong);
    }
    let (entries, people) = (checked.entries, checked.people);
    if checked.wrong.is_empty() {
        let (entries, people) = (of_entries(entries), count(people as u64, "person", "people"));
        say(&format!("the points of {people} add up: {entries}"));
        return Ok(ExitCode::SUCCESS);
    }
    let wrong = count(checked.wrong.len() as u64, "wrong line", "wrong lines");
    let entries = of_entries(entries);
    say_error(&format!("{wrong} among {entries}; restore a backup, or report it with these lines"));
    Ok(ExitCode::FAILURE)
}

async fn explain(store: &Store, id: &str) -> anyhow::Result<ExitCode> {
    let mut tx = store.read().await?;
    if let Ok(number) = id.trim().parse::<i64>()
        && id.trim().len() > 13
    {
        if let Some(line) = tx.entry(EntryId::from(number)).await? {
            say(&told(&mut tx, &line).await?);
            if let Some(by) = tx.taken_back_by(line.id).await? {
                say(&format!("  taken back by entry {by}"));
            }
            return Ok(ExitCode::SUCCESS);
        }
        // A person's number is that of their first account.
        if tx.account(AccountId::from(number)).await?.is_some() {
            return explain_person(&mut tx, PersonId::from(number)).await;
        }
    }
    let Some(case) = case_id(id) else { bail!(no_id(id)) };
    let Some(row) = tx.case(case).await? else { bail!(no_id(id)) };
    let entries = tx.entries_of_case(row.case.id).await?;
    say(&format!("case {}: {}", case.short(), of_entries(entries.len() as u64)));
    for line in &entries {
        say(&told(&mut tx, line).await?);
    }
    Ok(ExitCode::SUCCESS)
}

async fn explain_person(tx: &mut Tx, person: PersonId) -> anyhow::Result<ExitCode> {
    let lines = tx.latest_entries(person, LINES).await?;
    let balance = tx.standing(person, crate::domain::time::Moment::from_millis(0)).await?.balance;
    say(&format!("person {person}: {balance} points in all; the newest first:"));
    for line in &lines {
        say(&told(tx, line).await?);
    }
    if i64::try_from(lines.len())? == LINES {
        say(&format!("only the newest {LINES} are shown"));
    }
    Ok(ExitCode::SUCCESS)
}

/// One entry as a line: when, how much, whose, what for.
async fn told(tx: &mut Tx, line: &LedgerLine) -> anyhow::Result<String> {
    let name = |account: Option<crate::store::Account>| {
        account.map_or_else(|| "?".to_owned(), |account| account.name)
    };
    let who = name(tx.account(line.account).await?);
    let mut told = vec![format!("{}  {:>+5}  {who}: {}", line.at, line.points, what_for(line.act))];
    told.extend(line.reverses.map(|taken| format!(" (entry {taken})")));
    if let Some(by) = line.by {
        told.push(format!(" by {}", name(tx.account(by).await?)));
    }
    if !line.note.is_empty() {
        told.push(format!(": {}", look::on_one_line(&line.note, 200)));
    }
    told.extend(line.case.map(|case| format!(", case {}", case.short())));
    told.extend(line.topic.as_ref().map(|topic| format!(", topic {topic}")));
    told.push(format!(", entry {}, person {}", line.id, line.person));
    Ok(told.concat())
}

fn what_for(act: Act) -> &'static str {
    match act {
        Act::Solved => "the answer solved the question",
        Act::Thanked => "somebody said thanks",
        Act::Endorsed => "the answer was approved",
        Act::ArticleReused => "an article solved a question",
        Act::Granted => "given or taken by hand",
        Act::Reversed => "an earlier entry taken back",
    }
}

fn of_entries(number: u64) -> String {
    count(number, "entry", "entries")
}

fn count(number: u64, one: &str, more: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { more })
}

fn no_id(text: &str) -> String {
    format!(
        "{text} is no person, case or entry here; a case looks like {} (`askaround case list`), a \
         person and an entry are long numbers, as `askaround ledger explain` of a case shows them",
        crate::domain::ids::CaseId::from(741_000_000_000_000_000).short()
    )
}
