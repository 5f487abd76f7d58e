//! What stands in a document and is nothing that a register says.
//!
//! A document is read, written anew of what was read, and compared: what a reader sees in it and this program did not
//! take in would be believed without having been checked.

/// Where a document holds more, or other, than a register does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Strange {
    /// Counted from 1.
    pub line: usize,
    /// What stands there; empty where something is missing.
    pub text: String,
}

/// The first part of a document that is not the one it should be.
pub(super) fn first_other(
    there: impl IntoIterator<Item = (usize, String)>,
    expected: impl IntoIterator<Item = (usize, String)>,
) -> Option<Strange> {
    let (mut there, mut expected) = (there.into_iter(), expected.into_iter());
    let mut last = 1;
    loop {
        return match (there.next(), expected.next()) {
            (Some((line, is)), Some((_, should))) if is == should => {
                last = line;
                continue;
            }
            (Some((line, text)), _) => Some(Strange { line, text }),
            (None, Some(_)) => Some(Strange { line: last, text: String::new() }),
            (None, None) => None,
        };
    }
}
