//! Training on a small school of its own.

use super::*;
use crate::domain::question::{Detector as _, TrainedDetector};

/// A small school of its own: the same thirty subjects, asked for and told.
fn lessons() -> Lessons {
    let things = ["router", "lamp", "invoice", "printer", "phone", "camera", "battery", "screen"];
    let mut lessons = Lessons::default();
    for (at, thing) in things.iter().cycle().take(64).enumerate() {
        let (language, source) = (["en", "de"][at % 2].to_owned(), "town".to_owned());
        let mut label = |text: String, kind| {
            let (language, source) = (language.clone(), source.clone());
            lessons.labelled.push(Labelled { text, kind, language, source });
        };
        label(format!("how do I reset my {thing} number {at}?"), Kind::Help);
        label(format!("did you buy the {thing} for {at} euros?"), Kind::Clarify);
        label(format!("the {thing} arrived on day {at}, nice"), Kind::None);
        for (text, is_question) in [
            (format!("can somebody explain the {thing} to me {at}?"), true),
            (format!("what happened to the {thing}?"), true),
            (format!("I like the {thing} of {at}"), false),
            (format!("we moved to another town with the {thing}"), false),
        ] {
            lessons.marked.push(Marked { text, is_question });
        }
    }
    lessons
}

#[test]
fn training_is_the_same_each_time_and_reads_back() {
    let lessons = lessons();
    let (first, second) = (train(&lessons, 4), train(&lessons, 4));
    assert_eq!(first.model, second.model);
    assert_eq!(first.figures, second.figures);
    let model = Model::read(&first.model).expect("it reads");
    assert_ne!(model, Model::default());
}

#[test]
fn figures_tell_the_easy_from_the_hard() {
    let Trained { figures, .. } = train(&lessons(), 4);
    let all = figures.groups.first().expect("a line for all");
    assert_eq!((all.name.as_str(), all.messages), ("all", 192));
    assert!(all.question.f1 > 0.95 && all.help.f1 > 0.9, "{figures}");
    let names: Vec<&str> = figures.unseen.iter().map(|group| group.name.as_str()).collect();
    assert_eq!(names, ["de", "en"], "a source that is all there is cannot be left out");
    assert!(figures.to_string().contains("cross-validated in 4 folds"));
    let counted: usize = figures.reliability.iter().map(|share| share.messages).sum();
    assert_eq!(counted, 192);
}

#[test]
fn every_fold_has_its_share_of_each_kind() {
    let lessons = lessons();
    let folds = folds_of(&lessons.labelled, 4);
    for kind in [Kind::Help, Kind::Clarify, Kind::None] {
        for fold in 0..4 {
            let here = lessons.labelled.iter().zip(&folds);
            let count = here.filter(|(one, of)| one.kind == kind && **of == fold).count();
            assert_eq!(count, 16, "{kind:?} in fold {fold}");
        }
    }
}

#[test]
fn a_table_that_cannot_be_read_is_named_with_its_line() {
    let labelled = "text\tkind\tlang\tsource\nhi\tnone\ten\ttown\nhelp\thelpp\ten\ttown";
    let marked = "label\ttext\nother\thi";
    for (labelled, marked, said) in [
        (labelled, marked, "labelled table: line 3: \"helpp\""),
        ("text\tlang\nhi\ten", marked, "labelled table: line 1: there is no column \"kind\""),
        (
            "text\tkind\tlang\tsource",
            "label\ttext\nother",
            "marked table: line 2: there is no text",
        ),
        ("text\tkind\tlang\tsource", "label\ttext\nyes\thi", "marked table: line 2: \"yes\""),
    ] {
        let problem = Lessons::read(labelled, marked).expect_err(said);
        assert!(problem.starts_with(said), "{problem}");
    }
    let read = Lessons::read("text\tkind\tlang\tsource\nhi\tnone\ten\ttown", marked);
    assert_eq!(read.map(|read| (read.labelled.len(), read.marked.len())), Ok((1, 1)));
}

#[test]
fn what_is_shipped_still_hears_what_it_was_never_taught() {
    for (text, asks) in [
        ("wie viele Leute wohnen dort", true),
        ("Insinyur itu lahir di desa kecil dekat laut", false),
        ("Gdzie urodził się inżynier", true),
    ] {
        let verdict = TrainedDetector.judge(&Heard { text, ..Heard::default() });
        assert_eq!(verdict.asks >= 0.5, asks, "{text}: {}", verdict.asks);
    }
}
