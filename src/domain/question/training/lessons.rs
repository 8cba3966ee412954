//! What is learned from: two tables of messages, one line a message, columns parted by tabs and
//! named in the first line.

/// What a message is, to a person who read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The writer wants help with something of their own.
    Help,
    /// A question that is none for us: a question back, small talk, a request.
    Clarify,
    None,
}

/// A message labelled by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labelled {
    pub text: String,
    pub kind: Kind,
    pub language: String,
    pub source: String,
}

/// A message of which is known whether its writer put a question mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    pub text: String,
    pub is_question: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lessons {
    pub labelled: Vec<Labelled>,
    pub marked: Vec<Marked>,
}

impl Lessons {
    /// From the two tables; a problem is said with its table and line.
    pub fn read(labelled: &str, marked: &str) -> Result<Self, String> {
        let said = |table: &str| {
            let table = table.to_owned();
            move |problem: String| format!("{table} table: {problem}")
        };
        Ok(Self {
            labelled: read_labelled(labelled).map_err(said("labelled"))?,
            marked: read_marked(marked).map_err(said("marked"))?,
        })
    }
}

fn read_labelled(table: &str) -> Result<Vec<Labelled>, String> {
    let columns = [column(table, "text")?, column(table, "kind")?];
    let [texts, kinds] = columns;
    let (languages, sources) = (column(table, "lang")?, column(table, "source")?);
    let rows = texts.into_iter().zip(kinds).zip(languages.into_iter().zip(sources));
    rows.enumerate()
        .map(|(at, ((text, kind), (language, source)))| {
            let kind = match kind {
                "help" => Kind::Help,
                "clarify" => Kind::Clarify,
                "none" => Kind::None,
                other => {
                    let line = at + 2;
                    return Err(format!("line {line}: {other:?} is none of help, clarify, none"));
                }
            };
            let [text, language, source] = [text, language, source].map(str::to_owned);
            Ok(Labelled { text, kind, language, source })
        })
        .collect()
}

fn read_marked(table: &str) -> Result<Vec<Marked>, String> {
    let (texts, labels) = (column(table, "text")?, column(table, "label")?);
    let rows = texts.into_iter().zip(labels).enumerate();
    rows.map(|(at, (text, label))| match label {
        "question" | "other" => {
            Ok(Marked { text: text.to_owned(), is_question: label == "question" })
        }
        unknown => Err(format!("line {}: {unknown:?} is neither question nor other", at + 2)),
    })
    .collect()
}

/// One column of a table by its name in the first line.
pub fn column<'t>(table: &'t str, name: &str) -> Result<Vec<&'t str>, String> {
    let mut lines = table.lines();
    let head = lines.next().unwrap_or_default();
    let Some(place) = head.split('\t').position(|title| title == name) else {
        return Err(format!("line 1: there is no column {name:?}"));
    };
    lines
        .enumerate()
        .map(|(at, line)| {
            let cell = line.split('\t').nth(place);
            cell.ok_or_else(|| format!("line {}: there is no {name} in it", at + 2))
        })
        .collect()
}
