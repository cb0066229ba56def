//! Free text made tidy: one line, no hidden characters, a greatest length.

/// Why a typed text is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    #[error("no text")]
    Empty,
    #[error("{found} characters, at most {most}")]
    TooLong { found: usize, most: usize },
}

/// Reads one line of text: trimmed, runs of spaces made one, hidden characters dropped, spelling and
/// case untouched.
///
/// # Errors
/// [`TextError::TooLong`] counts characters, not bytes.
pub fn parse_text(typed: &str, most: usize) -> Result<String, TextError> {
    let text = tidy(typed);
    let found = text.chars().count();
    match found {
        0 => Err(TextError::Empty),
        _ if found > most => Err(TextError::TooLong { found, most }),
        _ => Ok(text),
    }
}

/// Collapses white space and drops characters that nobody sees: controls, and the marks that turn the
/// direction of writing, with which a name can be made to look like another.
pub(super) fn tidy(typed: &str) -> String {
    let mut text = String::with_capacity(typed.len());
    for word in typed.split_whitespace() {
        let mut seen = word.chars().filter(|c| !is_hidden(*c)).peekable();
        if seen.peek().is_some() && !text.is_empty() {
            text.push(' ');
        }
        text.extend(seen);
    }
    text
}

/// The ASCII digits of a typed number without the given separators and spaces, or `None` if anything
/// else is in it.
pub(super) fn digits_without(typed: &str, separators: &[char]) -> Option<String> {
    let kept: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && !is_hidden(*c) && !separators.contains(c))
        .collect();
    kept.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then_some(kept)
}

fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn texts_are_tidied_and_measured_in_characters() {
        assert_eq!(
            parse_text("  Jl.  Raya\tBromo\n7 ", 40).as_deref(),
            Ok("Jl. Raya Bromo 7")
        );
        assert_eq!(parse_text(" \u{200B} \u{202E}", 40), Err(TextError::Empty));
        assert_eq!(parse_text("ééé", 3).as_deref(), Ok("ééé"));
        assert_eq!(
            parse_text("éééé", 3),
            Err(TextError::TooLong { found: 4, most: 3 })
        );
        assert_eq!(parse_text("A\u{202E}B", 3).as_deref(), Ok("AB"));
    }

    proptest! {
        #[test]
        fn tidying_twice_changes_nothing(typed: String) {
            let once = tidy(&typed);
            prop_assert_eq!(tidy(&once), once.clone());
            prop_assert!(!once.contains("  ") && once.trim() == once);
        }
    }
}
