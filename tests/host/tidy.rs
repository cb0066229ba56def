//! House rules as tests. Each says in one sentence what is wrong and where.

use std::fs;
use std::path::{Path, PathBuf};

/// Most lines of a file, unless it says `// long because …`.
const MOST_LINES: usize = 500;
const BROWSER_NAMES: [&str; 3] = ["web_sys", "js_sys", "wasm_bindgen"];
/// Who may name them: `browser`, and the workers, which have no `browser`.
const BROWSER_FOLDERS: [&str; 4] = [
    "src/browser/",
    "src/bin/pendapa-kdf/",
    "src/bin/pendapa-carrier/",
    "src/bin/pendapa-scan/",
];

struct Source {
    /// From the top of the project, with `/`.
    path: String,
    text: String,
}

impl Source {
    /// The lines of code with their numbers, without comments.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
            .map(|(at, line)| (at + 1, line))
    }

    fn is_in(&self, folder: &str) -> bool {
        self.path.starts_with(folder)
    }

    /// Whether only tests see this file: its name says so, or it is the domain's
    /// made-up people, whom the real rules price.
    fn is_test(&self) -> bool {
        self.path.ends_with("_tests.rs")
            || self.path.contains("/tests/")
            || self.path.ends_with("/tests.rs")
            || self.path == "src/domain/samples.rs"
    }

    /// Where a word stands on its own, as `file:line`.
    fn places<'a>(&'a self, word: &'a str) -> impl Iterator<Item = String> + 'a {
        self.code()
            .filter(move |(_, line)| has_word(line, word))
            .map(move |(number, _)| format!("{}:{number}: {word}", self.path))
    }
}

fn has_word(line: &str, word: &str) -> bool {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    line.match_indices(word).any(|(at, _)| {
        !line[..at].ends_with(is_part) && !line[at + word.len()..].starts_with(is_part)
    })
}

fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .flat_map(|path| {
            if path.is_dir() {
                files_below(&path)
            } else {
                vec![path]
            }
        })
        .collect();
    files.sort();
    files
}

fn below(folder: &str, endings: &[&str]) -> Vec<Source> {
    files_below(&project().join(folder))
        .into_iter()
        .filter(|path| {
            let ending = path.extension().and_then(|ending| ending.to_str());
            ending.is_some_and(|ending| endings.contains(&ending))
        })
        .map(|path| Source {
            text: fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path:?}: {error}")),
            path: path
                .strip_prefix(project())
                .expect("below the project")
                .to_string_lossy()
                .replace('\\', "/"),
        })
        .collect()
}

fn sources() -> Vec<Source> {
    below("src", &["rs"])
}

#[track_caller]
fn assert_none(rule: &str, found: impl IntoIterator<Item = String>) {
    let found: Vec<String> = found.into_iter().collect();
    assert!(found.is_empty(), "{rule}:\n  {}", found.join("\n  "));
}

#[test]
fn each_layer_knows_only_those_below_it() {
    const ABOVE: [(&str, &[&str]); 8] = [
        (
            "src/domain/",
            &[
                "serde",
                "serde_json",
                "crate::format",
                "crate::vault",
                "crate::store",
                "crate::operations",
            ],
        ),
        (
            "src/format/",
            &["crate::vault", "crate::store", "crate::operations"],
        ),
        ("src/vault/", &["crate::store", "crate::operations"]),
        ("src/desk/", &["crate::store", "crate::operations"]),
        ("src/store/", &["crate::operations", "crate::ui"]),
        ("src/operations/", &["crate::browser", "crate::ui"]),
        ("src/browser/", &["crate::ui"]),
        (
            "src/ui/parts/",
            &[
                "ui::state",
                "super::state",
                "crate::store",
                "crate::operations",
            ],
        ),
    ];
    let sources = sources();
    let used = ABOVE.iter().flat_map(|(folder, layers)| {
        sources
            .iter()
            .filter(|source| source.is_in(folder) && !source.is_test())
            .flat_map(|source| layers.iter().flat_map(|layer| source.places(layer)))
            .collect::<Vec<_>>()
    });
    assert_none("a layer uses one above it", used);
}

#[test]
fn only_browser_names_the_browsers_interfaces() {
    let sources = sources();
    let named = sources
        .iter()
        .filter(|source| !BROWSER_FOLDERS.iter().any(|folder| source.is_in(folder)))
        .flat_map(|source| {
            source.code().flat_map(move |(number, line)| {
                // What Leptos passes on is a type of Leptos.
                let line = line
                    .replace("leptos::web_sys", "")
                    .replace("leptos::wasm_bindgen", "");
                BROWSER_NAMES
                    .into_iter()
                    .filter(|name| has_word(&line, name))
                    .map(|name| format!("{}:{number}: {name}", source.path))
                    .collect::<Vec<_>>()
            })
        })
        .collect::<Vec<_>>();
    assert_none(
        "only src/browser and the workers may name the browser's interfaces",
        named,
    );
}

#[test]
fn only_format_derives_serialisation() {
    let sources = sources();
    let derived = sources
        .iter()
        .filter(|source| !source.is_in("src/format/"))
        .flat_map(|source| {
            source
                .places("Serialize")
                .chain(source.places("Deserialize"))
                .collect::<Vec<_>>()
        });
    assert_none(
        "a derive is a promise to old data, and src/format makes those",
        derived,
    );
}

#[test]
fn the_clock_and_chance_are_asked_where_a_deed_starts() {
    let sources = sources();
    let asked = sources
        .iter()
        .filter(|source| {
            !["src/browser/", "src/ui/", "src/bin/"]
                .iter()
                .any(|folder| source.is_in(folder))
        })
        .flat_map(|source| {
            source
                .code()
                .filter(|(_, line)| line.contains("clock::now") || line.contains("random::"))
                .map(|(number, _)| format!("{}:{number}", source.path))
                .collect::<Vec<_>>()
        });
    assert_none("time and chance are arguments", asked);
}

#[test]
fn every_source_file_says_what_it_is_for() {
    let silent = sources()
        .into_iter()
        .chain(below("tests/host", &["rs"]))
        .chain(below("tests/browser", &["rs"]))
        // `nik_tests.rs` needs no sentence beside `nik.rs`.
        .filter(|source| !source.path.ends_with("_tests.rs"))
        .filter(|source| !source.text.starts_with("//! "))
        .map(|source| source.path);
    assert_none("a file begins with `//!` and a sentence", silent);
}

#[test]
fn no_file_is_too_long() {
    let long = ["src", "style", "public", "tools"]
        .into_iter()
        .flat_map(|folder| below(folder, &["rs", "css", "js", "mjs", "ts", "html"]))
        .chain(below("tests", &["rs", "js", "mjs", "ts"]))
        .filter(|source| source.text.lines().count() > MOST_LINES)
        .filter(|source| !source.text.contains("long because"))
        .map(|source| format!("{}: {} lines", source.path, source.text.lines().count()));
    assert_none("a file of more than 500 lines says `// long because`", long);
}

#[test]
fn every_fixture_is_used() {
    let readers: String = ["src", "tests", "tools"]
        .into_iter()
        .flat_map(|folder| below(folder, &["rs", "ts", "mjs", "js"]))
        .map(|source| source.text)
        .collect();
    let unused = files_below(&project().join("tests/fixtures"))
        .into_iter()
        .filter(|path| {
            let name = path.file_name().expect("a name").to_string_lossy();
            let stem = path.file_stem().expect("a name").to_string_lossy();
            // The invalid batches are listed by the name of their fault.
            !readers.contains(&format!("{name}\"")) && !readers.contains(&format!("\"{stem}\""))
        })
        .map(|path| path.display().to_string());
    assert_none("a fixture that no test reads proves nothing", unused);
}

#[test]
fn the_database_and_the_rescue_page_agree_on_names() {
    let rescue = fs::read_to_string(project().join("public/rescue.js")).expect("the rescue page");
    let stores = pendapa::store::schema::StoreName::ALL;
    assert!(stores.iter().any(|store| store.name() == "batches"));
    for name in ["\"pendapa\"", "\"batches\"", "file_name"] {
        assert!(
            rescue.contains(name),
            "public/rescue.js does not name {name}"
        );
    }
}

#[test]
fn files_and_app_have_the_versions_that_the_documents_name() {
    assert_eq!(pendapa::format::batch_file::BATCH_VERSION, 1);
    assert_eq!(pendapa::format::registration_record::RECORD_VERSION, 1);
    assert_eq!(pendapa::store::migrations::SCHEMA_VERSION, 5);
    assert_eq!(pendapa::format::receipt_file::RECEIPT_VERSION, 1);
    for (format, version) in [
        (
            pendapa::format::batch_file::BATCH_FORMAT,
            pendapa::format::batch_file::BATCH_VERSION,
        ),
        (
            pendapa::format::receipt_file::RECEIPT_FORMAT,
            pendapa::format::receipt_file::RECEIPT_VERSION,
        ),
    ] {
        let schema = project().join(format!("public/schema/{format}-{version}.schema.json"));
        assert!(schema.exists(), "{schema:?} is published");
    }
}
