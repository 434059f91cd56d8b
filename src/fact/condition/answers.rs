//! What many conditions ask of the same facts, looked up once for each fact.

use std::cell::Cell;

use super::Condition;
use crate::fact::value::Value;

/// A fact as a condition names it, and the slot of [`Answers`] where its value is kept.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) text: String,
    slot: usize,
}

/// Names that share a slot push each other out: of the hundred in the law's conditions, six pairs.
const SLOTS: usize = 512;

/// The values of facts, for conditions that ask for the same few again and again.
pub(crate) struct Answers<'n, 'v> {
    known: &'v dyn Fn(&str) -> Option<&'v Value>,
    slots: Vec<Cell<Option<Answer<'n, 'v>>>>,
}

/// A name, and what is known by it.
type Answer<'n, 'v> = (&'n str, Option<&'v Value>);

impl Name {
    pub(super) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), slot: slot(text) }
    }
}

fn slot(name: &str) -> usize {
    // FNV-1a: short, and good enough where a clash only costs another look.
    let hash = name
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash as usize % SLOTS
}

impl<'n, 'v> Answers<'n, 'v> {
    pub(crate) fn new(known: &'v dyn Fn(&str) -> Option<&'v Value>) -> Self {
        Self { known, slots: vec![Cell::new(None); SLOTS] }
    }

    /// [`Condition::holds`] over these values.
    pub(crate) fn holds(&self, condition: &'n Condition) -> Option<bool> {
        condition.0.root.holds(&|name| self.value(name))
    }

    /// [`Condition::undecided`] over these values.
    pub(crate) fn undecided(&self, condition: &'n Condition) -> Vec<&'n str> {
        let mut facts = Vec::new();
        condition.0.root.undecided(&|name| self.value(name), &mut facts);
        facts
    }

    /// The value of one of them.
    pub(crate) fn of(&self, name: &'n str) -> Option<&'v Value> {
        self.at(slot(name), name)
    }

    fn value(&self, name: &'n Name) -> Option<&'v Value> {
        self.at(name.slot, &name.text)
    }

    fn at(&self, slot: usize, name: &'n str) -> Option<&'v Value> {
        let slot = &self.slots[slot];
        if let Some((text, value)) = slot.get()
            && text == name
        {
            return value;
        }
        let value = (self.known)(name);
        slot.set(Some((name, value)));
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::vocabulary::Vocabulary;

    fn parse(source: &str) -> Condition {
        Condition::parse(source, Vocabulary::builtin()).expect("a good condition")
    }

    #[test]
    fn a_fact_is_looked_up_once_also_if_it_is_not_known() {
        let conditions = [
            parse("cards_taken or 'health' in data_classes or 'bank' in data_classes"),
            parse("not cards_taken and 'bank' in data_classes"),
        ];
        let classes = Value::Choices(vec!["bank".to_owned()]);
        let looks = Cell::new(0);
        let known = |name: &str| {
            looks.set(looks.get() + 1);
            (name == "data_classes").then_some(&classes)
        };
        let answers = Answers::new(&known);
        assert_eq!(answers.holds(&conditions[0]), Some(true));
        assert_eq!(answers.holds(&conditions[1]), None);
        assert_eq!(answers.undecided(&conditions[1]), ["cards_taken"]);
        assert_eq!(looks.get(), 2);
    }

    #[test]
    fn names_that_share_a_slot_are_told_apart() {
        let names = ["exploited_vulnerability", "paper_only"];
        assert_eq!(Name::new(names[0]).slot, Name::new(names[1]).slot);
        let conditions = names.map(parse);
        let (yes, no) = (Value::YesNo(true), Value::YesNo(false));
        let known = |name: &str| Some(if name == names[0] { &yes } else { &no });
        let answers = Answers::new(&known);
        for _ in 0..2 {
            assert_eq!(answers.holds(&conditions[0]), Some(true));
            assert_eq!(answers.holds(&conditions[1]), Some(false));
        }
    }
}
