//! The office's answers and its second custodian, by the command line as the office
//! runs it.

use std::fs;
use std::path::Path;

use pendapa::domain::{Receipt, RecordResult};
use pendapa::format::batch_file::read_batch;
use pendapa::format::digest::{hex, sha256};
use pendapa::format::frames::parse_text;
use pendapa::format::receipt_file::read_receipt;
use pendapa::vault::carry::seal_to;
use pendapa::vault::sign::{Signed, check_signature};

use crate::desk::{Folder, PLAIN, SIGNED, WITH_KEYS, fixture, text};

/// Who has two revisions in the fixture.
const NUMBER: &str = "KDP1-A-001-G";

/// An office with a sealed batch: the batch's name, that of its receipt without an
/// ending, and the key by which receipts are signed.
fn office(folder: &Folder) -> (String, String, String) {
    let public = folder.keys();
    let sealed = seal_to(&[&public.recipient], &fixture(SIGNED)).expect("sealed");
    let receipt = hex(&sha256(&sealed).0);
    (folder.batch(&sealed, ".age"), receipt, public.receipt_key)
}

/// Runs `pendapa-desk receipt`. Returns how it ended and what it said.
fn receipt(folder: &Folder, batch: &str, more: &[&str]) -> (Option<i32>, String) {
    let first = ["receipt", batch, "--out", "receipts"];
    let output = folder.desk(&[&first[..], &WITH_KEYS, more].concat());
    (output.status.code(), text(&output))
}

/// A receipt that the office signed.
fn believed(bytes: &[u8], key: &str) -> Receipt {
    let signed = check_signature(bytes, Some(key)).expect("signed");
    assert!(matches!(signed, Signed::By(by) if by.to_string() == key));
    read_receipt(bytes).expect("a receipt")
}

fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|entry| {
            let name = entry.expect("a file").file_name();
            name.to_string_lossy().into_owned()
        })
        .collect();
    names.sort();
    names
}

#[test]
fn a_sealed_batch_is_answered_once_and_anew_where_the_answers_change() {
    let folder = Folder::new("receipt");
    let (batch, name, key) = office(&folder);
    let file = folder.0.join(format!("receipts/{name}.json"));

    let (code, said) = receipt(&folder, &batch, &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("written  KDP1-A batch 2: 3 revisions, 0 of them not simply accepted"),
        "{said}"
    );
    let first = fs::read(&file).expect("a receipt");
    let read = believed(&first, &key);
    let held = read_batch(&fixture(SIGNED)).expect("a batch");
    assert_eq!(read.batch.to_string(), held.manifest.id);
    assert_eq!(hex(&read.file_hash.0), name);
    assert!(!read.others_accepted);
    for one in &held.registrations {
        let answer = read.answer(one.id, one.revision);
        assert_eq!(answer, Some((RecordResult::Accepted, None)));
    }

    let (_, said) = receipt(&folder, &batch, &[]);
    assert!(said.contains("known    KDP1-A batch 2"), "{said}");
    assert_eq!(fs::read(&file).expect("a receipt"), first);

    // Somebody wishes the codes later.
    let (_, said) = receipt(&folder, &batch, &["--qr"]);
    assert!(said.contains("known    KDP1-A batch 2"), "{said}");
    let there = files(&folder.0.join("receipts"));
    assert!(there.contains(&format!("{name}.txt")), "{there:?}");
    assert!(there.contains(&format!("{name}-1.svg")), "{there:?}");
    assert_eq!(fs::read(&file).expect("a receipt"), first);

    let answers = format!(
        r#"[{{"registration":"{NUMBER}","result":"rejected","reason":"foto tidak terbaca"}}]"#
    );
    fs::write(folder.path("answers.json"), answers).expect("answers");
    let (code, said) = receipt(&folder, &batch, &["--answers", "answers.json"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("written  KDP1-A batch 2: 3 revisions, 2 of them not simply accepted"),
        "{said}"
    );
    let read = believed(&fs::read(&file).expect("a receipt"), &key);
    let rejected = |one: &&pendapa::domain::Registration| one.number.to_string() == NUMBER;
    for one in &held.registrations {
        let expected = match rejected(&one) {
            true => (RecordResult::Rejected, Some("foto tidak terbaca")),
            false => (RecordResult::Accepted, None),
        };
        assert_eq!(read.answer(one.id, one.revision), Some(expected));
    }
    // The codes said that it was accepted.
    assert_eq!(files(&folder.0.join("receipts")), [format!("{name}.json")]);
    // Nobody is accepted because the list was left out the next time.
    let rejecting = fs::read(&file).expect("a receipt");
    let (_, said) = receipt(&folder, &batch, &[]);
    assert!(said.contains("known    KDP1-A batch 2"), "{said}");
    assert_eq!(fs::read(&file).expect("a receipt"), rejecting);

    let (_, said) = receipt(&folder, &batch, &["--answers", "answers.json", "--qr"]);
    assert!(said.contains("known    KDP1-A batch 2"), "{said}");
    let pasted = fs::read_to_string(folder.path(&format!("receipts/{name}.txt")));
    let short = parse_text(&pasted.expect("a text")).expect("frames");
    let read = believed(&short, &key);
    assert!(read.others_accepted);
    assert_eq!(read.answers.len(), 2);
    for one in held.registrations.iter().filter(rejected) {
        let (result, _) = read.answer(one.id, one.revision).expect("an answer");
        assert_eq!(result, RecordResult::Rejected);
    }
    let drawings = files(&folder.0.join("receipts"));
    let drawings = drawings.iter().filter(|file| file.ends_with(".svg"));
    assert!(drawings.clone().count() > 0);
    for file in drawings {
        let drawing = fs::read_to_string(folder.path(&format!("receipts/{file}")));
        let drawing = drawing.expect("a drawing");
        assert!(drawing.starts_with("<svg ") && drawing.ends_with("</svg>\n"));
    }
}

#[test]
fn an_answer_about_nobody_is_refused_and_a_plain_batch_gets_no_receipt() {
    let folder = Folder::new("nobody");
    let (batch, _, _) = office(&folder);
    for (answers, told) in [
        (
            r#"[{"registration":"KDP1-A-099-X","result":"accepted"}]"#,
            "KDP1-A-099-X is in none of these batches. Nothing was written",
        ),
        (
            r#"[{"registration":"KDP1-A-001-G","result":"rejected"}]"#,
            "rejected needs a reason. Nothing was written",
        ),
    ] {
        fs::write(folder.path("answers.json"), answers).expect("answers");
        let (code, said) = receipt(&folder, &batch, &["--answers", "answers.json"]);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains(told), "{said}");
        assert!(!Path::new(&folder.path("receipts")).exists());
    }
    let plain = folder.batch(&fixture(PLAIN), "");
    let (code, said) = receipt(&folder, &plain, &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("PLAIN    KDP1-A batch 2"), "{said}");
    assert!(
        said.ends_with("0 receipts in receipts, 1 plain without one, 0 files refused\n"),
        "{said}"
    );
    assert_eq!(files(&folder.0.join("receipts")), [""; 0]);
}

#[test]
fn a_second_custodian_opens_with_a_passphrase_of_their_own_and_no_other() {
    let folder = Folder::new("custodian");
    let (batch, _, _) = office(&folder);
    fs::write(folder.path("second"), "kerbau bambu telaga sore\n").expect("a passphrase");
    let custodian = [
        "custodian",
        "--out",
        "second.keys.age",
        "--new-passphrase-file",
        "second",
    ];
    let made = folder.desk(&[&custodian[..], &WITH_KEYS].concat());
    assert!(made.status.success(), "{}", text(&made));
    let closed = fs::read(folder.path("second.keys.age")).expect("keys");
    assert_ne!(
        closed,
        fs::read(folder.path("office/office.keys.age")).expect("keys")
    );

    let verify = |passphrase| {
        let with = ["--keys", "second.keys.age", "--passphrase-file", passphrase];
        folder.desk(&[&["verify", &batch][..], &with].concat())
    };
    let opened = text(&verify("second"));
    assert!(opened.contains("3 revisions, sealed"), "{opened}");
    let refused = verify("passphrase");
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused).contains("the passphrase does not open the keys"));

    // What is there already is not written over.
    let again = folder.desk(&[&custodian[..], &WITH_KEYS].concat());
    assert_eq!(again.status.code(), Some(2), "{}", text(&again));
    assert_eq!(
        fs::read(folder.path("second.keys.age")).expect("keys"),
        closed
    );
}
