use super::*;
use crate::format::vector_tests::{assert_bytes, vector};
use proptest::prelude::*;

/// Bytes that look like nothing, as sealed ones do.
fn sealed(length: usize) -> Vec<u8> {
    (0u64..)
        .flat_map(|block| sha256(&block.to_be_bytes()).0)
        .take(length)
        .collect()
}

fn frames_of(bytes: &[u8]) -> Vec<String> {
    split(bytes).expect("frames")
}

fn collected<'a>(frames: impl IntoIterator<Item = &'a String>) -> Option<Vec<u8>> {
    let mut collector = Frames::default();
    for frame in frames {
        collector.add(frame).expect("a frame");
    }
    collector.bytes()
}

/// A frame whose own hash fits, whatever it says.
fn signed(body: &str) -> String {
    format!("{body}:{}", short_hash::<CHECK_BYTES>(body.as_bytes()))
}

#[test]
fn base45_is_that_of_rfc_9285() {
    for (plain, text) in [
        ("AB", "BB8"),
        ("Hello!!", "%69 VD92EX0"),
        ("base-45", "UJCLQE7W581"),
        ("ietf!", "QED8WEX0"),
        ("", ""),
    ] {
        let mut written = String::new();
        write_base45(&mut written, plain.as_bytes());
        assert_eq!(written, text);
        assert_eq!(read_base45(text).as_deref(), Some(plain.as_bytes()));
    }
    assert_eq!(read_base45("FGW"), Some(vec![255, 255]));
    // 65536, three letters too large, a byte too large, one letter alone, no letters.
    for wrong in ["GGW", ":::", "V5", "U5A1", "AB8a", "ab8", "B_8", "BÄ"] {
        assert_eq!(read_base45(wrong), None, "{wrong}");
    }
    assert_eq!(read_base45("U5"), Some(vec![255]));
}

#[test]
fn version_1_frames_stay_readable_for_ever() {
    for (path, bytes, count) in [
        ("packs/v1_frames_short.txt", sealed(1), 1),
        ("packs/v1_frames.txt", sealed(1_201), 4),
        ("packs/v1_frames_most.txt", sealed(MOST_BYTES), 8),
    ] {
        let frames = || frames_of(&bytes).join("\n").into_bytes();
        let vector = vector(path, frames);
        let text = std::str::from_utf8(&vector).expect("text");
        let lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        assert_eq!(lines.len(), count);
        assert_eq!(collected(&lines).as_ref(), Some(&bytes));
        assert_eq!(parse_text(text).as_ref(), Ok(&bytes));
        assert_bytes(path, &frames(), &vector);
    }
}

#[test]
fn a_version_1_text_to_paste_stays_readable_for_ever() {
    let path = "packs/v1_paste.txt";
    let text = || paste(&frames_of(&sealed(1_201))).into_bytes();
    let vector = vector(path, text);
    let pasted = std::str::from_utf8(&vector).expect("text");
    assert!(!pasted.contains(' ') && pasted.contains('_'));
    assert_eq!(parse_text(pasted), Ok(sealed(1_201)));
    assert_bytes(path, &text(), &vector);
}

#[test]
fn as_much_as_a_pack_may_have_fits_and_no_more() {
    assert_eq!(MOST_BYTES, 4_592);
    let frames = frames_of(&sealed(MOST_BYTES));
    assert_eq!(frames.len(), MOST_FRAMES);
    assert!(frames.iter().all(|frame| frame.len() <= MOST_CHARACTERS));
    let bytes = MOST_BYTES + 1;
    assert_eq!(split(&sealed(bytes)), Err(FramesError::TooLarge { bytes }));
    assert_eq!(split(&[]), Err(FramesError::Empty));
}

#[test]
fn progress_counts_each_frame_once_and_names_what_is_missing() {
    let frames = frames_of(&sealed(1_100));
    let mut collector = Frames::default();
    assert_eq!(collector.progress(), Progress { have: 0, of: 0 });
    assert!(!collector.progress().is_complete());
    let second = collector.add(&frames[1]);
    assert_eq!(second, Ok(Progress { have: 1, of: 3 }));
    assert_eq!(collector.add(&frames[1]), second);
    assert_eq!((collector.missing(), collector.bytes()), (vec![1, 3], None));
    collector.add(&frames[0]).expect("a frame");
    let last = collector
        .add(&format!(" {}\n", frames[2]))
        .expect("a frame");
    assert!(last.is_complete());
    assert_eq!(collector.bytes(), Some(sealed(1_100)));
}

#[test]
fn a_frame_of_another_set_is_refused_until_asked_to_begin_anew() {
    let (ours, other) = (frames_of(&sealed(1_100)), frames_of(&sealed(1_101)));
    let mut collector = Frames::default();
    collector.add(&ours[0]).expect("a frame");
    let before = collector.clone();
    assert_eq!(collector.add(&other[1]), Err(FrameError::OtherSet));
    assert_eq!(collector, before);
    collector.begin_anew();
    assert_eq!(collector.add(&other[1]), Ok(Progress { have: 1, of: 3 }));
    // Another count under the same hash is another set as well.
    let recounted = signed(&format!("PENDAPA1:12:{}:BB8", collector.set));
    assert_eq!(collector.add(&recounted), Err(FrameError::OtherSet));
}

#[test]
fn frames_that_are_whole_and_do_not_belong_together_are_dropped() {
    let frames = frames_of(&sealed(700));
    let set = &frames[0][12..28];
    let forged = signed(&format!("PENDAPA1:22:{set}:BB8"));
    let mut collector = Frames::default();
    collector.add(&frames[0]).expect("a frame");
    assert_eq!(collector.add(&forged), Err(FrameError::Broken));
    assert_eq!(collector, Frames::default());
    // As soon as it is seen: the right frame came first.
    collector.add(&frames[1]).expect("a frame");
    assert_eq!(collector.add(&forged), Err(FrameError::Broken));
    assert_eq!(collector, Frames::default());
}

#[test]
fn what_is_no_frame_is_told_from_what_is_newer_and_what_is_damaged() {
    let refused = |text: &str| Frames::default().add(text).err();
    for none in [
        "",
        "https://example.com",
        "PENDAPA",
        "PENDAPA1",
        "PENDAPA0:",
        "pendapa1:11:",
    ] {
        assert_eq!(refused(none), Some(FrameError::NoFrame), "{none}");
    }
    assert_eq!(refused("PENDAPA2:anything"), Some(FrameError::Newer));
    let frame = &frames_of(&sealed(7))[0];
    for length in "PENDAPA1:".len()..frame.len() {
        let cut = refused(&frame[..length]);
        assert_eq!(cut, Some(FrameError::Altered), "{length}");
    }
    // Right by their own hash, and nonsense.
    let set = &frame[12..28];
    for body in [
        format!("PENDAPA1:01:{set}:BB8"),
        format!("PENDAPA1:10:{set}:BB8"),
        format!("PENDAPA1:21:{set}:BB8"),
        format!("PENDAPA1:19:{set}:BB8"),
        format!("PENDAPA1:11:{}:BB8", set.to_lowercase()),
        format!("PENDAPA1:11:{set}:"),
        format!("PENDAPA1:11:{set}:GGW"),
        format!("PENDAPA1:11:{set}:{}", "0".repeat(MOST_CHARACTERS)),
        format!("PENDAPA1:11:{set}É:BB8"),
    ] {
        assert_eq!(refused(&signed(&body)), Some(FrameError::Altered), "{body}");
    }
}

#[test]
fn a_text_holds_frames_with_anything_between_them() {
    let bytes = sealed(1_500);
    let frames = frames_of(&bytes);
    let pasted = paste(&frames);
    // Broken as a letter breaks it, every 76 characters.
    let broken: String = pasted
        .as_bytes()
        .chunks(76)
        .map(|line| format!("{}\r\n", String::from_utf8_lossy(line)))
        .collect();
    for text in [
        frames.join(" "),
        frames.join("\n"),
        frames.join("\r\n\r\n"),
        // A field of one line drops the breaks.
        frames.concat(),
        frames.join("\n").replace(' ', "\n"),
        format!("Paket kegiatan: ini\n{pasted}\nSalam: Budi\n"),
        format!(
            "Paket kegiatan: ini\n{}\nSalam: Budi\n",
            frames.join("\n\n")
        ),
        pasted.replace('\n', " "),
        broken,
    ] {
        assert_eq!(parse_text(&text), Ok(bytes.clone()), "{text}");
    }
    assert_eq!(parse_text("halo"), Err(FrameError::NoFrame.into()));
    let progress = Progress { have: 3, of: 4 };
    assert_eq!(
        parse_text(&frames[1..].join(" ")),
        Err(TextError::Missing(progress))
    );
    let altered = pasted.replacen(":2", ":3", 1);
    assert_eq!(parse_text(&altered), Err(FrameError::Altered.into()));
}

proptest! {
    #[test]
    fn what_goes_in_comes_out_in_any_order(
        bytes in proptest::collection::vec(any::<u8>(), 1..MOST_BYTES),
        order in Just((0..MOST_FRAMES).chain(0..MOST_FRAMES).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let frames = frames_of(&bytes);
        for frame in &frames {
            prop_assert!(frame.len() <= MOST_CHARACTERS);
            prop_assert!(frame.bytes().all(|letter| LETTERS.contains(&letter)));
        }
        let shuffled = order.iter().filter_map(|&at| frames.get(at));
        prop_assert_eq!(collected(shuffled), Some(bytes.clone()));
        prop_assert_eq!(parse_text(&paste(&frames)), Ok(bytes.clone()));
        prop_assert_eq!(parse_text(&frames.join(" ")), Ok(bytes));
    }

    #[test]
    fn any_character_that_changes_is_noticed(
        bytes in proptest::collection::vec(any::<u8>(), 1..2_000),
        frame in any::<proptest::sample::Index>(),
        at in any::<proptest::sample::Index>(),
        letter in 0..LETTERS.len(),
    ) {
        let frames = frames_of(&bytes);
        let frame = frame.get(&frames);
        let mut altered = frame.clone().into_bytes();
        let at = at.index(altered.len());
        altered[at] = LETTERS[letter];
        let altered = String::from_utf8(altered).expect("text");
        prop_assert_eq!(Frames::default().add(&altered).is_ok(), altered == *frame);
    }

    #[test]
    fn no_text_makes_it_stop(text in "(PENDAPA1:)?[0-9]{0,2}:?.{0,80}") {
        let _ = Frames::default().add(&text);
        let _ = parse_text(&text);
    }
}
