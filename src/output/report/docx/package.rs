//! A package of files: a zip archive whose files are stored as they are. The same parts give the same
//! bytes: no clock is read, no name but theirs is written.

/// What every date of the archive says: the first day that it can say.
const DAY: u16 = (1 << 5) | 1;

/// A zip archive of these parts, in their order.
pub(super) fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = Vec::new();
    let mut directory = Vec::new();
    for (name, bytes) in parts {
        let offset = size(archive.len());
        let fields = fields(name, bytes);
        archive.extend(0x0403_4b50_u32.to_le_bytes());
        archive.extend(&fields);
        archive.extend(name.as_bytes());
        archive.extend(*bytes);
        directory.extend(0x0201_4b50_u32.to_le_bytes());
        directory.extend(20_u16.to_le_bytes());
        directory.extend(&fields);
        // Comment, disk, kinds of attributes and the attributes: none.
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (begin, length) = (size(archive.len()), size(directory.len()));
    archive.extend(directory);
    archive.extend(0x0605_4b50_u32.to_le_bytes());
    archive.extend([0; 4]);
    let count = u16::try_from(parts.len()).unwrap_or(u16::MAX);
    archive.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    archive.extend([length.to_le_bytes(), begin.to_le_bytes()].concat());
    archive.extend([0; 2]);
    archive
}

/// The fields that the local header and the central directory share: version, flags (names are UTF-8),
/// no compression, date, checksum, sizes, lengths of the name and of the extra field.
fn fields(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut fields = Vec::new();
    for word in [20, 1 << 11, 0, 0, DAY] {
        fields.extend(u16::to_le_bytes(word));
    }
    for word in [checksum(bytes), size(bytes.len()), size(bytes.len())] {
        fields.extend(word.to_le_bytes());
    }
    for word in [u16::try_from(name.len()).unwrap_or(u16::MAX), 0] {
        fields.extend(word.to_le_bytes());
    }
    fields
}

fn size(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

/// CRC-32 as zip wants it.
fn checksum(bytes: &[u8]) -> u32 {
    let mut table = [0_u32; 256];
    for (number, entry) in (0_u32..).zip(&mut table) {
        *entry = (0..8).fold(number, |word, _| (word >> 1) ^ (0xedb8_8320 * (word & 1)));
    }
    !bytes.iter().fold(u32::MAX, |word, byte| {
        let place = (word ^ u32::from(*byte)) & 0xff;
        (word >> 8) ^ table[place as usize]
    })
}

#[cfg(test)]
mod tests {
    use super::{checksum, zip};

    #[test]
    fn the_checksum_is_the_one_of_the_standard() {
        assert_eq!(checksum(b"123456789"), 0xcbf4_3926);
        assert_eq!(checksum(b""), 0);
    }

    #[test]
    fn the_directory_leads_to_every_part() {
        let parts: [(&str, &[u8]); 3] = [("a.xml", b"<a/>"), ("word/b.xml", b""), ("c", b"ccc")];
        let archive = zip(&parts);
        let word = |at: usize| {
            let bytes: [u8; 4] = archive[at..at + 4].try_into().expect("four bytes");
            u32::from_le_bytes(bytes) as usize
        };
        let end = archive.len() - 22;
        assert_eq!(word(end), 0x0605_4b50);
        let (length, mut at) = (word(end + 12), word(end + 16));
        assert_eq!(at + length, end);
        for (name, bytes) in parts {
            assert_eq!(word(at), 0x0201_4b50, "{name}");
            let (part, text) = (word(at + 42), at + 46);
            assert_eq!(&archive[text..text + name.len()], name.as_bytes());
            assert_eq!(word(part), 0x0403_4b50, "{name}");
            let begin = part + 30 + name.len();
            assert_eq!(&archive[begin..begin + word(part + 22)], bytes);
            at = text + name.len();
        }
        assert_eq!(at, end);
    }
}
