//! What is wrong with a locale file, with its place and how to mend it.
//!
//! A file is held against [`Text::KEYS`] (which messages there are, with which arguments) and
//! against `en.ftl` (which auxiliary messages there are). Refused, too, are the few constructions
//! on which the parser or the formatter would take the whole process down.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast;
use fluent_syntax::parser::{self, ErrorKind, ParserError};
use rapidfuzz::distance::osa;

use super::flaw::Flaw;
use super::found::{Found, in_pattern, too_deep};
use super::{SHIPPED, shape};
use crate::domain::text::Text;

/// How much of the keys a file should have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Every one: a language we ship.
    Whole,
    /// Any: a bot's own wording.
    Part,
}

/// Kinds of auxiliary messages: what the messages of [`Text`] are put together from, and what
/// lists of commands say.
const AUXILIARY: [&str; 23] = [
    "span-",
    "act-",
    "rank-",
    "topic-",
    "mode-",
    "sensitivity-",
    "answers-",
    "word-",
    "expected-",
    "about-",
    "stage-",
    "duty-",
    "obstacle-",
    "do-",
    "lang-",
    "all-",
    "period-",
    "menu-",
    "form-",
    "use-",
    "right-",
    "token-source-",
    "review-",
];
/// Of these a bot may have more than `en.ftl`: its own ranks, topics and languages.
const OPEN: [&str; 3] = ["rank-", "topic-", "lang-"];

/// Everything wrong with `source`, in order of place; `file` is only what it is called.
pub fn check(file: &str, source: &str, extent: Extent) -> Vec<Flaw> {
    let source = unmarked(source);
    let mut checker = Checker { file, source, known: known(), flaws: Vec::new() };
    if let Some(at) = too_deep(source) {
        checker.flaw(at, "too many braces are open here".into(), "close those before it");
        return checker.flaws;
    }
    let (resource, errors) = match parser::parse(source) {
        Ok(resource) => (resource, Vec::new()),
        Err(with_errors) => with_errors,
    };
    for error in &errors {
        checker.syntax(error);
    }
    for (at, letter) in source.char_indices().filter(|(_, letter)| shape::is_seal(*letter)) {
        let what = format!("U+{:04X} is kept for our own use", u32::from(letter));
        checker.flaw(at, what, "take it out");
    }
    let here = checker.entries(&resource);
    if extent == Extent::Whole {
        let missing: Vec<_> =
            checker.known.keys().filter(|key| !here.contains(*key)).cloned().collect();
        for key in missing {
            let what = format!("{key} is not worded");
            checker.flaw(source.len(), what, "add it, as en.ftl has it");
        }
    }
    checker.flaws.sort_by_key(|flaw| (flaw.line, flaw.column));
    checker.flaws
}

/// The source without the byte order mark that some editors put before it.
pub(super) fn unmarked(source: &str) -> &str {
    source.trim_start_matches('\u{FEFF}')
}

/// Every key with its arguments: those of [`Text`], and the auxiliary ones of `en.ftl`.
fn known() -> BTreeMap<String, Vec<&'static str>> {
    let texts = Text::KEYS.iter().map(|(key, names)| ((*key).to_owned(), names.to_vec()));
    let (_, english) = SHIPPED[0];
    let resource = parser::parse(english).unwrap_or_else(|(resource, _)| resource);
    let auxiliary = resource.body.into_iter().filter_map(|entry| match entry {
        ast::Entry::Message(message) if is_kind(&AUXILIARY, message.id.name) => {
            Some((message.id.name.to_owned(), auxiliary_arguments(message.id.name)))
        }
        ast::Entry::Message(_)
        | ast::Entry::Term(_)
        | ast::Entry::Comment(_)
        | ast::Entry::GroupComment(_)
        | ast::Entry::ResourceComment(_)
        | ast::Entry::Junk { .. } => None,
    });
    auxiliary.chain(texts).collect()
}

fn is_kind(kinds: &[&str], key: &str) -> bool {
    kinds.iter().any(|kind| key.starts_with(kind))
}

fn auxiliary_arguments(key: &str) -> Vec<&'static str> {
    let counts = key.starts_with("span-") && key != "span-moment";
    if counts { vec!["count"] } else { Vec::new() }
}

struct Checker<'s> {
    file: &'s str,
    source: &'s str,
    known: BTreeMap<String, Vec<&'static str>>,
    flaws: Vec<Flaw>,
}

impl<'s> Checker<'s> {
    /// The keys and terms (`-name`) of the file.
    fn entries(&mut self, resource: &ast::Resource<&'s str>) -> BTreeSet<String> {
        let mut here = BTreeSet::new();
        let mut found = Vec::new();
        for entry in &resource.body {
            match entry {
                ast::Entry::Message(message) => {
                    let key = message.id.name;
                    self.once(&mut here, key, key);
                    let arguments = self.arguments_of(key);
                    self.no_attributes(&message.attributes);
                    let seen = message.value.as_ref().map(in_pattern).unwrap_or_default();
                    self.arguments(key, arguments.as_deref(), &seen);
                    found.extend(seen.into_iter().map(|seen| (key, seen)));
                }
                ast::Entry::Term(term) => {
                    self.once(&mut here, &format!("-{}", term.id.name), term.id.name);
                    let attributes = term.attributes.iter().map(|attribute| &attribute.value);
                    let patterns = std::iter::once(&term.value).chain(attributes);
                    let seen = patterns.flat_map(in_pattern);
                    found.extend(seen.map(|seen| (term.id.name, seen)));
                }
                ast::Entry::Comment(_)
                | ast::Entry::GroupComment(_)
                | ast::Entry::ResourceComment(_)
                | ast::Entry::Junk { .. } => {}
            }
        }
        for (key, found) in found {
            self.reference(&here, key, found);
        }
        here
    }

    fn once(&mut self, here: &mut BTreeSet<String>, name: &str, at: &'s str) {
        if !here.insert(name.to_owned()) {
            self.flaw_at(at, format!("{name} is here twice"), "keep one of the two");
        }
    }

    /// The arguments of a key; a flaw and `None` when there is no such key.
    fn arguments_of(&mut self, key: &'s str) -> Option<Vec<&'static str>> {
        if let Some(arguments) = self.known.get(key) {
            return Some(arguments.clone());
        }
        if is_kind(&OPEN, key) {
            return Some(Vec::new());
        }
        let alike = |known: &str| osa::normalized_similarity(key.chars(), known.chars());
        let nearest = self.known.keys().max_by(|a, b| alike(a).total_cmp(&alike(b)));
        let mend = match nearest.filter(|known| alike(known) >= 0.7) {
            Some(known) => format!("did you mean {known}?"),
            None => "take it out; the keys are those of locales/en.ftl".into(),
        };
        self.flaw_at(key, format!("nothing is said under the key {key}"), &mend);
        None
    }

    fn no_attributes(&mut self, attributes: &[ast::Attribute<&'s str>]) {
        for attribute in attributes {
            let name = attribute.id.name;
            self.flaw_at(name, format!(".{name} is never said"), "take it out");
        }
    }

    fn arguments(&mut self, key: &str, arguments: Option<&[&str]>, seen: &[Found<'s>]) {
        let Some(arguments) = arguments else { return };
        for found in seen {
            if let Found::Variable(name) = found
                && !arguments.contains(name)
            {
                let mend = if arguments.is_empty() {
                    "it has no arguments".to_owned()
                } else {
                    format!("it has ${}", arguments.join(", $"))
                };
                self.flaw_at(name, format!("{key} has no argument ${name}"), &mend);
            }
        }
    }

    /// References lead to a term of this file or to a message that is here or could be.
    fn reference(&mut self, here: &BTreeSet<String>, key: &'s str, found: Found<'s>) {
        match found {
            Found::Variable(_) | Found::Function("NUMBER") => {}
            Found::Message(name) => {
                if !here.contains(name) && !self.known.contains_key(name) {
                    let what = format!("{key} refers to {name}, which is not there");
                    self.flaw_at(name, what, "word it in this file, or write out what it says");
                }
            }
            Found::Term(name) => {
                if !here.contains(&format!("-{name}")) {
                    let what = format!("{key} refers to -{name}, which is not there");
                    self.flaw_at(name, what, &format!("add a line such as -{name} = …"));
                }
            }
            Found::Function(name) => {
                let what = format!("there is no function {name}");
                self.flaw_at(name, what, "NUMBER is the only one");
            }
            Found::Attribute(name) => {
                self.flaw_at(name, format!(".{name} is never said"), "refer to the message itself");
            }
            Found::Nested => {
                let what = format!("{key} has braces directly inside braces");
                self.flaw_at(key, what, "one pair is enough");
            }
            Found::Chosen(literal) => {
                let what = format!("{key} chooses by {literal}, which is always the same");
                self.flaw_at(literal, what, "choose by an argument");
            }
        }
    }

    fn syntax(&mut self, error: &ParserError) {
        let mend = match &error.kind {
            ErrorKind::ExpectedToken('=') => "begin a line with `key = words`, others with a space",
            ErrorKind::ExpectedMessageField { .. } | ErrorKind::ExpectedTermField { .. } => {
                "write what it says behind the =; further lines begin with a space"
            }
            ErrorKind::MissingDefaultVariant | ErrorKind::MultipleDefaultVariants => {
                "put a * before exactly one variant, usually *[other]"
            }
            ErrorKind::UnbalancedClosingBrace => "a brace to be read is written {\"}\"}",
            ErrorKind::ExpectedInlineExpression => "in braces stands an argument such as { $who }",
            ErrorKind::UnterminatedStringLiteral => "close the quotation with \"",
            ErrorKind::ExpectedToken(_)
            | ErrorKind::ExpectedCharRange { .. }
            | ErrorKind::ForbiddenCallee
            | ErrorKind::MissingValue
            | ErrorKind::MessageReferenceAsSelector
            | ErrorKind::TermReferenceAsSelector
            | ErrorKind::MessageAttributeAsSelector
            | ErrorKind::TermAttributeAsPlaceable
            | ErrorKind::PositionalArgumentFollowsNamed
            | ErrorKind::DuplicatedNamedArgument(_)
            | ErrorKind::UnknownEscapeSequence(_)
            | ErrorKind::InvalidUnicodeEscapeSequence(_)
            | ErrorKind::ExpectedSimpleExpressionAsSelector
            | ErrorKind::ExpectedLiteral => "look at the braces of this message",
        };
        let what = error.kind.to_string();
        let mut letters = what.chars();
        let first = letters.next().map(|first| first.to_ascii_lowercase());
        self.flaw(error.pos.start, first.into_iter().chain(letters).collect(), mend);
    }

    /// `part` is a slice of the source.
    fn flaw_at(&mut self, part: &str, what: String, mend: &str) {
        let start = part.as_ptr().addr().saturating_sub(self.source.as_ptr().addr());
        self.flaw(start, what, mend);
    }

    fn flaw(&mut self, offset: usize, what: String, mend: &str) {
        self.flaws.push(Flaw::at(self.file, self.source, offset, what, mend));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flaw_has_its_place_and_a_way_to_mend_it() {
        for (source, line, column, what, mend) in [
            ("claim-lsot = x", 1, 1, "nothing is said under the key claim-lsot", "claim-lost?"),
            ("# ü\nnonsense = x", 2, 1, "key nonsense", "take it out"),
            ("about-asc = x", 1, 1, "key about-asc", "about-ask?"),
            (
                "claim-lost = ä { $who }!",
                1,
                19,
                "claim-lost has no argument $who",
                "it has $helper",
            ),
            ("pass-noted = { $x }", 1, 17, "no argument $x", "it has no arguments"),
            ("rank-guide = { $x }", 1, 17, "no argument $x", "it has no arguments"),
            ("span-days = { $days }", 1, 16, "no argument $days", "it has $count"),
            (
                "claim-too-many = { $count ->\n [one] { $cuont }\n *[other] x\n }",
                2,
                11,
                "$cuont",
                "",
            ),
            ("pass-noted = a\npass-noted = b", 2, 1, "pass-noted is here twice", "keep one"),
            ("pass-noted = a\n .title = b", 2, 3, ".title is never said", "take it out"),
            ("pass-noted = { missing }", 1, 16, "refers to missing", "word it in this file"),
            ("pass-noted = { pass-noted.title }", 1, 27, ".title is never said", "itself"),
            ("pass-noted = { -team }", 1, 17, "refers to -team", "-team = …"),
            ("-team = { HOUSE() }", 1, 11, "no function HOUSE", "NUMBER"),
            ("pass-noted = { { button-pass } }", 1, 1, "braces directly inside", "one pair"),
            ("pass-noted = { 1 ->\n *[one] x\n }", 1, 16, "chooses by 1", "by an argument"),
            ("pass-noted = a\u{E000}0\u{E001}", 1, 15, "U+E000", "take it out"),
            ("pass-noted = a\n\nclaim-lost = { $helper", 3, 23, "expected a token", "braces"),
            (&format!("\npass-noted = {}", "{".repeat(9_999)), 2, 46, "too many braces", "close"),
            ("pass-noted", 1, 11, "expected a token starting with \"=\"", "key = words"),
            ("pass-noted =\n", 1, 1, "expected a message field", "behind the ="),
            ("claim-too-many = { $count ->\n [one] x\n }", 3, 2, "default variant", "*[other]"),
        ] {
            let flaws = check("de.ftl", source, Extent::Part);
            let flaw = flaws.first().unwrap_or_else(|| panic!("{source:?} has no flaw"));
            assert_eq!((flaw.line, flaw.column), (line, column), "{flaw}");
            assert!(flaw.what.contains(what) && flaw.mend.contains(mend), "{flaw}");
            assert_eq!(flaw.file, "de.ftl");
        }
    }

    #[test]
    fn a_bots_own_wording_may_have_any_part_of_the_keys_and_terms_ranks_and_topics_of_its_own() {
        for source in [
            "",
            "pass-noted = { \"{\" }",
            "pass-noted = See { button-pass } and { -team(case: \"dative\") }\n-team = us",
            "\u{FEFF}pass-noted = Noted",
            "rank-captain = Captain\ntopic-wifi = Wi-Fi",
            "claim-too-many = { NUMBER($count) } is much",
            "handed-off = Bye.\r\n\r\nclaim-lost =\r\n  { $helper }\r\n  was faster\r\n",
        ] {
            assert_eq!(check("de.ftl", source, Extent::Part), [], "{source}");
        }
    }

    #[test]
    fn a_shipped_file_must_have_every_key_that_english_has() {
        let (_, english) = SHIPPED[0];
        let without: String = english
            .lines()
            .filter(|line| !line.starts_with("span-moment"))
            .fold(String::new(), |all, line| all + line + "\n");
        let whole = check("de.ftl", &without.replace("claim-lost =", "topic-x ="), Extent::Whole);
        let what: Vec<_> = whole.iter().map(|flaw| flaw.what.as_str()).collect();
        assert_eq!(
            what,
            [
                "topic-x has no argument $helper",
                "claim-lost is not worded",
                "span-moment is not worded"
            ]
        );
        assert_eq!(check("de.ftl", &without, Extent::Part), []);
    }

    #[test]
    fn shipped_files_have_every_key_and_use_every_argument() {
        // Worth hearing about, not worth a word in this language.
        let unused: [(&str, &str, &str); 0] = [];
        for (language, source) in SHIPPED {
            assert_eq!(check(language, source, Extent::Whole), [], "{language}");
            let resource = parser::parse(source).expect("checked");
            for entry in &resource.body {
                let ast::Entry::Message(message) = entry else { continue };
                let key = message.id.name;
                let seen = message.value.as_ref().map(in_pattern).unwrap_or_default();
                for argument in known().get(key).expect("checked") {
                    let used = seen.contains(&Found::Variable(argument));
                    let excused = unused.contains(&(language, key, argument));
                    assert!(used != excused, "{language}: {key} and ${argument}");
                }
            }
        }
    }
}
