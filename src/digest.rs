//! SHA-256, the only identity of a line, a file or a text.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::Digest as _;

/// A SHA-256 digest, written as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest([u8; 32]);

impl Digest {
    /// What the first line of a chain names as its predecessor.
    pub const ZERO: Self = Self([0; 32]);

    /// The digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(sha2::Sha256::digest(bytes).into())
    }

    /// Reads 64 lower-case hexadecimal digits; anything else is no digest.
    pub fn parse(text: &str) -> Option<Self> {
        let text: &[u8; 64] = text.as_bytes().try_into().ok()?;
        // Logs are full of digests, so this avoids a branch for each digit.
        let (mut bytes, mut others) = ([0; 32], 0);
        for (byte, [high, low]) in bytes.iter_mut().zip(text.as_chunks().0) {
            let (high, low) = (number(*high), number(*low));
            others |= high | low;
            *byte = high << 4 | low;
        }
        (others < 16).then_some(Self(bytes))
    }

    /// Whether `text` is this digest, written out.
    pub fn is(&self, text: &str) -> bool {
        // Every line of every chain is compared so: no branch for each digit.
        let mut digits = [0; 64];
        for (pair, byte) in digits.as_chunks_mut::<2>().0.iter_mut().zip(self.0) {
            *pair = [digit(byte >> 4), digit(byte & 15)];
        }
        digits == text.as_bytes()
    }

    /// The digest in Base64, as a content security policy names what it allows.
    pub fn base64(&self) -> String {
        const SIGNS: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut text = String::with_capacity(44);
        for part in self.0.chunks(3) {
            let bits = part.iter().fold(0, |bits, byte| bits << 8 | usize::from(*byte));
            let bits = bits << (8 * (3 - part.len()));
            for sign in 0..4 {
                let sign = (sign <= part.len()).then(|| SIGNS[bits >> (18 - 6 * sign) & 63]);
                text.push(sign.map_or('=', char::from));
            }
        }
        text
    }

    /// Five bits of the digest, as a number: of bits 0 to 4 the first, and so on up to the 51st.
    pub fn symbol(&self, at: usize) -> u8 {
        let bit = |bit: usize| self.0.get(bit / 8).map_or(0, |byte| byte >> (7 - bit % 8) & 1);
        (0..5).fold(0, |symbol, place| symbol << 1 | bit(5 * at + place))
    }

    /// The first twelve digits, enough for a person to compare.
    pub fn short(&self) -> String {
        self.to_string()[..12].to_owned()
    }
}

/// The value of a hex digit; 16 or more for any other byte.
const fn number(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        _ => u8::MAX,
    }
}

/// The digit of a number below 16.
const fn digit(number: u8) -> u8 {
    if number < 10 { b'0' + number } else { b'a' - 10 + number }
}

/// Lower-case hexadecimal digits of `bytes`.
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(digit(byte >> 4)));
        text.push(char::from(digit(byte & 15)));
    }
    text
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Hex;
        impl de::Visitor<'_> for Hex {
            type Value = Digest;

            fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                to.write_str("a SHA-256 digest in lower-case hex")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Digest, E> {
                Digest::parse(text)
                    .ok_or_else(|| E::custom("not a SHA-256 digest in lower-case hex"))
            }
        }
        deserializer.deserialize_str(Hex)
    }
}

/// A digest in the making, fed piece by piece.
#[derive(Clone, Default)]
pub struct Hasher {
    state: sha2::Sha256,
    bytes: u64,
}

impl Hasher {
    /// Feeds the next piece.
    pub fn update(&mut self, piece: &[u8]) {
        self.state.update(piece);
        self.bytes += piece.len() as u64;
    }

    /// How many bytes were fed.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The digest of all that was fed.
    pub fn finish(self) -> Digest {
        Digest(self.state.finalize().into())
    }
}

impl std::io::Write for Hasher {
    fn write(&mut self, piece: &[u8]) -> std::io::Result<usize> {
        self.update(piece);
        Ok(piece.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_standard() {
        // FIPS 180-4, example B.1.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Digest::of(b"abc").to_string(), abc);
        assert_eq!(Digest::parse(abc), Some(Digest::of(b"abc")));
        assert_eq!(
            Digest::of(b"abc").base64(),
            "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=",
            "by openssl"
        );
        assert!(Digest::of(b"abc").is(abc) && !Digest::of(b"abd").is(abc));
    }

    #[test]
    fn refuses_what_is_no_digest() {
        for text in ["", "ba78", &"G".repeat(64), &"A".repeat(64), &"é".repeat(32)] {
            assert_eq!(Digest::parse(text), None, "{text}");
        }
    }
}
