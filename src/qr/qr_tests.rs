use super::draw::tests::modules;
use super::scan::*;
use crate::format::digest::sha256;
use crate::format::frames::{MOST_BYTES, MOST_CHARACTERS, split};

/// A picture in grey.
struct Picture {
    width: usize,
    height: usize,
    luma: Vec<u8>,
}

impl Picture {
    /// What a camera sees that looks at a screen: `at` says which place of the code, in
    /// modules, a point of the picture shows. A point is the mean of some places in it.
    fn of(text: &str, width: usize, height: usize, at: impl Fn(f64, f64) -> (f64, f64)) -> Self {
        const FINE: usize = 3;
        let code = modules(text);
        let bright = |x: f64, y: f64| {
            let inside = x >= 0.0 && y >= 0.0;
            let module = code.get(y as usize).and_then(|row| row.get(x as usize));
            match module.filter(|_| inside) {
                Some(true) => 30,
                Some(false) => 215,
                // The table around the screen.
                None => 110,
            }
        };
        let mut luma = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                let places = (0..FINE * FINE).map(|part| {
                    let fine = |part: usize| (part as f64 + 0.5) / FINE as f64;
                    let (x, y) = at(x as f64 + fine(part % FINE), y as f64 + fine(part / FINE));
                    bright(x, y)
                });
                luma.push((places.sum::<usize>() / (FINE * FINE)) as u8);
            }
        }
        Picture {
            width,
            height,
            luma,
        }
    }

    /// The code in the middle, so many points a module, turned a little.
    fn turned(text: &str, scale: f64, degrees: f64) -> Self {
        let half = modules(text).len() as f64 / 2.0;
        let (sine, cosine) = degrees.to_radians().sin_cos();
        let side = 2.0 * half * scale * (sine.abs() + cosine.abs() + 0.1);
        Picture::of(text, side as usize, side as usize, |x, y| {
            let (x, y) = ((x - side / 2.0) / scale, (y - side / 2.0) / scale);
            // Farther away at the top.
            let near = 1.0 + 0.0004 * y;
            let (x, y) = (x / near, y / near);
            (x * cosine - y * sine + half, x * sine + y * cosine + half)
        })
    }

    /// Each point brighter or darker by up to `most`.
    fn noisy(mut self, most: u8) -> Self {
        let chance = (0u64..).flat_map(|block| sha256(&block.to_be_bytes()).0);
        for (point, chance) in self.luma.iter_mut().zip(chance) {
            let shift = i32::from(chance) * 2 * i32::from(most) / 255 - i32::from(most);
            *point = (i32::from(*point) + shift).clamp(0, 255) as u8;
        }
        self
    }

    fn texts(&self) -> Vec<String> {
        let rgba: Vec<u8> = self
            .luma
            .iter()
            .flat_map(|&luma| [luma, luma, luma, 255])
            .collect();
        let job = scan_job(self.width as u32, self.height as u32, &rgba);
        let answer = scan(&job).expect("an answer");
        scanned(&answer).expect("texts")
    }
}

/// Frames as long as they come.
fn frames() -> Vec<String> {
    let bytes: Vec<u8> = (0u64..)
        .flat_map(|block| sha256(&block.to_be_bytes()).0)
        .take(MOST_BYTES)
        .collect();
    let frames = split(&bytes).expect("frames");
    assert!(frames.iter().all(|frame| frame.len() > MOST_CHARACTERS - 3));
    frames
}

/// Whether one of a few pictures is enough, as of a hand that is not quite still.
fn is_read(frame: &str, pictures: impl Iterator<Item = Picture>) -> bool {
    pictures.map(|picture| picture.texts()).any(|texts| {
        // A code is read rightly or not at all.
        assert!(texts.is_empty() || texts == [frame]);
        !texts.is_empty()
    })
}

#[test]
fn the_longest_frames_are_read_at_every_size() {
    for (at, scale) in [2.5, 3.3, 4.0, 5.2, 6.5, 8.0].into_iter().enumerate() {
        let frame = &frames()[at];
        let turns = [0.0, 0.8, -1.7, 2.9, -4.0];
        let pictures = turns
            .map(|turn| Picture::turned(frame, scale, turn))
            .into_iter();
        assert!(is_read(frame, pictures), "{scale}");
    }
}

#[test]
fn a_frame_is_read_from_every_side_and_in_poor_light() {
    let frame = &frames()[7];
    for turn in [-13.0, 25.0, 90.0, 180.0] {
        let pictures = (0..5).map(|step| {
            let turn = turn + 1.3 * f64::from(step);
            Picture::turned(frame, 6.0, turn).noisy(20)
        });
        assert!(is_read(frame, pictures), "{turn}");
    }
}

#[test]
fn a_short_text_is_read_as_well() {
    let text = "Kedopok, 24 November 2026";
    assert_eq!(Picture::turned(text, 4.0, 3.0).texts(), [text]);
}

#[test]
fn a_picture_without_a_code_has_no_text() {
    let empty = Picture {
        width: 64,
        height: 48,
        luma: vec![200; 64 * 48],
    };
    assert_eq!(empty.texts(), [""; 0]);
    assert_eq!(empty.noisy(55).texts(), [""; 0]);
}

#[test]
fn what_is_no_job_has_no_answer() {
    let job = scan_job(2, 1, &[0, 0, 0, 255, 255, 255, 255, 255]);
    assert_eq!(job, [0, 0, 0, 2, 0, 0, 0, 1, 0, 255]);
    assert!(scan(&job).is_some());
    for wrong in [&job[..9], &job[..8], &job[..3], &[]] {
        assert_eq!(scan(wrong), None);
    }
    assert_eq!(scan(&[0; 8]), None);
    assert_eq!(scan(&[255; 40]), None);
    assert_eq!(scanned(&[]), Some(vec![]));
    assert_eq!(scanned(&[0, 0, 0, 2, b'A']), None);
    assert_eq!(scanned(&[0, 0, 0, 1, 255]), None);
}
