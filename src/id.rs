//! Names checked once, when they come in, so that none can leave a folder or touch a screen.

use std::fmt;

/// Whether `text` is a kebab-case id: `image-web-hosts`. Ids of playbooks, steps, commands.
pub fn is_kebab(text: &str) -> bool {
    is_words(text, b'-')
}

/// Whether `text` is a `snake_case` name: `hosts_affected`. Facts stand in expressions.
pub fn is_snake(text: &str) -> bool {
    is_words(text, b'_')
}

fn is_words(text: &str, joint: u8) -> bool {
    let mut before = joint;
    let fits = |byte: u8| {
        let before = std::mem::replace(&mut before, byte);
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == joint && before != joint
    };
    text.len() <= 64
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(fits)
        && before != joint
}

/// The name of an incident and of its folder: a date and a neutral code name,
/// `2026-11-23-amber-heron`. It says nothing to an intruder who lists the folder.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IncidentName(String);

impl IncidentName {
    /// Accepts letters, digits and hyphens, starting with a digit; nothing else can be a name.
    pub fn parse(text: &str) -> Option<Self> {
        let valid = text.len() <= 64
            && text.starts_with(|c: char| c.is_ascii_digit())
            && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        valid.then(|| Self(text.to_owned()))
    }

    /// Coins a name for an incident opened on `day`, from two random bytes.
    pub fn coin(day: chrono::NaiveDate, random: [u8; 2]) -> Self {
        let adjective = ADJECTIVES[usize::from(random[0]) % ADJECTIVES.len()];
        let noun = NOUNS[usize::from(random[1]) % NOUNS.len()];
        Self(format!("{}-{adjective}-{noun}", day.format("%Y-%m-%d")))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for IncidentName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The first eight hexadecimal digits of a log's random id: the name of a chain and of its file. Where
/// two files of one name came together that differ, the second is a branch, `41389ab9~2`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
pub struct ChainId(String);

impl ChainId {
    /// Branches that a chain can have. Each is compared with every other: more than these are nobody's
    /// mistake, but somebody's attack.
    pub const BRANCHES: u16 = 64;

    /// Accepts eight lower-case hexadecimal digits, and the number of a branch after `~`.
    pub fn parse(text: &str) -> Option<Self> {
        let (root, branch) = text.split_once('~').map_or((text, None), |(a, b)| (a, Some(b)));
        let valid = root.len() == 8
            && root.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
            && branch.is_none_or(|branch| {
                let number = branch.parse().ok().filter(|n| (2..=Self::BRANCHES).contains(n));
                number.is_some_and(|n| n.to_string() == branch)
            });
        valid.then(|| Self(text.to_owned()))
    }

    /// The name that all branches of a chain share.
    pub fn root(&self) -> &str {
        root_of(&self.0)
    }

    /// Which branch it is, from 1.
    pub fn branch(&self) -> u16 {
        self.0.split_once('~').and_then(|(_, branch)| branch.parse().ok()).unwrap_or(1)
    }

    /// Another branch of the same chain.
    #[must_use]
    pub fn with_branch(&self, branch: u16) -> Self {
        match branch {
            0 | 1 => Self(self.root().to_owned()),
            branch => Self(format!("{}~{branch}", self.root())),
        }
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The name of a chain without the number of its branch.
pub fn root_of(chain: &str) -> &str {
    chain.split('~').next().unwrap_or(chain)
}

impl fmt::Display for ChainId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A short random name for an exhibit, `ev-7k3m9q`: no two machines need to agree on a number.
/// Letters that look like digits are left out, since people read these aloud.
pub fn exhibit(random: [u8; 6]) -> String {
    const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let name: String =
        random.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
    format!("ev-{name}")
}

const ADJECTIVES: [&str; 64] = [
    "amber", "ample", "azure", "bold", "brisk", "bright", "broad", "calm", "clear", "cobalt",
    "copper", "coral", "crisp", "deep", "early", "even", "fair", "firm", "fleet", "fresh",
    "gentle", "golden", "grand", "green", "hazel", "high", "indigo", "ivory", "jade", "keen",
    "kind", "large", "late", "level", "light", "lilac", "lucid", "mellow", "merry", "mild",
    "misty", "noble", "olive", "open", "pale", "plain", "proud", "quick", "quiet", "rapid", "rosy",
    "round", "ruby", "sage", "silver", "smooth", "soft", "solid", "steady", "still", "sunny",
    "tidy", "warm", "wide",
];

const NOUNS: [&str; 64] = [
    "alder", "aspen", "badger", "bay", "beech", "birch", "brook", "cedar", "cliff", "cloud",
    "cove", "crane", "creek", "dale", "dune", "egret", "elm", "falcon", "fern", "finch", "fjord",
    "forest", "garden", "glade", "grove", "harbor", "hawk", "heath", "heron", "hill", "island",
    "ivy", "juniper", "kestrel", "lagoon", "lake", "larch", "lark", "maple", "marsh", "meadow",
    "moor", "moss", "oak", "orchard", "osprey", "otter", "owl", "pine", "plover", "pond", "poplar",
    "reed", "ridge", "river", "robin", "rowan", "spruce", "stone", "swan", "thrush", "valley",
    "willow", "wren",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_one_form() {
        for good in ["a", "web-skimming", "h2-check"] {
            assert!(is_kebab(good), "{good}");
        }
        for bad in ["", "-a", "a-", "a--b", "A", "a_b", "a/b", "1a", "é", "..", &"a".repeat(65)] {
            assert!(!is_kebab(bad), "{bad}");
        }
        assert!(is_snake("hosts_affected") && !is_snake("hosts-affected"));
    }

    #[test]
    fn incident_names_cannot_leave_their_folder() {
        for bad in ["", "..", "../x", "/etc", "2026/x", "2026-11-23-\u{1b}", "x", ".hidden"] {
            assert_eq!(IncidentName::parse(bad), None, "{bad}");
        }
        let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).expect("a real day");
        let name = IncidentName::coin(day, [0, 28]);
        assert_eq!(name.as_str(), "2026-11-23-amber-heron");
        assert_eq!(IncidentName::parse(name.as_str()), Some(name));
    }

    #[test]
    fn chains_are_eight_hex_digits() {
        assert!(ChainId::parse("0a1b2c3d").is_some());
        let branch = ChainId::parse("0a1b2c3d~12").expect("a branch");
        assert_eq!((branch.root(), branch.branch()), ("0a1b2c3d", 12));
        assert_eq!(branch.with_branch(1).as_str(), "0a1b2c3d");
        for bad in ["0a1b2c3d~1", "0a1b2c3d~", "0a1b2c3d~02", "0a1b2c3d~2~3", "0a1b2c3d~-2"] {
            assert!(ChainId::parse(bad).is_none(), "{bad}");
        }
        for bad in ["0A1B2C3D", "0a1b2c3", "0a1b2c3d4", "../../xx", "0a1b2c3g"] {
            assert!(ChainId::parse(bad).is_none(), "{bad}");
        }
    }
}
