//! Bytes to text: which encoding a file is in, and letters that were spoilt before it came here.
//!
//! `chardetng` tells forty encodings apart by statistics; exports are UTF-8, UTF-16 or what Windows
//! writes in the west, and these can be told apart for certain.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// What a file's letters are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letters {
    Utf8,
    Utf16,
    Windows1252,
}

pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) letters: Letters,
    pub(crate) has_nul: bool,
}

/// The text of a file, with `\n` at the ends of lines where there were only `\r`, and without NULs.
/// `None` if it is no text.
pub(crate) fn decode(bytes: &[u8]) -> Option<Decoded> {
    let (encoding, n_mark) = match Encoding::for_bom(bytes) {
        Some(it) => it,
        None => (without_mark(bytes), 0),
    };
    let letters = match encoding {
        it if it == UTF_8 => Letters::Utf8,
        it if it == WINDOWS_1252 => Letters::Windows1252,
        _ => Letters::Utf16,
    };
    let (decoded, _) = encoding.decode_without_bom_handling(&bytes[n_mark..]);
    let mut text = decoded.into_owned();
    let n_control = text.chars().filter(|it| it.is_control() && !it.is_whitespace()).count();
    if n_control > 8 && n_control * 20 > text.len() {
        return None;
    }
    let has_nul = text.contains('\0');
    if has_nul {
        text.retain(|it| it != '\0');
    }
    if !text.contains('\n') && text.contains('\r') {
        text = text.replace('\r', "\n");
    }
    Some(Decoded { text, letters, has_nul })
}

/// A file with a mark but one of UTF-8 is in that of the mark; without one UTF-16 shows by its NULs.
fn without_mark(bytes: &[u8]) -> &'static Encoding {
    let start = &bytes[..bytes.len().min(4_000) & !1];
    let n_nul = |at: usize| start.iter().skip(at).step_by(2).filter(|it| **it == 0).count();
    let [even, odd] = [n_nul(0), n_nul(1)];
    let many = start.len() / 5;
    if start.len() >= 8 && odd > many && even <= many / 4 {
        return UTF_16LE;
    }
    if start.len() >= 8 && even > many && odd <= many / 4 {
        return UTF_16BE;
    }
    if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1252 }
}

/// The text with letters put right that were UTF-8, read as Windows' letters and written as UTF-8 again:
/// "AmÃ©lie". `None` where nothing was spoilt.
pub(crate) fn respelt(text: &str) -> Option<String> {
    let is_suspect = |it: char| matches!(it, 'Ã' | 'Â' | 'â' | 'Å' | 'Ä' | 'ã' | 'å' | 'æ' | 'ç');
    if !text.contains(is_suspect) {
        return None;
    }
    let (bytes, _, is_lossy) = WINDOWS_1252.encode(text);
    let once = String::from_utf8(bytes.into_owned()).ok().filter(|_| !is_lossy)?;
    (once.chars().count() < text.chars().count()).then_some(once)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], want: &str, letters: Letters) {
        let got = decode(bytes).unwrap();
        assert_eq!((got.text.as_str(), got.letters), (want, letters));
    }

    fn utf16(text: &str, mark: bool, little: bool) -> Vec<u8> {
        let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
        units.flat_map(|it| if little { it.to_le_bytes() } else { it.to_be_bytes() }).collect()
    }

    #[test]
    fn each_encoding_is_told_by_its_bytes() {
        let text = "Title;Amélie, 2001";
        check("\u{feff}Amélie".as_bytes(), "Amélie", Letters::Utf8);
        check(text.as_bytes(), text, Letters::Utf8);
        check(b"Am\xe9lie", "Amélie", Letters::Windows1252);
        for (mark, little) in [(true, true), (true, false), (false, true), (false, false)] {
            check(&utf16(text, mark, little), text, Letters::Utf16);
        }
        check(b"", "", Letters::Utf8);
    }

    #[test]
    fn old_line_ends_and_nuls_are_put_right() {
        check(b"a\rb\rc", "a\nb\nc", Letters::Utf8);
        check(b"a\r\nb", "a\r\nb", Letters::Utf8);
        check(b"He\0at", "Heat", Letters::Utf8);
        assert!(decode(b"He\0at").unwrap().has_nul);
        assert!(
            decode(&[0x89, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x0e, 0x0f, 0x10]).is_none()
        );
    }

    #[test]
    fn spoilt_letters_are_put_right_and_others_stay() {
        assert_eq!(respelt("AmÃ©lie").as_deref(), Some("Amélie"));
        assert_eq!(respelt("BÃªte Noire").as_deref(), Some("Bête Noire"));
        assert_eq!(respelt("Itâ€™s a Gift").as_deref(), Some("It’s a Gift"));
        for whole in ["Amélie", "Ängelby", "Das Märchen", "São Paulo", "âge", "千と千尋"] {
            assert_eq!(respelt(whole), None, "{whole}");
        }
    }
}
