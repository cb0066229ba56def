//! Reading the codes in a picture. What the worker `pendapa-scan` is asked and what
//! it answers, as bytes: both ends are here. Nothing of this is stored.
//!
//! Job: width and height, 4 bytes each, the higher byte first; then a byte for each
//! point, row by row, 0 black to 255 white. Answer: each text after its length in 4
//! bytes.

use rqrr::PreparedImage;

/// Most points a side: no camera's picture is read larger.
pub const MOST_SIDE: usize = 2_000;

/// Asks what codes a picture holds, given as red, green, blue and opacity of each point.
pub fn scan_job(width: u32, height: u32, rgba: &[u8]) -> Vec<u8> {
    let mut job = Vec::with_capacity(8 + rgba.len() / 4);
    job.extend_from_slice(&width.to_be_bytes());
    job.extend_from_slice(&height.to_be_bytes());
    let (points, _) = rgba.as_chunks::<4>();
    // The eye sees green brightest; exact shares make no difference to black and white.
    job.extend(points.iter().map(|&[red, green, blue, _]| {
        ((u16::from(red) + 2 * u16::from(green) + u16::from(blue)) / 4) as u8
    }));
    job
}

/// Does what [`scan_job`] asks for. `None`: no such job.
pub fn scan(job: &[u8]) -> Option<Vec<u8>> {
    let (width, rest) = side(job)?;
    let (height, luma) = side(rest)?;
    if luma.len() != width * height {
        return None;
    }
    let mut texts = read(width, height, |x, y| luma[y * width + x]);
    if texts.is_empty() {
        // With edges between the points more is read, and it takes three times as long.
        let finer = Finer {
            width,
            height,
            luma,
        };
        texts = read(2 * width, 2 * height, |x, y| finer.point(x, y));
    }
    let mut answer = Vec::new();
    for text in texts {
        // A code holds less than 8 KB.
        answer.extend_from_slice(&(text.len() as u32).to_be_bytes());
        answer.extend_from_slice(text.as_bytes());
    }
    Some(answer)
}

/// The texts of the codes in a picture. What looks like a code and is none, or is not
/// sharp enough yet, has no text.
fn read(width: usize, height: usize, point: impl FnMut(usize, usize) -> u8) -> Vec<String> {
    let mut picture = PreparedImage::prepare_from_greyscale(width, height, point);
    let grids = picture.detect_grids();
    grids
        .iter()
        .filter_map(|grid| grid.decode().ok())
        .map(|(_, text)| text)
        .collect()
}

/// A picture twice as fine, between whose points lie means of them.
struct Finer<'a> {
    width: usize,
    height: usize,
    luma: &'a [u8],
}

impl Finer<'_> {
    fn point(&self, x: usize, y: usize) -> u8 {
        let (left, right, share) = Self::around(x, self.width);
        let (above, below, share_below) = Self::around(y, self.height);
        let row = |y: usize| {
            let at = |x: usize| u32::from(self.luma[y * self.width + x]);
            at(left) * (4 - share) + at(right) * share
        };
        ((row(above) * (4 - share_below) + row(below) * share_below) / 16) as u8
    }

    /// The two points around a finer one, and how many quarters the second counts.
    fn around(at: usize, side: usize) -> (usize, usize, u32) {
        let first = at.saturating_sub(1) / 2;
        let second = (first + 1).min(side - 1);
        (first, second, if at % 2 == 1 { 1 } else { 3 })
    }
}

fn side(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (side, rest) = bytes.split_first_chunk::<4>()?;
    let side = usize::try_from(u32::from_be_bytes(*side)).ok()?;
    (1..=MOST_SIDE).contains(&side).then_some((side, rest))
}

/// Reads what [`scan`] answered: the texts. `None`: that is no answer.
pub fn scanned(mut answer: &[u8]) -> Option<Vec<String>> {
    let mut texts = Vec::new();
    while !answer.is_empty() {
        let (length, rest) = answer.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let (text, rest) = rest.split_at_checked(length)?;
        texts.push(String::from_utf8(text.to_vec()).ok()?);
        answer = rest;
    }
    Some(texts)
}
