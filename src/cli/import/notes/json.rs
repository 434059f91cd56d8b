//! Reads JSON of any length, a list or an object that holds lists, with only one message in memory at a
//! time.

use std::cell::Cell;
use std::fmt;
use std::io::{self, BufReader, Read};
use std::marker::PhantomData;
use std::path::Path;
use std::rc::Rc;

use serde::Deserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use crate::plain_file;

/// The longest message as JSON, in bytes.
const LONGEST: u64 = 4 << 20;

type Json =
    serde_json::Deserializer<serde_json::de::IoRead<BufReader<Limited<BufReader<std::fs::File>>>>>;

/// Passes each item of a list to `take`, numbered from 1.
pub(super) fn each<T: DeserializeOwned>(
    path: &Path,
    take: &mut dyn FnMut(u64, T) -> Result<(), String>,
) -> Result<(), String> {
    let (mut json, left) = open(path)?;
    let items = Items { take, left, number: &mut 0, of: PhantomData };
    json.deserialize_seq(items).map_err(|error| error.to_string())
}

/// Passes each item of an object's lists with these names to `take`, numbered from 1. A list named
/// `within` holds objects of the same shape.
pub(super) fn each_under<T: DeserializeOwned>(
    path: &Path,
    (lists, within): (&[&str], &str),
    take: &mut dyn FnMut(u64, T) -> Result<(), String>,
) -> Result<(), String> {
    let (mut json, left) = open(path)?;
    let items = Items { take, left, number: &mut 0, of: PhantomData };
    let object = Object { lists, within, items };
    json.deserialize_map(object).map_err(|error| error.to_string())
}

fn open(path: &Path) -> Result<(Json, Rc<Cell<u64>>), String> {
    let file = plain_file::open(path).map_err(|error| error.to_string())?;
    let left = Rc::new(Cell::new(LONGEST));
    let reader = Limited { inner: BufReader::new(file), left: left.clone() };
    Ok((serde_json::Deserializer::from_reader(BufReader::new(reader)), left))
}

/// A reader that fails once an item is longer than [`LONGEST`].
struct Limited<R> {
    inner: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let left = self.left.get().checked_sub(read as u64);
        self.left.set(left.ok_or_else(|| io::Error::other("a message is longer than 4 MiB"))?);
        Ok(read)
    }
}

struct Items<'t, T> {
    take: &'t mut dyn FnMut(u64, T) -> Result<(), String>,
    left: Rc<Cell<u64>>,
    number: &'t mut u64,
    of: PhantomData<T>,
}

impl<T> Items<'_, T> {
    fn again(&mut self) -> Items<'_, T> {
        let Self { take, left, number, .. } = self;
        Items { take: &mut **take, left: left.clone(), number, of: PhantomData }
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for Items<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of messages")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(item) = list.next_element::<T>()? {
            *self.number += 1;
            self.left.set(LONGEST);
            (self.take)(*self.number, item).map_err(A::Error::custom)?;
        }
        Ok(())
    }
}

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for Items<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

/// An object that holds lists of messages under some of its keys.
struct Object<'t, T> {
    lists: &'t [&'t str],
    within: &'t str,
    items: Items<'t, T>,
}

impl<T> Object<'_, T> {
    fn again(&mut self) -> Object<'_, T> {
        Object { lists: self.lists, within: self.within, items: self.items.again() }
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for Object<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with messages")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            self.items.left.set(LONGEST);
            if self.lists.contains(&name.as_str()) {
                map.next_value_seed(self.items.again())?;
            } else if name == self.within {
                map.next_value_seed(Objects(self.again()))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for Object<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

/// A list of these objects.
struct Objects<'t, T>(Object<'t, T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for Objects<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of conversations")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(self.0.again())?.is_some() {}
        Ok(())
    }
}

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for Objects<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}
