//! The sentences about who is expected: they come with the rest of the app. `{}` marks
//! the place of a value.

use super::declare::catalogue;
use super::{Language, fault, field_label, fill};
use crate::browser::camera::CameraError;
use crate::domain::{Fault, Field};
use crate::format::people_table::{GuessedBy, LineFault, Meaning, Problem, TableError};

catalogue! {
    /// What the page of the invited says, in one language.
    ExpectedWords {
    registered_of: "{} dari {} terdaftar", "{} of {} registered";
    search_hint: "Cari nama, NIK, usaha, HP, atau kode undangan", "Search name, NIK, business, phone or invitation code";
    search_short: "Nama, NIK, usaha, HP, kode", "Name, NIK, business, phone, code";
    find: "Cari di daftar undangan", "Look in the guest list";
    walk_in: "Daftarkan tanpa undangan", "Register without an invitation";
    scan: "Pindai undangan", "Scan an invitation";
    scan_hint: "Arahkan kamera ke kode QR di undangan.", "Point the camera at the QR code of the invitation.";
    scanned_unknown: "Kode ini tidak ada di daftar. Cari namanya, atau daftarkan tanpa undangan.", "This code is not in the list. Search the name, or register without an invitation.";
    not_yet: "Belum", "Not yet";
    draft: "Draf", "Draft";
    registered_as: "Terdaftar", "Registered";
    invitation: "Undangan {}", "Invitation {}";
    nik_ends: "NIK …{}", "NIK …{}";
    empty: "Belum ada daftar undangan", "There is no guest list yet";
    empty_hint: "Masukkan tabel dari kantor. Saat orangnya datang, cukup cari namanya: formulir sudah terisi.", "Add the office's spreadsheet. When somebody comes, search the name: the form is filled in.";
    none_found_hint: "Coba sebagian nama, empat angka terakhir NIK, atau kodenya.", "Try a part of the name, the last four digits of the NIK, or the code.";
    damaged: "Daftar undangan di tablet ini rusak", "The guest list on this tablet is damaged";
    damaged_hint: "Pendaftaran tidak terganggu. Masukkan lagi daftarnya.", "Registrations are not touched. Add the list again.";
    clear: "Kosongkan daftar", "Clear the list";
    cleared: "Daftar undangan dikosongkan.", "The guest list was cleared.";
    put_back: "Daftar undangan kembali seperti semula.", "The guest list is as it was before.";
    filled: "Diisi dari daftar undangan", "Filled in from the guest list";
    filled_hint: "Cocokkan tiap isian dengan KTP.", "Compare every field with the card.";
    filled_wrong: "Bukan orang ini", "Not this person";

    // Import
    import: "Tambah dari tabel", "Add from a spreadsheet";
    import_hint: "Daftar yang sudah ada tidak hilang: orang yang sama diperbarui, yang lain ditambahkan.", "The list that is here stays: the same person is updated, others are added.";
    file: "Pilih berkas CSV", "Choose a CSV file";
    file_hint: "Di Excel: Simpan Sebagai, lalu CSV. Berkasnya boleh juga ditarik ke halaman ini.", "In Excel: Save As, then CSV. The file can be dragged onto this page as well.";
    paste: "Atau tempel dari tabel", "Or paste from a spreadsheet";
    paste_hint: "Salin selnya beserta baris judul, lalu tempel di sini.", "Copy the cells with their titles, and paste them here.";
    paste_take: "Baca tabel ini", "Read this table";
    preview: "Periksa kolomnya", "Check the columns";
    preview_hint: "Beginilah tabelnya dibaca. Ubah bila ada kolom yang salah tebak.", "This is how the table is read. Change what was guessed wrong.";
    table: "Baris pertama dari tabel", "The first rows of the table";
    line: "Baris", "Line";
    column: "Kolom {}", "Column {}";
    column_means: "Arti kolom {}", "What column {} means";
    unused: "Tidak dipakai", "Not used";
    chosen: "dipilih", "chosen";
    no_names: "Belum ada kolom nama. Pilih kolom mana yang berisi nama.", "There is no column of names. Choose which column has the names.";
    ready: "{} orang terbaca", "People read: {}";
    left_out: "{} baris dilewati", "Lines left out: {}";
    unread: "{} isian tidak terbaca; orangnya tetap dimasukkan tanpa isian itu", "Values not read: {}; the people are added without them";
    all_read: "Semua baris terbaca.", "Every line was read.";
    more_faults: "dan {} lagi", "and {} more";
    left_out_line: "Baris {}, {}: {} Baris ini dilewati.", "Line {}, {}: {} This line is left out.";
    unread_line: "Baris {}, {}: {}", "Line {}, {}: {}";
    take: "Masukkan {} orang", "Add {} people";
    take_one: "Masukkan 1 orang", "Add 1 person";
    taken: "Ditambahkan {}, diperbarui {}, sudah ada {}.", "Added {}, updated {}, there already {}.";
}}

impl Language {
    /// The sentences about who is expected. Only the rest of the app may ask for them.
    pub fn expected_words(self) -> &'static ExpectedWords {
        match self {
            Language::Indonesian => &ExpectedWords::INDONESIAN,
            Language::English => &ExpectedWords::ENGLISH,
        }
    }
}

/// What a column means.
pub fn meaning(language: Language, meaning: Meaning) -> &'static str {
    match (meaning, meaning.field()) {
        (_, Some(field)) => field_label(language, field),
        (Meaning::BirthPlaceAndDate, _) => {
            language.pick("Tempat, tanggal lahir", "Place and date of birth")
        }
        (Meaning::RtAndRw, _) => language.pick("RT/RW", "RT/RW"),
        _ => language.pick("Kode undangan", "Invitation code"),
    }
}

/// How the meaning of a column was found.
pub fn guessed_by(language: Language, by: GuessedBy) -> &'static str {
    match by {
        GuessedBy::Title => language.pick("dari judulnya", "by its title"),
        GuessedBy::Values => language.pick("dari isinya", "by what is in it"),
    }
}

/// Why something is no table, and what to do.
pub fn table_problem(language: Language, error: TableError) -> String {
    let (sentence, values): (&str, Vec<usize>) = match error {
        TableError::TooLarge { most, .. } => (
            language.pick(
                "Lebih dari {} MB. Hapus kolom yang tidak perlu, atau bagi menjadi beberapa berkas.",
                "More than {} MB. Delete columns that are not needed, or make several files of it.",
            ),
            vec![most / 1024 / 1024],
        ),
        TableError::Workbook => (
            language.pick(
                "Ini berkas Excel. Buka di Excel, simpan sebagai CSV, lalu pilih berkas itu; atau salin selnya dan tempel di sini.",
                "This is a workbook. Open it in Excel, save it as CSV and choose that file; or copy the cells and paste them here.",
            ),
            vec![],
        ),
        TableError::Pdf => (
            language.pick(
                "Ini PDF. Minta daftarnya sebagai tabel Excel atau CSV.",
                "This is a PDF. Ask for the list as an Excel table or CSV.",
            ),
            vec![],
        ),
        TableError::Markup => (
            language.pick(
                "Ini halaman web yang dinamai tabel. Buka di Excel, lalu simpan sebagai CSV.",
                "This is a web page by the name of a table. Open it in Excel and save it as CSV.",
            ),
            vec![],
        ),
        TableError::Binary => (
            language.pick(
                "Ini bukan tabel. Pilih berkas CSV.",
                "This is no table. Choose a CSV file.",
            ),
            vec![],
        ),
        TableError::Empty => (
            language.pick("Tidak ada isinya.", "There is nothing in it."),
            vec![],
        ),
        TableError::OpenQuote { line } => (
            language.pick(
                "Tanda kutip di baris {} tidak ditutup. Betulkan di tabelnya, lalu coba lagi.",
                "A quote in line {} never ends. Correct it in the table, then try again.",
            ),
            vec![line],
        ),
        TableError::TooManyRows { found, most } => (
            language.pick(
                "{} baris, paling banyak {}. Bagi menjadi beberapa tabel.",
                "{} rows, at most {}. Make several tables of it.",
            ),
            vec![found, most],
        ),
        TableError::TooManyColumns { line, found, most } => (
            language.pick(
                "Baris {} punya {} kolom, paling banyak {}. Hapus kolom yang tidak perlu.",
                "Line {} has {} columns, at most {}. Delete those that are not needed.",
            ),
            vec![line, found, most],
        ),
    };
    let values: Vec<String> = values.iter().map(usize::to_string).collect();
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    fill(sentence, &values)
}

/// What was not imported of a line, and why. `title` says which column it is.
pub fn line_fault(language: Language, found: &LineFault, title: &str) -> String {
    let e = language.expected_words();
    let sentence = if found.problem.leaves_out_row() {
        e.left_out_line
    } else {
        e.unread_line
    };
    let reason = reason(language, &found.problem);
    fill(sentence, &[&found.line.to_string(), title, &reason])
}

fn reason(language: Language, problem: &Problem) -> String {
    let pick = |indonesian, english| language.pick(indonesian, english).to_owned();
    let with = |indonesian, english, values: &[usize]| {
        let values: Vec<String> = values.iter().map(usize::to_string).collect();
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        fill(language.pick(indonesian, english), &values)
    };
    match problem {
        Problem::NoName(error) => fault(language, Field::Name, &Fault::Name(*error)),
        Problem::Unreadable { field, fault: why } => fault(language, *field, why),
        Problem::SameNik { line } => with(
            "NIK ini sudah ada di baris {}.",
            "This NIK stands in line {} already.",
            &[*line],
        ),
        Problem::SameInvitation { line } => with(
            "Kode undangan ini sudah ada di baris {}.",
            "This invitation code stands in line {} already.",
            &[*line],
        ),
        Problem::TooManyCells { found, columns } => with(
            "{} isian di {} kolom; mungkin ada tanda pemisah di dalam sel.",
            "{} values in {} columns; perhaps a delimiter stands within a cell.",
            &[*found, *columns],
        ),
        Problem::RowsInCell => pick(
            "Baris lain masuk ke sel ini; mungkin tanda kutipnya tidak ditutup.",
            "Other rows are within this cell; perhaps its quote does not end.",
        ),
        Problem::UnknownWord => pick(
            "Kata ini tidak dikenal; pilih di formulir nanti.",
            "This word is not known; choose it in the form later.",
        ),
        Problem::Invitation { most } => {
            with("Lebih dari {} huruf.", "More than {} characters.", &[*most])
        }
        Problem::Scientific => pick(
            "Excel memendekkan angka ini. Ubah kolomnya menjadi teks, lalu isi lagi.",
            "Excel shortened this number. Make the column text and fill it in again.",
        ),
        Problem::Rounded => pick(
            "Excel mengganti angka terakhirnya dengan 0. Ubah kolomnya menjadi teks, lalu isi lagi.",
            "Excel made its last digits 0. Make the column text and fill it in again.",
        ),
        Problem::SpreadsheetError => pick(
            "Tabelnya berisi galat, bukan nilai.",
            "The table has an error here and no value.",
        ),
        Problem::Century => pick(
            "Tahun dua angka ini tidak jelas. Tulis empat angka.",
            "This year of two digits is not clear. Write four digits.",
        ),
        Problem::NotBornYet => pick(
            "Tanggal lahir ini belum terjadi.",
            "This birth date is still to come.",
        ),
    }
}

/// Why the camera reads no invitation, and what to do.
pub fn invitation_camera_problem(language: Language, error: CameraError) -> &'static str {
    match error {
        CameraError::Missing => language.pick(
            "Kamera tidak ditemukan di perangkat ini. Ketik kode atau namanya.",
            "There is no camera on this device. Type the code or the name.",
        ),
        CameraError::Refused => language.pick(
            "Kamera tidak diizinkan. Izinkan untuk Pendapa di setelan peramban, atau ketik kodenya.",
            "The camera is not permitted. Permit it for Pendapa in the browser's settings, or type the code.",
        ),
        CameraError::Busy => language.pick(
            "Kamera sedang dipakai atau tidak menjawab. Tutup aplikasi lain, atau ketik kodenya.",
            "The camera is in use or does not answer. Close other apps, or type the code.",
        ),
        CameraError::NoReader => language.pick(
            "Bagian aplikasi yang membaca kode belum ada di tablet ini. Ketik kode atau namanya.",
            "The part of the app that reads codes is not on this tablet yet. Type the code or the name.",
        ),
    }
}
