//! What a line or a menu means.

use super::given::OPTION_LIMIT_CHARS;
use super::*;

fn words() -> Vec<String> {
    vec!["human".into(), "agent".into()]
}

fn line(text: &str) -> Result<Command, Rejection> {
    parse_line(text, &words()).and_then(|typed| read(&typed, &words()))
}

#[test]
fn a_typed_line_means_what_a_menu_would_have_sent() {
    let watch = |channel: Option<&str>, mode, sensitivity| {
        Ok(Command::Watch {
            channel: channel.map(PlatformKey::from),
            watch: Watch::On { mode, sensitivity, answers: None },
        })
    };
    for (text, command) in [
        ("/ask why is it: slow?", Ok(Command::Ask { question: "why is it: slow?".into() })),
        ("/human", Ok(Command::Escalate { reason: None })),
        (
            "/AGENT@lumenbot  now please",
            Ok(Command::Escalate { reason: Some("now please".into()) }),
        ),
        (
            "/ambassador join topics:wifi,mesh languages:en",
            Ok(Command::Join {
                topics: vec!["wifi".into(), "mesh".into()],
                languages: vec!["en".into()],
            }),
        ),
        ("/ambassador pause", Ok(Command::Pause { span: None })),
        ("/ambassador pause 2h", Ok(Command::Pause { span: Some(Duration::from_hours(2)) })),
        (
            "/ambassador hours 22:00-08:00 Europe/Berlin",
            Ok(Command::Hours {
                hours: Some("22:00-08:00".into()),
                zone: Some("Europe/Berlin".into()),
                calls: None,
            }),
        ),
        ("/leaders", Ok(Command::Leaders { season: Season::Week, topic: None })),
        (
            "/leaders wifi",
            Ok(Command::Leaders { season: Season::Week, topic: Some("wifi".into()) }),
        ),
        (
            "/askaround case 7 close it is spam",
            Ok(Command::Case {
                case: Some("7".into()),
                deed: Some(Deed::Close),
                reason: Some("it is spam".into()),
            }),
        ),
        (
            "/askaround case 7 grant @kai 5 so patient",
            Ok(Command::Case {
                case: Some("7".into()),
                deed: Some(Deed::Grant { who: Some("kai".into()), points: Some(5) }),
                reason: Some("so patient".into()),
            }),
        ),
        (
            "/leaders all topic:wifi",
            Ok(Command::Leaders { season: Season::All, topic: Some("wifi".into()) }),
        ),
        (
            "/feedback about:praise Kai: so kind",
            Ok(Command::Feedback { words: "Kai: so kind".into(), about: Some(About::Praise) }),
        ),
        ("/askaround report 7", Ok(Command::Report { days: Some(7) })),
        ("/askaround watch #help mode:tagged", watch(Some("help"), Some(ListenMode::Tagged), None)),
        ("/askaround watch sensitivity:eager", watch(None, None, Some(Sensitivity::Eager))),
        (
            "/askaround watch #help off",
            Ok(Command::Watch { channel: Some("help".into()), watch: Watch::Off }),
        ),
    ] {
        assert_eq!(line(text), command, "{text}");
    }
}

#[test]
fn nonsense_gets_a_sentence_that_names_what_was_expected() {
    for (text, key) in [
        ("/dance", "unknown-command"),
        ("/", "unknown-command"),
        ("/ask", "missing-option"),
        ("/ambassador", "missing-option"),
        ("/ambassador dance", "missing-option"),
        ("/ambassador pause forever", "bad-option"),
        ("/ambassador pause 0s", "bad-option"),
        ("/askaround watch #help loud", "bad-choice"),
        ("/askaround watch #help detect eager channel please", "unknown-option"),
        ("/points now", "unknown-option"),
        ("/feedback", "missing-option"),
        ("/askaround report 0", "bad-option"),
        ("/askaround report week", "bad-option"),
    ] {
        let Err(Rejection(text_given)) = line(text) else { panic!("{text} was accepted") };
        assert_eq!(text_given.key(), key, "{text}");
    }
}

#[test]
fn menus_that_send_unknown_options_or_a_megabyte_are_survived() {
    let mut typed =
        Typed { name: "ask".into(), sub: None, options: BTreeMap::new(), names: BTreeMap::new() };
    typed.options.insert("question".into(), "x".repeat(1_000_000));
    let Ok(Command::Ask { question }) = read(&typed, &[]) else { panic!("refused") };
    assert_eq!(question.chars().count(), OPTION_LIMIT_CHARS);
    typed.options.insert("volume".into(), "11".into());
    assert!(read(&typed, &[]).is_err());
}

#[test]
fn every_command_fits_discords_and_telegrams_limits() {
    fn check(spec: &Spec) {
        assert!(spec.name.len() <= 32 && spec.options.len() <= 25 && spec.subs.len() <= 25);
        let optional_first = spec.options.windows(2).any(|w| !w[0].required && w[1].required);
        assert!(!optional_first, "{}: required options come first", spec.name);
        spec.subs.iter().for_each(check);
    }
    TABLE.iter().for_each(check);
}
