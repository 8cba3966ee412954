//! Lists of questions and answers as other programs write them: CSV and JSON, record by record,
//! each with the line where it begins.

use std::collections::BTreeMap;

use anyhow::{anyhow, bail};
use serde_json::Value;

/// One question with its answer, as named values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    /// From 1.
    pub(super) line: usize,
    pub(super) values: BTreeMap<String, String>,
}

/// Several values of one name are written so in a cell, and so kept of a JSON list.
pub(super) const AND: char = '|';

/// The records of a CSV file: its first line names the columns. Commas, semicolons or tabs are
/// told apart by that line; quoted cells may hold any of them, and line breaks.
pub(super) fn csv(text: &str) -> anyhow::Result<Vec<Record>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let first = text.lines().next().unwrap_or_default();
    let count = |mark: char| first.chars().filter(|letter| *letter == mark).count();
    let mark = [',', ';', '\t'].into_iter().rev().max_by_key(|mark| count(*mark)).unwrap_or(',');
    let mut rows = rows(text, mark)?.into_iter();
    let Some((_, names)) = rows.next() else { bail!("line 1: the file is empty") };
    let names: Vec<String> = names.iter().map(|name| name.trim().to_lowercase()).collect();
    let mut records = Vec::new();
    for (line, cells) in rows {
        if cells.len() != names.len() {
            let (has, wants) = (cells.len(), names.len());
            bail!(
                "line {line}: {has} cells, but line 1 names {wants}; put what has a \"{mark}\" in it in quotes"
            );
        }
        let values = names.iter().cloned().zip(cells).collect();
        records.push(Record { line, values });
    }
    Ok(records)
}

/// The rows with the lines where they begin; empty lines are none.
fn rows(text: &str, mark: char) -> anyhow::Result<Vec<(usize, Vec<String>)>> {
    let mut rows = Vec::new();
    let (mut line, mut begun) = (1, 1);
    let (mut cells, mut cell) = (Vec::new(), String::new());
    let mut quoted_since = None;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '\n' {
            line += 1;
        }
        if quoted_since.is_some() {
            match letter {
                '"' if letters.next_if_eq(&'"').is_some() => cell.push('"'),
                '"' => {
                    quoted_since = None;
                    let ends = |next: &char| *next == mark || matches!(next, '\r' | '\n');
                    if letters.peek().is_some_and(|next| !ends(next)) {
                        bail!(
                            "line {line}: text behind a closing quote; write a quote within quotes twice"
                        );
                    }
                }
                '\r' if letters.peek() == Some(&'\n') => {}
                _ => cell.push(letter),
            }
            continue;
        }
        match letter {
            '"' if cell.is_empty() => quoted_since = Some(line),
            '\r' if matches!(letters.peek(), Some('\n') | None) => {}
            '\n' => {
                cells.push(std::mem::take(&mut cell));
                end(&mut rows, begun, &mut cells);
                begun = line;
            }
            _ if letter == mark => cells.push(std::mem::take(&mut cell)),
            _ => cell.push(letter),
        }
    }
    if let Some(since) = quoted_since {
        bail!("line {since}: the quote is not closed");
    }
    cells.push(cell);
    end(&mut rows, begun, &mut cells);
    Ok(rows)
}

fn end(rows: &mut Vec<(usize, Vec<String>)>, begun: usize, cells: &mut Vec<String>) {
    let cells = std::mem::take(cells);
    if cells.iter().any(|cell| !cell.trim().is_empty()) {
        rows.push((begun, cells));
    }
}

/// The records of a JSON file: a list of objects, or an object with one list in it.
pub(super) fn json(text: &str) -> anyhow::Result<Vec<Record>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value: Value = serde_json::from_str(text)
        .map_err(|error| anyhow!("line {}: {error}", error.line().max(1)))?;
    let list = match value {
        Value::Array(list) => list,
        Value::Object(object) => {
            let mut lists = object.into_iter().filter_map(|(_, value)| match value {
                Value::Array(list) => Some(list),
                Value::Null
                | Value::Bool(_)
                | Value::Number(_)
                | Value::String(_)
                | Value::Object(_) => None,
            });
            match (lists.next(), lists.next()) {
                (Some(only), None) => only,
                _ => bail!(
                    "line 1: no list of questions; write [{{\"question\": …, \"answer\": …}}]"
                ),
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            bail!("line 1: no list of questions; write [{{\"question\": …, \"answer\": …}}]")
        }
    };
    let lines = item_lines(text);
    let mut records = Vec::new();
    for (number, item) in list.into_iter().enumerate() {
        let line = lines.get(number).copied().unwrap_or(1);
        let Value::Object(object) = item else {
            bail!("line {line}: no object; each question is one, with question and answer");
        };
        let mut values = BTreeMap::new();
        for (name, value) in object {
            values.insert(name.to_lowercase(), plain(&name, value, line)?);
        }
        records.push(Record { line, values });
    }
    Ok(records)
}

fn plain(name: &str, value: Value, line: usize) -> anyhow::Result<String> {
    Ok(match value {
        Value::String(text) => text,
        Value::Null => String::new(),
        Value::Number(number) => number.to_string(),
        Value::Array(list) => {
            let texts = list.into_iter().map(|one| plain(name, one, line));
            texts.collect::<anyhow::Result<Vec<_>>>()?.join(&AND.to_string())
        }
        Value::Bool(_) | Value::Object(_) => {
            bail!("line {line}: {name} is no text; write it in quotes")
        }
    })
}

/// The lines where the items of the outermost list begin, in a text that is known to be JSON.
fn item_lines(text: &str) -> Vec<usize> {
    let mut lines = Vec::new();
    let (mut line, mut lists, mut objects) = (1, 0_usize, 0_usize);
    let (mut quoted, mut escaped, mut next_begins) = (false, false, false);
    // Around the list there may be one object; within it lies what `objects` counts beyond.
    let mut around = 0;
    for letter in text.chars() {
        if next_begins && !letter.is_whitespace() && letter != ']' {
            lines.push(line);
            next_begins = false;
        }
        match letter {
            '\n' => line += 1,
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '[' => {
                lists += 1;
                if lists == 1 {
                    (around, next_begins) = (objects, true);
                }
            }
            ']' => lists = lists.saturating_sub(1),
            '{' => objects += 1,
            '}' => objects = objects.saturating_sub(1),
            ',' if lists == 1 && objects == around => next_begins = true,
            _ => {}
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(records: &[Record]) -> Vec<(usize, Vec<(&str, &str)>)> {
        records
            .iter()
            .map(|r| (r.line, r.values.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect()))
            .collect()
    }

    #[test]
    fn a_table_is_read_whatever_parts_its_cells() {
        for text in [
            "Question,Answer\nWhy?,\"Because, \"\"so\"\"\nit is\"\n\nHow?,Thus\n",
            "\u{feff}question;answer\r\nWhy?;\"Because, \"\"so\"\"\r\nit is\"\r\n\r\nHow?;Thus",
        ] {
            let records = csv(text).expect("it is sound");
            assert_eq!(
                told(&records),
                [
                    (2, vec![("answer", "Because, \"so\"\nit is"), ("question", "Why?")]),
                    (5, vec![("answer", "Thus"), ("question", "How?")]),
                ]
            );
        }
    }

    #[test]
    fn what_is_wrong_with_a_table_is_told_with_its_line() {
        for (text, problem) in [
            ("", "line 1: the file is empty"),
            ("question,answer\na,b\nc,d,e\n", "line 3: 3 cells, but line 1 names 2"),
            ("question,answer\na,\"b\nc,d\n", "line 2: the quote is not closed"),
            ("question,answer\n\"a\" b,c\n", "line 2: text behind a closing quote"),
        ] {
            let told = csv(text).expect_err(text).to_string();
            assert!(told.starts_with(problem), "{told}");
        }
    }

    #[test]
    fn a_list_of_objects_is_read_with_the_lines_where_they_begin() {
        let text = "{\"faq\": [\n  {\"question\": \"Why {\\\"?\", \"tags\": [\"a\", \"b\"]},\n\n  \
                    {\"question\": \"How?\",\n   \"answer\": \"Thus\", \"order\": 3}\n]}";
        let records = json(text).expect("it is sound");
        assert_eq!(
            told(&records),
            [
                (2, vec![("question", "Why {\"?"), ("tags", "a|b")]),
                (4, vec![("answer", "Thus"), ("order", "3"), ("question", "How?")]),
            ]
        );
    }

    #[test]
    fn what_is_wrong_with_a_list_is_told_with_its_line() {
        for (text, problem) in [
            ("[\n{\"question\": \"a\",}\n]", "line 2: "),
            ("\"a\"", "line 1: no list of questions"),
            ("[\n1]", "line 2: no object"),
            ("[\n\n{\"question\": true}]", "line 3: question is no text"),
        ] {
            let told = json(text).expect_err(text).to_string();
            assert!(told.starts_with(problem), "{told}");
        }
    }
}
