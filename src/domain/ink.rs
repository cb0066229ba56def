//! What a finger or a pen drew on the glass: a signature, or a mark.
//!
//! Kept as the points that were touched, in the order in which they were, so that it can be drawn
//! at any size, and as a text, `12,40 14,42;30,8`: strokes with `;` between them, points with a
//! space, and in each point how far it is from the left and from the top of the pad.

use std::fmt::{self, Write};

/// Width and height of the pad, in its own units.
pub const PAD: (u16, u16) = (1000, 350);
/// Points of one drawing. A signature has some hundred; what is more is not drawn.
pub const MOST_POINTS: usize = 3000;
/// A point nearer than this to the one before says nothing new.
const NEAREST: f64 = 3.0;

/// A point of the pad, from the left and from the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InkPoint {
    pub x: u16,
    pub y: u16,
}

/// A drawing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ink {
    /// None of them is empty.
    strokes: Vec<Vec<InkPoint>>,
}

/// Why a text is no drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not strokes of points on the pad")]
pub struct InkError;

impl Ink {
    /// Reads what `to_string` wrote. An empty text is an empty drawing.
    ///
    /// # Errors
    /// [`InkError`] if it is written otherwise, a point is not on the pad, or there are too many.
    pub fn parse(text: &str) -> Result<Self, InkError> {
        if text.is_empty() {
            return Ok(Ink::default());
        }
        let strokes = text
            .split(';')
            .map(|stroke| stroke.split(' ').map(point).collect::<Option<Vec<_>>>())
            .collect::<Option<Vec<_>>>()
            .ok_or(InkError)?;
        let ink = Ink { strokes };
        if ink.points() > MOST_POINTS {
            return Err(InkError);
        }
        Ok(ink)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.strokes.is_empty()
    }

    /// The glass was touched.
    pub fn begin(&mut self, at: InkPoint) {
        if self.points() < MOST_POINTS {
            self.strokes.push(vec![at]);
        }
    }

    /// The finger or the pen moved on; whether that drew anything.
    pub fn extend(&mut self, to: InkPoint) -> bool {
        let is_full = self.points() >= MOST_POINTS;
        let Some(stroke) = self.strokes.last_mut().filter(|_| !is_full) else {
            return false;
        };
        let is_near = stroke
            .last()
            .is_some_and(|from| distance(Spot::of(*from), Spot::of(to)) < NEAREST);
        if !is_near {
            stroke.push(to);
        }
        !is_near
    }

    /// Takes the last stroke back.
    pub fn undo(&mut self) {
        self.strokes.pop();
    }

    /// The drawing as the path of an SVG picture of the pad, to be filled: each stroke swells
    /// where it was drawn slowly, and ends round.
    #[must_use]
    pub fn outline(&self) -> String {
        let mut path = String::new();
        for stroke in &self.strokes {
            draw(&mut path, stroke);
        }
        path
    }

    fn points(&self) -> usize {
        self.strokes.iter().map(Vec::len).sum()
    }
}

impl fmt::Display for Ink {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        for (at, stroke) in self.strokes.iter().enumerate() {
            to.write_str(if at > 0 { ";" } else { "" })?;
            for (at, InkPoint { x, y }) in stroke.iter().enumerate() {
                write!(to, "{}{x},{y}", if at > 0 { " " } else { "" })?;
            }
        }
        Ok(())
    }
}

fn point(text: &str) -> Option<InkPoint> {
    let (x, y) = text.split_once(',')?;
    let number = |text: &str, most: u16| {
        let value: u16 = text.parse().ok()?;
        // One way to write a number: what is read is written the same.
        (value <= most && value.to_string() == text).then_some(value)
    };
    Some(InkPoint {
        x: number(x, PAD.0)?,
        y: number(y, PAD.1)?,
    })
}

/// Half the width of a line that was drawn slowly, and of one that was drawn fast.
const WIDEST: f64 = 5.0;
const THINNEST: f64 = 2.2;
/// Distance between two points at which a line is at its thinnest: screens tell of a finger some
/// sixty times a second, whatever its speed.
const FAST: f64 = 60.0;

/// A place between the points of the pad.
#[derive(Clone, Copy)]
struct Spot {
    x: f64,
    y: f64,
}

impl Spot {
    fn of(point: InkPoint) -> Self {
        Spot {
            x: f64::from(point.x),
            y: f64::from(point.y),
        }
    }

    /// This far along a direction.
    fn along(self, (x, y): (f64, f64), far: f64) -> Self {
        Spot {
            x: self.x + x * far,
            y: self.y + y * far,
        }
    }

    fn between(self, other: Spot) -> Self {
        Spot {
            x: f64::midpoint(self.x, other.x),
            y: f64::midpoint(self.y, other.y),
        }
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        write!(to, "{:.1} {:.1}", self.x, self.y)
    }
}

fn distance(one: Spot, other: Spot) -> f64 {
    (one.x - other.x).hypot(one.y - other.y)
}

/// Adds a stroke to a path: along one side of it, round its end, and back along the other.
fn draw(path: &mut String, stroke: &[InkPoint]) {
    let spots: Vec<Spot> = stroke.iter().copied().map(Spot::of).collect();
    let mut radius = WIDEST;
    let mut sides = [Vec::new(), Vec::new()];
    for (at, spot) in spots.iter().enumerate() {
        let before = spots[at.saturating_sub(1)];
        let after = spots[(at + 1).min(spots.len() - 1)];
        let speed = (distance(before, *spot) / FAST).min(1.0);
        // A line does not change its width from one point to the next.
        radius = f64::midpoint(radius, WIDEST - (WIDEST - THINNEST) * speed);
        let long = distance(before, after);
        let across = match long > 0.0 {
            true => ((before.y - after.y) / long, (after.x - before.x) / long),
            // A dot.
            false => (0.0, 1.0),
        };
        sides[0].push(spot.along(across, radius));
        sides[1].push(spot.along(across, -radius));
    }
    let [there, mut back] = sides;
    back.reverse();
    let [Some(first), Some(turn)] = [there.first(), back.first()] else {
        return;
    };
    let round = format!("A{radius:.1} {radius:.1} 0 0 0");
    // Writing into a string cannot fail.
    let _ = write!(path, "M{first}");
    curve(path, &there);
    let _ = write!(path, "{round} {turn}");
    curve(path, &back);
    let _ = write!(path, "{round} {first}Z");
}

/// Goes on through these places, in quadratic curves from the middle between two of them to the
/// next middle, so that no corner shows.
fn curve(path: &mut String, places: &[Spot]) {
    for pair in places.windows(2).skip(1) {
        let _ = write!(path, "Q{} {}", pair[0], pair[0].between(pair[1]));
    }
    if let Some(last) = places.last() {
        let _ = write!(path, "L{last}");
    }
}

#[cfg(test)]
#[path = "ink_tests.rs"]
mod tests;
