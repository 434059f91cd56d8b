//! How what a law asks for stands in a draft.

/// What a person does about words of a law that only free text answers: nothing here can tell whether
/// it says them.
pub(super) const JUDGE: &str = "JUDGE whether the text says it";

/// One thing that the law asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Required {
    /// Its words.
    pub words: String,
    /// How it stands.
    pub standing: ItemState,
}

/// How a required item stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemState {
    /// The text contains it: every item that answers it was filled from facts.
    Written,
    /// The template leaves it out.
    LeftOut,
    /// A person does this about it: `ENCLOSE`, `JUDGE`.
    ByHand(String),
    /// It is not needed now.
    NotNeeded,
    /// Somebody recorded that nobody knows it yet, and the text says so.
    NotKnown,
    /// These facts are not known.
    Missing(Vec<String>),
    /// No fact answers it: a person writes it.
    ToWrite,
}

/// How words of a law stand, by how the items that answer them stand and whether the template left out
/// what they say. `by_hand` is whether the text has what somebody wrote for these words, if anybody did.
pub(super) fn standing(items: &[(&ItemState, bool)], by_hand: Option<bool>) -> ItemState {
    let to_write = || match by_hand {
        Some(true) => ItemState::ByHand(JUDGE.to_owned()),
        Some(false) => ItemState::LeftOut,
        None => ItemState::ToWrite,
    };
    let missing = items.iter().filter_map(|(standing, _)| match standing {
        ItemState::Missing(names) => Some(names.iter().cloned()),
        _ => None,
    });
    let missing: Vec<String> = missing.flatten().collect();
    let needed: Vec<&(&ItemState, bool)> =
        items.iter().filter(|(standing, _)| **standing != ItemState::NotNeeded).collect();
    let has = |of: &ItemState| needed.iter().any(|(standing, _)| *standing == of);
    let by_hand = needed.iter().find(|(standing, _)| matches!(standing, ItemState::ByHand(_)));
    match by_hand {
        _ if items.is_empty() => to_write(),
        _ if needed.is_empty() => ItemState::NotNeeded,
        _ if !missing.is_empty() => ItemState::Missing(missing),
        _ if has(&ItemState::ToWrite) => to_write(),
        _ if needed.iter().any(|(_, is_left_out)| *is_left_out) => ItemState::LeftOut,
        _ if has(&ItemState::NotKnown) => ItemState::NotKnown,
        Some((standing, _)) => (*standing).clone(),
        None => ItemState::Written,
    }
}
