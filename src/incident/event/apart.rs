//! Values that are kept separately: what is marked privileged says nothing in the log itself.

use serde::de::DeserializeOwned;

use super::{Event, Text};
use crate::fact::Value;

impl Event {
    /// Moves the value of a fact into a text, as JSON. Done twice, it is done once.
    pub fn set_apart(&mut self) {
        match self {
            Self::FactSet(body) => moved(&mut body.value, &mut body.apart),
            Self::Decision(body) if body.is_determination() => {
                moved(&mut body.value, &mut body.apart);
            }
            Self::FactEdit(body) if body.apart.is_none() => {
                let lists = (std::mem::take(&mut body.add), std::mem::take(&mut body.remove));
                body.apart = json(&lists);
            }
            _ => {}
        }
    }

    /// Takes the value back from the text. Where its words are not here, it stays unknown.
    pub fn bring_back(&mut self) {
        match self {
            Self::FactSet(body) => back(body.apart.as_ref(), &mut body.value),
            Self::Decision(body) => back(body.apart.as_ref(), &mut body.value),
            Self::FactEdit(body) => {
                let mut lists = (Vec::new(), Vec::new());
                back(body.apart.as_ref(), &mut lists);
                if body.apart.is_some() {
                    (body.add, body.remove) = lists;
                }
            }
            _ => {}
        }
    }
}

fn moved(value: &mut Value, apart: &mut Option<Text>) {
    if apart.is_none() && *value != Value::Unknown {
        *apart = json(value);
        *value = Value::Unknown;
    }
}

fn json(value: &impl serde::Serialize) -> Option<Text> {
    serde_json::to_string(value).ok().map(Text::from)
}

fn back<T: DeserializeOwned>(apart: Option<&Text>, value: &mut T) {
    let read = apart.and_then(|text| serde_json::from_str(text).ok());
    if let Some(read) = read {
        *value = read;
    }
}
