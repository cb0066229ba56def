//! The office's command line as the office runs it: keys, sealed batches, checks.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use pendapa::domain::{Payer, iso, parse_iso};
use pendapa::format::batch_file::read_batch;
use pendapa::format::digest::{fingerprint, sha256};
use pendapa::format::event_pack::read_pack;
use pendapa::format::office_record::OfficePublic;
use pendapa::vault::carry::{open_pack, seal_to};

const PASSPHRASE: &str = "mangga jangkar pendapa kali";
/// Three revisions, the second batch of its tablet.
pub const PLAIN: &str = "batches/v1_plain.pendapa.json";
pub const SIGNED: &str = "batches/v1_signed.pendapa.json";
/// People of the fixture: none of them may be printed.
const PEOPLE: [&str; 4] = ["Ngatiyem", "Nur'aini", "357405", "Sumiati"];

/// A folder of one test, deleted when the test is over.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(test: &str) -> Self {
        let folder =
            std::env::temp_dir().join(format!("pendapa-desk-{}-{test}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("passphrase"), format!("{PASSPHRASE}\n")).expect("a passphrase");
        Folder(folder)
    }

    pub fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }

    /// Runs `pendapa-desk` with words and paths below this folder.
    pub fn desk(&self, arguments: &[&str]) -> Output {
        let output = Command::new(env!("CARGO_BIN_EXE_pendapa-desk"))
            .args(arguments)
            .current_dir(&self.0)
            .output()
            .expect("the command");
        let printed = text(&output);
        for person in PEOPLE {
            assert!(
                !printed.contains(person),
                "{person} was printed:\n{printed}"
            );
        }
        output
    }

    /// Makes keys in `office`. Returns the public halves.
    pub fn keys(&self) -> OfficePublic {
        let made = self.desk(&["keys", "office", "--passphrase-file", "passphrase"]);
        assert!(made.status.success(), "{}", text(&made));
        let public = fs::read(self.0.join("office/office.public.json")).expect("public keys");
        OfficePublic::read(&public).expect("public keys")
    }

    /// A file in this folder, named as a tablet names batches.
    pub fn batch(&self, bytes: &[u8], ending: &str) -> String {
        let name = format!(
            "pendapa-KDP1-A-2-{}.pendapa.json{ending}",
            sha256(bytes).short()
        );
        fs::write(self.0.join(&name), bytes).expect("a batch");
        name
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub fn text(output: &Output) -> String {
    let both = [&output.stdout[..], &output.stderr[..]].concat();
    String::from_utf8(both).expect("text")
}

pub fn fixture(path: &str) -> Vec<u8> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(path);
    fs::read(&file).unwrap_or_else(|error| panic!("{path}: {error}"))
}

pub const WITH_KEYS: [&str; 4] = [
    "--keys",
    "office/office.keys.age",
    "--passphrase-file",
    "passphrase",
];

#[test]
fn keys_are_made_once_and_never_written_over() {
    let folder = Folder::new("once");
    let public = folder.keys();
    assert!(public.recipient.starts_with("age1"));
    assert!(public.receipt_key.starts_with("ed25519:"));
    let closed = fs::read(folder.path("office/office.keys.age")).expect("private keys");
    assert!(!String::from_utf8_lossy(&closed).contains("AGE-SECRET-KEY"));
    let again = folder.desk(&["keys", "office", "--passphrase-file", "passphrase"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(text(&again).contains("never written over"));
    assert_eq!(
        fs::read(folder.path("office/office.keys.age")).expect("keys"),
        closed
    );
}

#[test]
fn a_short_passphrase_makes_no_keys() {
    let folder = Folder::new("short");
    fs::write(folder.path("passphrase"), "rahasia").expect("a passphrase");
    let refused = folder.desk(&["keys", "office", "--passphrase-file", "passphrase"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused).contains("at least 12"));
    assert!(!Path::new(&folder.path("office")).exists());
}

#[test]
fn a_batch_sealed_to_the_office_is_checked_and_opened_byte_for_byte() {
    let folder = Folder::new("sealed");
    let recipient = folder.keys().recipient;
    let plain = fixture(SIGNED);
    let sealed = seal_to(&[&recipient], &plain).expect("sealed");
    let name = folder.batch(&sealed, ".age");

    let without_keys = folder.desk(&["verify", &name]);
    assert_eq!(without_keys.status.code(), Some(1));
    assert!(
        text(&without_keys).contains("REFUSED"),
        "{}",
        text(&without_keys)
    );

    let verified = text(&folder.desk(&[&["verify", &name][..], &WITH_KEYS].concat()));
    assert!(
        verified.contains("KDP1-A batch 2, 3 revisions, sealed, signed by ed25519:"),
        "{verified}"
    );

    let opened = folder.desk(&[&["open", &name][..], &WITH_KEYS].concat());
    assert!(opened.status.success(), "{}", text(&opened));
    // Named by its own bytes, or the next command would take it for altered.
    let out = format!("pendapa-KDP1-A-2-{}.pendapa.json", sha256(&plain).short());
    assert_eq!(fs::read(folder.path(&out)).expect("opened"), plain);
    let verified = text(&folder.desk(&["verify", &out]));
    assert!(
        verified.contains("1 batches with 3 revisions, 0 refused"),
        "{verified}"
    );
    // What is there already is not written over.
    let again = folder.desk(&[&["open", &name][..], &WITH_KEYS].concat());
    assert_eq!(again.status.code(), Some(2));

    fs::write(folder.path("passphrase"), "mangga jangkar pendapa kalo").expect("a passphrase");
    let wrong = folder.desk(&[&["verify", &name][..], &WITH_KEYS].concat());
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong).contains("the passphrase does not open the keys"));
}

#[test]
fn blanks_around_and_between_the_words_of_a_passphrase_are_nothing() {
    let folder = Folder::new("blanks");
    fs::write(
        folder.path("passphrase"),
        "  mangga  jangkar pendapa\tkali \n",
    )
    .expect("a passphrase");
    let recipient = folder.keys().recipient;
    let name = folder.batch(
        &seal_to(&[&recipient], &fixture(SIGNED)).expect("sealed"),
        ".age",
    );
    let said = text(&folder.desk(&[&["verify", &name][..], &WITH_KEYS].concat()));
    assert!(said.contains("3 revisions, sealed"), "{said}");
}

#[test]
fn a_batch_that_was_altered_cut_or_renamed_is_refused_and_the_others_are_checked() {
    let folder = Folder::new("altered");
    let plain = fixture(PLAIN);
    let whole = folder.batch(&plain, "");
    let mut altered = String::from_utf8(fixture(SIGNED)).expect("JSON");
    altered = altered.replace("\"workers\":1", "\"workers\":2");
    let altered = folder.batch(altered.as_bytes(), "");
    let cut = folder.batch(&plain[..plain.len() - 9], "");
    let renamed = "pendapa-KDP1-A-3-01234567.pendapa.json";
    fs::write(folder.path(renamed), &plain).expect("a batch");

    let output = folder.desk(&["verify", "."]);
    assert_eq!(output.status.code(), Some(1));
    let printed = text(&output);
    let line = |name: &str| {
        let found = printed.lines().find(|line| line.contains(name));
        found
            .unwrap_or_else(|| panic!("{name} is not in\n{printed}"))
            .to_owned()
    };
    assert!(line(&whole).starts_with("ok"), "{printed}");
    assert!(
        line(&altered).contains("signature does not fit"),
        "{printed}"
    );
    assert!(line(&cut).starts_with("REFUSED"), "{printed}");
    assert!(
        line(renamed).contains("belongs to other bytes"),
        "{printed}"
    );
    assert!(
        printed.contains("KDP1-A: batch 1 did not arrive"),
        "{printed}"
    );
    assert!(
        printed
            .ends_with("1 batches with 3 revisions, 3 refused, 1 faults in chains, 0 in records\n"),
        "{printed}"
    );
}

#[test]
fn a_batch_that_nobody_signed_and_a_revision_that_follows_another_one_are_told() {
    let folder = Folder::new("records");
    let signed = folder.batch(&fixture(SIGNED), "");
    let plain = String::from_utf8(fixture(PLAIN)).expect("JSON");
    // Another first revision, which the second one does not name.
    let other = plain.replacen("\"workers\":1", "\"workers\":2", 1);
    assert_ne!(other, plain);
    let other = folder.batch(other.as_bytes(), "");
    let output = folder.desk(&["verify", &signed, &other]);
    let printed = text(&output);
    assert_eq!(output.status.code(), Some(1));
    for told in [
        "UNSIGNED KDP1-A batch 2: nobody signed it",
        "CHAIN    KDP1-A: nobody signed batch 2, though this tablet signs",
        "RECORDS  KDP1-A-001-G: revision 1 has 2 different contents",
        " 3 faults in chains, 1 in records\n",
    ] {
        assert!(printed.contains(told), "{told} is not in\n{printed}");
    }
    let alone = folder.desk(&["verify", &other]);
    assert_eq!(alone.status.code(), Some(1));
    let follows = "RECORDS  KDP1-A-001-G: revision 2 follows another one than the 1 that is here";
    assert!(text(&alone).contains(follows), "{}", text(&alone));
}

#[test]
fn second_downloads_are_checked_as_well_and_what_is_left_aside_is_counted() {
    let folder = Folder::new("second");
    let plain = fixture(PLAIN);
    let name = folder.batch(&plain, "");
    let other = folder.batch(&fixture(SIGNED), "");
    let second = other.replace(".pendapa.json", ".pendapa (1).json");
    fs::rename(folder.path(&other), folder.path(&second)).expect("renamed");
    let altered = name.replace(".pendapa.json", ".2.pendapa.json");
    fs::write(folder.path(&altered), &plain[..plain.len() - 1]).expect("a batch");
    fs::write(folder.path("catatan.txt"), "besok").expect("another file");

    let printed = text(&folder.desk(&["verify", "."]));
    let starts = |start: &str, name: &str| {
        let mut lines = printed.lines();
        lines.any(|line| line.starts_with(start) && line.contains(name))
    };
    assert!(starts("ok", &name) && starts("ok", &second), "{printed}");
    assert!(starts("REFUSED", &altered), "{printed}");
    assert!(printed.contains("belongs to other bytes"), "{printed}");
    // The passphrase of this folder is the other one.
    assert!(starts("aside", "2 other files"), "{printed}");
}

#[test]
fn a_folder_without_batches_and_a_file_that_is_not_there_are_told() {
    let folder = Folder::new("empty");
    let empty = folder.desk(&["verify", "."]);
    assert_eq!(empty.status.code(), Some(2));
    assert!(text(&empty).contains("no batches there"));
    let gone = folder.desk(&["verify", "gone.pendapa.json"]);
    assert_eq!(gone.status.code(), Some(1));
    assert!(text(&gone).contains("cannot be read"));
}

const DESCRIPTION: &str = r#"{
  "name": "Pendaftaran pelaku usaha", "venue": "Pendapa Kecamatan Kanigaran", "date": "2026-12-02",
  "payer": "public_budget", "officers": ["Budi Santoso", "Rini"], "upload": { "address": "upload/" }
}"#;
const PACK: [&str; 6] = [
    "pack",
    "event.json",
    "--office",
    "office/office.public.json",
    "--passphrase-file",
    "passphrase",
];

#[test]
fn a_pack_carries_what_the_office_wrote_down_and_who_was_there_before() {
    let folder = Folder::new("pack");
    let office = folder.keys();
    fs::write(folder.path("event.json"), DESCRIPTION).expect("a description");
    fs::create_dir(folder.path("earlier")).expect("a folder");
    let plain = fixture(PLAIN);
    let name = folder.batch(&plain, "");
    fs::rename(folder.path(&name), folder.path(&format!("earlier/{name}"))).expect("moved");
    let made = folder.desk(
        &[
            &PACK[..],
            &["--earlier", "earlier", "--out", "kanigaran.age"],
        ]
        .concat(),
    );
    assert!(made.status.success(), "{}", text(&made));
    // One of the two people was voided.
    assert!(
        text(&made).contains(
            "2 officers, 0 people expected, 1 people of earlier events, good until 2027-01-01"
        ),
        "{}",
        text(&made)
    );

    let closed = fs::read(folder.path("kanigaran.age")).expect("a pack");
    let opened = open_pack(PASSPHRASE, &closed).expect("opened");
    let pack = read_pack(&opened, parse_iso("2026-12-02").expect("a date")).expect("a pack");
    assert_eq!(pack.event.venue, "Pendapa Kecamatan Kanigaran");
    assert_eq!(pack.event.payer, Payer::PublicBudget);
    assert_eq!(
        pack.office.map(|office| office.recipient),
        Some(office.recipient)
    );
    let batch = read_batch(&plain).expect("a batch");
    let there: Vec<_> = batch
        .registrations
        .iter()
        .map(|one| fingerprint(&pack.fingerprint_key, &one.details.person.nik))
        .collect();
    let [earlier] = &pack.earlier[..] else {
        panic!("{} earlier events", pack.earlier.len());
    };
    assert!(there.contains(&earlier.fingerprints[0]));
    assert_eq!(earlier.event.venue, batch.manifest.event.venue);
    assert_eq!(
        earlier.event.date.map(iso).as_ref(),
        Some(&batch.manifest.event.date)
    );

    let again = folder.desk(&[&PACK[..], &["--out", "kanigaran.age"]].concat());
    assert_eq!(again.status.code(), Some(2));
    assert_eq!(
        fs::read(folder.path("kanigaran.age")).expect("a pack"),
        closed
    );
}

#[test]
fn a_pack_of_the_same_event_keeps_its_id_and_key_and_brings_another_token() {
    let folder = Folder::new("again");
    folder.keys();
    let make = |description: &str, more: &[&str]| {
        fs::write(folder.path("event.json"), description).expect("a description");
        folder.desk(&[&PACK[..], more].concat())
    };
    let opened = |name: &str| {
        let closed = fs::read(folder.path(name)).expect("a pack");
        let plain = open_pack(PASSPHRASE, &closed).expect("opened");
        read_pack(&plain, parse_iso("2026-12-02").expect("a date")).expect("a pack")
    };
    assert!(make(DESCRIPTION, &["--out", "first.age"]).status.success());
    let newer = DESCRIPTION.replace("\"upload/\"", "\"unggah/\"");
    let again = ["--again", "first.age", "--out", "second.age"];
    let made = make(&newer, &again);
    assert!(made.status.success(), "{}", text(&made));
    let (first, second) = (opened("first.age"), opened("second.age"));
    assert_eq!(first.event, second.event);
    assert!(first.fingerprint_key == second.fingerprint_key);
    assert_ne!(first.upload, second.upload);

    let again = ["--again", "first.age", "--out", "third.age"];
    for (right, wrong, told) in [
        ("2026-12-02", "2026-12-03", "the date"),
        ("Kanigaran", "Wonoasih", "the code"),
    ] {
        let refused = make(&DESCRIPTION.replace(right, wrong), &again);
        assert_eq!(refused.status.code(), Some(2), "{wrong}");
        assert!(text(&refused).contains(told), "{}", text(&refused));
    }
    assert!(!Path::new(&folder.path("third.age")).exists());
}

#[test]
fn a_pack_takes_who_is_expected_from_a_spreadsheet_and_names_faults_by_line_and_column() {
    let folder = Folder::new("expected");
    folder.keys();
    fs::write(folder.path("event.json"), DESCRIPTION).expect("a description");
    let good = "NIK;NAMA;TTL;KODE UNDANGAN\r\n\
                '3574055205849001;Ngatiyem;Probolinggo, 12-05-1984;A-1\r\n";
    let make = |list: &str, more: &[&str]| {
        fs::write(folder.path("list.csv"), list).expect("a list");
        folder.desk(&[&PACK[..], &["--expected", "list.csv"], more].concat())
    };
    let opened = |name: &str| {
        let closed = fs::read(folder.path(name)).expect("a pack");
        let plain = open_pack(PASSPHRASE, &closed).expect("opened");
        read_pack(&plain, parse_iso("2026-12-02").expect("a date")).expect("a pack")
    };
    let made = make(good, &["--out", "good.age"]);
    assert!(made.status.success(), "{}", text(&made));
    assert!(text(&made).contains("1 people expected"), "{}", text(&made));
    let people = opened("good.age").expected;
    assert_eq!(people[0].0["birth_date"], "12-05-1984");
    assert_eq!(people[0].invitation(), Some("A-1"));

    let faulty = format!("{good}3.57406E+15;Sumiati;Probolinggo, 31-02-1984;A-2\r\n;;;A-3\r\n");
    let refused = make(&faulty, &["--out", "faulty.age"]);
    assert_eq!(refused.status.code(), Some(2));
    for told in [
        "line 3, column 1 (nik): a number that a spreadsheet shortened",
        "line 3, column 3 (birth_place_and_date): not readable: birth_date",
        "line 4, column 2 (name): no name",
        "list.csv: 3 faults",
    ] {
        assert!(text(&refused).contains(told), "{told}: {}", text(&refused));
    }
    assert!(!Path::new(&folder.path("faulty.age")).exists());

    let made = make(&faulty, &["--leave-out-faults", "--out", "faulty.age"]);
    assert!(made.status.success(), "{}", text(&made));
    assert_eq!(opened("faulty.age").expected.len(), 2);

    for (list, told) in [
        ("PK\u{3}\u{4}", "a workbook"),
        ("NIK;NIB\n1;2\n", "no column of names"),
    ] {
        let refused = make(list, &["--out", "none.age"]);
        assert_eq!(refused.status.code(), Some(2));
        assert!(text(&refused).contains(told), "{}", text(&refused));
    }
}

#[test]
fn a_description_with_a_mistake_makes_no_pack_and_says_where_it_is() {
    let folder = Folder::new("mistakes");
    folder.keys();
    for (right, wrong, told) in [
        ("2026-12-02", "2026-02-30", "date"),
        ("\"venue\"", "\"tempat\"", "tempat"),
        ("public_budget", "nobody", "payer"),
        ("\"upload/\"", "\"http://kantor.example/\"", "upload"),
        ("\"Rini\"", "\"R1n1\"", "officers"),
        ("Pendaftaran pelaku usaha", " ", "name"),
    ] {
        fs::write(folder.path("event.json"), DESCRIPTION.replace(right, wrong))
            .expect("a description");
        let refused = folder.desk(&[&PACK[..], &["--out", "none.age"]].concat());
        assert_eq!(refused.status.code(), Some(2), "{wrong}");
        assert!(text(&refused).contains(told), "{wrong}: {}", text(&refused));
        assert!(!Path::new(&folder.path("none.age")).exists());
    }
}
