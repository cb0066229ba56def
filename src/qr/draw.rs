//! A text as a QR code.

use std::fmt::Write;

use fast_qr::{ECL, QRBuilder, QRCode};

/// White around a code, without which readers do not find it (ISO/IEC 18004).
pub const QUIET: usize = 4;

/// A code as one path: what is black, in units of one module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// Modules a side, the white around it counted.
    pub side: usize,
    pub path: String,
}

/// Draws a text. `None`: it is too long for any code.
pub fn draw(text: &str) -> Option<Drawing> {
    let code = code_of(text)?;
    let mut path = String::new();
    for y in 0..code.size {
        let row = &code[y];
        let mut x = 0;
        while x < code.size {
            let run = row[x..]
                .iter()
                .take_while(|module| module.value() == row[x].value())
                .count();
            if row[x].value() {
                // Writing to a string cannot fail.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run;
        }
    }
    Some(Drawing {
        side: code.size + 2 * QUIET,
        path,
    })
}

/// Level L: on a screen nothing is torn or dirty, and larger modules help a camera more
/// than what level M could mend. 900 characters of the alphanumeric kind are version 17
/// then, 85 modules a side.
fn code_of(text: &str) -> Option<QRCode> {
    QRBuilder::new(text).ecl(ECL::L).build().ok()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The modules of a text, row by row, the white around them as well; `true` is black.
    pub(crate) fn modules(text: &str) -> Vec<Vec<bool>> {
        let code = code_of(text).expect("a code");
        let side = code.size + 2 * QUIET;
        let inside = |at: usize| (QUIET..side - QUIET).contains(&at);
        let black =
            |x: usize, y: usize| inside(x) && inside(y) && code[y - QUIET][x - QUIET].value();
        (0..side)
            .map(|y| (0..side).map(|x| black(x, y)).collect())
            .collect()
    }

    /// What a path of [`draw`] makes black.
    fn painted(drawing: &Drawing) -> Vec<Vec<bool>> {
        let mut rows = vec![vec![false; drawing.side]; drawing.side];
        for part in drawing.path.split('z').filter(|part| !part.is_empty()) {
            let numbers: Vec<usize> = part
                .split(['M', ' ', 'h', 'v', '-'])
                .filter_map(|number| number.parse().ok())
                .collect();
            let [x, y, run, 1, back] = numbers[..] else {
                panic!("{part}");
            };
            assert_eq!(run, back);
            rows[y][x..x + run].fill(true);
        }
        rows
    }

    #[test]
    fn the_path_paints_the_modules_and_nothing_else() {
        let drawing = draw("PENDAPA").expect("a code");
        assert_eq!(drawing.side, 21 + 2 * QUIET);
        assert_eq!(painted(&drawing), modules("PENDAPA"));
        let large = "A1 ".repeat(300);
        let drawing = draw(&large).expect("a code");
        assert_eq!(drawing.side, 85 + 2 * QUIET);
        assert_eq!(painted(&drawing), modules(&large));
    }

    #[test]
    fn what_is_too_long_is_not_drawn() {
        assert_eq!(draw(&"A".repeat(4_300)), None);
    }
}
