//! The bytes of a list as text with one kind of line break.

use super::TableError;

/// What Windows-1252 has between 0x80 and 0x9F; the rest is as in Unicode (WHATWG Encoding, windows-1252).
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

/// The text of UTF-8 or of UTF-16 with a byte-order mark, and of Windows-1252 for what is neither. All line
/// breaks come out as `\n`.
///
/// # Errors
/// What is known not to be text, by its first bytes, or by a zero in it.
pub(super) fn decode(bytes: &[u8]) -> Result<String, TableError> {
    let text = match bytes {
        [b'P', b'K', 3 | 5, ..] | [0xD0, 0xCF, 0x11, 0xE0, ..] => return Err(TableError::Workbook),
        [b'%', b'P', b'D', b'F', ..] => return Err(TableError::Pdf),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest),
        _ => utf8(bytes),
    };
    if text.contains('\0') {
        return Err(TableError::Binary);
    }
    if text.trim_start().starts_with('<') {
        return Err(TableError::Markup);
    }
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

fn utf8(bytes: &[u8]) -> String {
    match str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| windows_1252(*byte)).collect(),
    }
}

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9F => WINDOWS[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units)
        .map(|read| read.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}
