//! How good a model is, said in figures.

use std::collections::BTreeSet;
use std::fmt;

use super::super::model::ratio;
use super::super::{ASKS_CUT, Sensitivity};
use super::{Chances, Kind, Labelled};

/// Of what was caught, how much was right; of what was to be caught, how much was.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prf {
    pub precision: f64,
    pub recall: f64,
    pub f1: f64,
}

impl Prf {
    fn of(pairs: impl Iterator<Item = (bool, bool)>) -> Self {
        let (mut both, mut wanted, mut caught) = (0, 0, 0);
        for (is_wanted, is_caught) in pairs {
            both += usize::from(is_wanted && is_caught);
            wanted += usize::from(is_wanted);
            caught += usize::from(is_caught);
        }
        let f1 = 2.0 * ratio(both, wanted + caught);
        Self { precision: ratio(both, caught), recall: ratio(both, wanted), f1 }
    }
}

impl fmt::Display for Prf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { precision, recall, f1 } = self;
        write!(f, "F1 {f1:.3}  precision {precision:.3}  recall {recall:.3}")
    }
}

/// One line of the report: some of the messages, for both tasks.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub name: String,
    pub messages: usize,
    pub question: Prf,
    pub help: Prf,
}

impl Group {
    fn of(name: &str, judged: &[(&Labelled, Chances)]) -> Self {
        let cut = Sensitivity::Balanced.cut();
        let question =
            judged.iter().map(|(one, said)| (one.kind != Kind::None, said.asks >= ASKS_CUT));
        let help = judged.iter().map(|(one, said)| (one.kind == Kind::Help, said.helps >= cut));
        Self {
            name: name.to_owned(),
            messages: judged.len(),
            question: Prf::of(question),
            help: Prf::of(help),
        }
    }
}

/// A step of the scale of chances: what was promised there, and what came true.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    pub from: f64,
    pub messages: usize,
    pub promised: f64,
    pub came_true: f64,
}

/// Every figure, by cross-validation: no message was judged by a model that had seen its label.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    pub folds: usize,
    /// All, then by language and source.
    pub groups: Vec<Group>,
    /// The same groups, judged by what all others taught.
    pub unseen: Vec<Group>,
    /// Wanting help, by how readily the bot speaks up.
    pub sensitivities: Vec<(Sensitivity, Prf)>,
    /// How far the chance of wanting help can be believed.
    pub reliability: Vec<Share>,
}

/// Steps of the reliability table.
const STEPS: [f64; 6] = [0.0, 0.1, 0.3, 0.5, 0.7, 0.9];

impl Figures {
    pub(super) fn new(labelled: &[Labelled], judged: &[Chances], folds: usize) -> Self {
        let all: Vec<(&Labelled, Chances)> = labelled.iter().zip(judged.iter().copied()).collect();
        let names: BTreeSet<&str> =
            labelled.iter().flat_map(|one| [one.language.as_str(), one.source.as_str()]).collect();
        let mut groups = vec![Group::of("all", &all)];
        for name in names {
            let of = |one: &Labelled| one.language == name || one.source == name;
            let some: Vec<_> = all.iter().copied().filter(|(one, _)| of(one)).collect();
            groups.push(Group::of(name, &some));
        }
        let levels = [Sensitivity::Strict, Sensitivity::Balanced, Sensitivity::Eager];
        let caught = |cut: f64| {
            Prf::of(all.iter().map(|(one, said)| (one.kind == Kind::Help, said.helps >= cut)))
        };
        let sensitivities = levels.map(|level| (level, caught(level.cut()))).to_vec();
        let (unseen, reliability) = (Vec::new(), reliability(&all));
        Self { folds, groups, unseen, sensitivities, reliability }
    }

    pub(super) fn left_out(&mut self, name: &str, labels: &[&Labelled], judged: &[Chances]) {
        let all: Vec<(&Labelled, Chances)> =
            labels.iter().copied().zip(judged.iter().copied()).collect();
        self.unseen.push(Group::of(name, &all));
    }
}

fn reliability(all: &[(&Labelled, Chances)]) -> Vec<Share> {
    let ends = STEPS.iter().skip(1).copied().chain([f64::INFINITY]);
    STEPS
        .iter()
        .zip(ends)
        .map(|(&from, to)| {
            let here: Vec<_> =
                all.iter().filter(|(_, said)| said.helps >= from && said.helps < to).collect();
            let promised: f64 = here.iter().map(|(_, said)| said.helps).sum();
            let right = here.iter().filter(|(one, _)| one.kind == Kind::Help).count();
            let messages = here.len();
            Share {
                from,
                messages,
                promised: promised / ratio(messages.max(1), 1),
                came_true: ratio(right, messages),
            }
        })
        .collect()
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let table = |f: &mut fmt::Formatter<'_>, groups: &[Group]| {
            groups.iter().try_for_each(|Group { name, messages, question, help }| {
                writeln!(f, "  {name:<12} {messages:>5}  question {question}")?;
                writeln!(f, "  {:<12} {:>5}  help     {help}", "", "")
            })
        };
        writeln!(f, "cross-validated in {} folds:", self.folds)?;
        table(f, &self.groups)?;
        writeln!(f, "left out while training:")?;
        table(f, &self.unseen)?;
        writeln!(f, "wanting help, by sensitivity:")?;
        for (level, prf) in &self.sensitivities {
            writeln!(f, "  {:<12} from {:.2}  {prf}", level.word(), level.cut())?;
        }
        write!(f, "chance of wanting help, promised and come true:")?;
        for Share { from, messages, promised, came_true } in &self.reliability {
            write!(f, "\n  from {from:.1}  {messages:>5} messages  {promised:.2}  {came_true:.2}")?;
        }
        Ok(())
    }
}
