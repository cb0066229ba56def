use super::*;
use proptest::prelude::*;

fn ink(text: &str) -> Ink {
    Ink::parse(text).expect("a drawing")
}

#[test]
fn a_drawing_is_read_as_it_was_written() {
    for text in ["", "0,0", "1000,350", "12,40 14,42;30,8", "1,1 1,1"] {
        assert_eq!(ink(text).to_string(), text);
    }
}

#[test]
fn what_is_no_drawing_is_refused() {
    for text in [
        ";", " ", "1", "1,2,3", "1,2 ", "1,2;", "a,b", "1001,0", "0,351", "-1,2", "+1,2", "01,2",
        "1, 2", "1.5,2",
    ] {
        assert_eq!(Ink::parse(text), Err(InkError), "{text}");
    }
    let many = |count: usize| vec!["1,2"; count].join(" ");
    assert!(Ink::parse(&many(MOST_POINTS)).is_ok());
    assert_eq!(Ink::parse(&many(MOST_POINTS + 1)), Err(InkError));
}

#[test]
fn points_too_near_are_left_out_and_strokes_are_taken_back_one_by_one() {
    let at = |x, y| InkPoint { x, y };
    let mut drawn = Ink::default();
    assert!(!drawn.extend(at(1, 1)), "the glass was not touched");
    drawn.begin(at(10, 10));
    assert!(!drawn.extend(at(11, 11)));
    assert!(drawn.extend(at(20, 10)));
    drawn.begin(at(40, 40));
    assert_eq!(drawn.to_string(), "10,10 20,10;40,40");
    drawn.undo();
    assert_eq!(drawn.to_string(), "10,10 20,10");
    drawn.undo();
    drawn.undo();
    assert!(drawn.is_empty());
}

#[test]
fn a_full_drawing_takes_no_more() {
    let mut drawn = Ink::default();
    drawn.begin(InkPoint { x: 0, y: 0 });
    for count in 0..2 * MOST_POINTS {
        drawn.extend(InkPoint {
            x: if count % 2 == 0 { 900 } else { 0 },
            y: 0,
        });
    }
    drawn.begin(InkPoint { x: 1, y: 1 });
    assert_eq!(Ink::parse(&drawn.to_string()), Ok(drawn));
}

#[test]
fn a_dot_is_round_and_a_fast_line_is_thinner_than_a_slow_one() {
    assert_eq!(ink("").outline(), "");
    // Two half circles from the bottom to the top and back.
    assert_eq!(
        ink("100,100").outline(),
        "M100.0 105.0L100.0 105.0A5.0 5.0 0 0 0 100.0 95.0L100.0 95.0A5.0 5.0 0 0 0 100.0 105.0Z"
    );
    let radius = |text: &str| {
        let path = ink(text).outline();
        let at = path.find('A').expect("a round end") + 1;
        let end = path[at..].find(' ').expect("a radius") + at;
        path[at..end].parse::<f64>().expect("a number")
    };
    let slow = radius("0,100 5,100 10,100 15,100 20,100");
    let fast = radius("0,100 80,100 160,100 240,100 320,100");
    assert!(slow > 4.0 && fast < 3.0, "{slow} {fast}");
}

fn drawings() -> impl Strategy<Value = Ink> {
    let point = (0..=PAD.0, 0..=PAD.1).prop_map(|(x, y)| InkPoint { x, y });
    let stroke = proptest::collection::vec(point, 1..30);
    proptest::collection::vec(stroke, 0..6).prop_map(|strokes| Ink { strokes })
}

proptest! {
    #[test]
    fn every_drawing_survives_its_text_and_can_be_drawn(drawn in drawings()) {
        prop_assert_eq!(Ink::parse(&drawn.to_string()), Ok(drawn.clone()));
        let path = drawn.outline();
        prop_assert!(!path.contains("NaN") && !path.contains("inf"), "{path}");
        prop_assert_eq!(path.matches('Z').count(), drawn.strokes.len());
    }

    #[test]
    fn no_text_is_too_strange(text in "[0-9,; x-]{0,40}|\\PC*") {
        if let Ok(read) = Ink::parse(&text) {
            prop_assert_eq!(read.to_string(), text);
        }
    }
}
