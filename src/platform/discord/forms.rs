//! Forms: a command that comes without its text asks for it in a window of its own, with room for
//! paragraphs, purely.
//!
//! A form goes by the line that was typed so far: it comes back with the form, so that nothing has
//! to be remembered between the two, and a form that was left open over a restart still counts.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::commands::fitting;
use crate::domain::command::{OptionSpec, Spec, TABLE, Typed, parse_line};

/// The title of a form, and the label of its field.
const TITLE_LIMIT: usize = 45;
/// What goes by the name of a form, in characters.
const NAME_LIMIT: usize = 100;
/// The longest text that Discord lets anybody write into a field.
const TEXT_LIMIT: usize = 4_000;

/// The option that a form asks for whatever else is given: the menu may leave it out for that.
pub(super) fn asks_for(spec: &Spec) -> Option<&'static OptionSpec> {
    spec.asked_for(&BTreeMap::new())
}

/// The form for a command that came without its text; `None` for one that says all it must.
pub(super) fn form(typed: &Typed, words: &dyn Fn(&str) -> String) -> Option<Value> {
    let spec = spec_of(typed)?;
    let field = spec.asked_for(&typed.options).filter(|field| !is_given(typed, field.name))?;
    let name = line(typed);
    if name.chars().count() > NAME_LIMIT {
        return None;
    }
    let worded = |key: &str| fitting(&words(key), key, TITLE_LIMIT);
    let input = json!({
        "type": 4, "style": 2, "custom_id": field.name, "label": worded(field.about),
        "required": true, "min_length": 1, "max_length": TEXT_LIMIT,
    });
    Some(json!({
        "type": 9,
        "data": {
            "custom_id": name,
            "title": worded(&format!("form-{}", spec.name)),
            // The newer label around a field is lost on the way back through serenity.
            "components": [{ "type": 1, "components": [input] }],
        },
    }))
}

/// The command that a form which was sent in completes; `None` if we sent none of this name.
pub(super) fn completed(name: &str, fields: BTreeMap<String, String>) -> Option<Typed> {
    let mut typed = parse_line(name, &[]).ok()?;
    let field = spec_of(&typed)?.asked_for(&typed.options)?;
    let (known, text) = fields.into_iter().next()?;
    (known == field.name).then(|| {
        typed.options.insert(known, text);
        typed
    })
}

fn spec_of(typed: &Typed) -> Option<&'static Spec> {
    let spec = TABLE.iter().find(|spec| spec.name == typed.name)?;
    match &typed.sub {
        Some(sub) => spec.subs.iter().find(|known| known.name == sub),
        None => Some(spec),
    }
}

fn is_given(typed: &Typed, option: &str) -> bool {
    typed.options.get(option).is_some_and(|text| !text.trim().is_empty())
}

/// What was typed so far, as a line that reads back to the same.
fn line(typed: &Typed) -> String {
    let mut line = format!("/{}", typed.name);
    let sub = typed.sub.iter().map(String::clone);
    let given = typed.options.iter().filter(|(_, text)| !text.trim().is_empty());
    for word in sub.chain(given.map(|(name, text)| format!("{name}:{text}"))) {
        line.push(' ');
        line.push_str(&word);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::command::{ESCALATION, Kind};
    use crate::domain::ids::Language;
    use crate::locale::{Locales, SHIPPED};

    fn typed(line: &str) -> Typed {
        parse_line(line, &[]).unwrap()
    }

    fn field(name: &str, text: &str) -> BTreeMap<String, String> {
        BTreeMap::from([(name.to_owned(), text.to_owned())])
    }

    #[test]
    fn a_command_without_its_text_asks_for_it() {
        let locales = Locales::shipped().unwrap();
        let words = |key: &str| locales.word(&Language::from("en"), key);
        let asked = form(&typed("/ask"), &words).unwrap();
        insta::assert_snapshot!(format!("{asked:#}"), @r#"
        {
          "data": {
            "components": [
              {
                "components": [
                  {
                    "custom_id": "question",
                    "label": "Your question, in your own words",
                    "max_length": 4000,
                    "min_length": 1,
                    "required": true,
                    "style": 2,
                    "type": 4
                  }
                ],
                "type": 1
              }
            ],
            "custom_id": "/ask",
            "title": "Ask a question"
          },
          "type": 9
        }
        "#);
        assert_eq!(form(&typed("/ask why is it red"), &words), None);
        assert_eq!(form(&typed("/points"), &words), None);
        assert_eq!(form(&typed("/ambassador pause"), &words), None);
        let blank = Typed { options: field("question", " "), ..typed("/ask") };
        assert!(form(&blank, &words).is_some(), "blanks say nothing");
    }

    #[test]
    fn what_was_chosen_before_comes_back_with_the_form() {
        let words = |key: &str| key.to_owned();
        let asked = form(&typed("/feedback about:product"), &words).unwrap();
        let name = asked["data"]["custom_id"].as_str().unwrap();
        let whole = completed(name, field("words", "It is\nquick: yes")).unwrap();
        assert_eq!(whole.name, "feedback");
        assert_eq!(whole.options["about"], "product");
        assert_eq!(whole.options["words"], "It is\nquick: yes");
    }

    #[test]
    fn a_review_that_gives_words_asks_for_them_and_another_does_not() {
        let words = |key: &str| key.to_owned();
        let asked = form(&typed("/askaround knowledge 1a2b do:body"), &words).unwrap();
        let name = asked["data"]["custom_id"].as_str().unwrap();
        let whole = completed(name, field("text", "Hold it\nfor ten seconds.")).unwrap();
        assert_eq!(whole.sub.as_deref(), Some("knowledge"));
        assert_eq!(
            (whole.options["number"].as_str(), whole.options["do"].as_str()),
            ("1a2b", "body")
        );
        assert_eq!(whole.options["text"], "Hold it\nfor ten seconds.");
        assert_eq!(form(&typed("/askaround knowledge 1a2b do:publish"), &words), None);
        assert_eq!(form(&typed("/askaround knowledge"), &words), None);
        assert_eq!(completed("/askaround knowledge do:publish", field("text", "x")), None);
    }

    #[test]
    fn a_form_that_is_not_ours_completes_nothing() {
        for (name, fields) in [
            ("x", field("question", "a")),
            ("", field("question", "a")),
            ("/points", field("question", "a")),
            ("/ask", field("words", "a")),
            ("/ask", BTreeMap::new()),
            ("/ambassador", field("topics", "a")),
        ] {
            assert_eq!(completed(name, fields), None, "{name}");
        }
    }

    #[test]
    fn every_form_fits_what_discord_takes_in_every_language() {
        let locales = Locales::shipped().unwrap();
        let asking = TABLE.iter().filter(|spec| asks_for(spec).is_some());
        let asking = asking.map(|spec| format!("/{}", spec.name));
        let wordings = ["title", "question", "body"];
        let reviews = wordings.map(|word| format!("/askaround knowledge 123456789abcd do:{word}"));
        for line in asking.chain(reviews) {
            for (tag, _) in SHIPPED {
                let words = |key: &str| locales.word(&Language::from(tag), key);
                let asked = form(&typed(&line), &words).unwrap();
                let title = asked["data"]["title"].as_str().unwrap();
                let label = asked["data"]["components"][0]["components"][0]["label"].as_str();
                for text in [title, label.unwrap()] {
                    assert!(!text.ends_with('…') && !text.starts_with("form-"), "{tag}: {text}");
                }
            }
        }
        assert!(asks_for(&ESCALATION).is_none(), "nobody in need is held up by a form");
        let about = asks_for(&TABLE[0]).unwrap();
        assert!(about.kind == Kind::Text && about.required);
    }
}
