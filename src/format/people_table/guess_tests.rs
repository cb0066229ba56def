//! What columns are taken for.

use super::tests::{TODAY, table};
use super::*;
use crate::domain::{Coded, Field, TICKED};
use crate::format::csv::COLUMNS;
use crate::format::pack_lists::Expected;

/// The codes of what was found, by titles and by values; `-` for nothing.
fn guessed(text: &str) -> (Option<usize>, Vec<String>) {
    let guess = guess_columns(&table(text), TODAY);
    let meanings = guess.columns.meanings.iter().zip(&guess.by);
    let codes = meanings.map(|(meaning, by)| match (meaning, by) {
        (Some(meaning), Some(GuessedBy::Title)) => meaning.code().to_owned(),
        (Some(meaning), Some(GuessedBy::Values)) => format!("{}?", meaning.code()),
        _ => "-".to_owned(),
    });
    (guess.columns.header, codes.collect())
}

fn import(text: &str) -> Import {
    let table = table(text);
    expected_of(&table, &guess_columns(&table, TODAY).columns, TODAY).expect("a column of names")
}

fn expected(texts: &[(&str, &str)]) -> Expected {
    let own = |(code, text): &(&str, &str)| ((*code).to_owned(), (*text).to_owned());
    Expected(texts.iter().map(own).collect())
}

/// The first of the two sheets that officials work with (domain notes, "Group upload").
const SHEET: &str = "\
DAFTAR PELAKU USAHA KOTA PROBOLINGGO;;;;;;;;;;;;;;
TAHUN 2026;;;;;;;;;;;;;;
;;;;;;;;;;;;;;
NO;NIK;NAMA LENGKAP;NO KK;TTL;JENIS KELAMIN;NO HP;NAMA USAHA;KATEGORI USAHA;ALAMAT;KELURAHAN;KECAMATAN;\
STATUS BPJS;NOMOR KPJ;KETERANGAN
1;'3574055205849001;SITI AMINAH;'3574050101209001;PROBOLINGGO, 12-05-1984;PEREMPUAN;081234567890;Warung Bu Siti;\
KULINER;Jl. Mangga 7;KEDOPOK;KEDOPOK;BELUM;;
2;3574051205709002;SLAMET;-;Probolinggo, 12 Mei 1970;L;-;Toko Slamet;Dagang;\"Jl. Jati 1\nRT 2\";Sumbertaman;\
WONOASIH;BELUM;;ok
";

#[test]
fn the_first_real_sheet_is_read() {
    let (header, codes) = guessed(SHEET);
    assert_eq!(header, Some(2), "a row of blanks is no row");
    let wanted = "- nik name family_card_number birth_place_and_date sex phone business_name sector street kelurahan \
                  - - - -";
    assert_eq!(codes.join(" "), wanted);
    let siti = [
        ("nik", "3574055205849001"),
        ("name", "SITI AMINAH"),
        ("family_card_number", "3574050101209001"),
        ("birth_place", "PROBOLINGGO"),
        ("birth_date", "12-05-1984"),
        ("sex", "female"),
        ("phone", "0812-3456-7890"),
        ("business_name", "Warung Bu Siti"),
        ("sector", "culinary"),
        ("street", "Jl. Mangga 7"),
        ("kelurahan", "35.74.05.1005"),
    ];
    let slamet = [
        ("nik", "3574051205709002"),
        ("name", "SLAMET"),
        ("birth_place", "Probolinggo"),
        ("birth_date", "12-05-1970"),
        ("sex", "male"),
        ("business_name", "Toko Slamet"),
        ("sector", "trade"),
        ("street", "Jl. Jati 1 RT 2"),
        ("kelurahan", "35.74.02.1006"),
    ];
    let people = vec![expected(&siti), expected(&slamet)];
    assert_eq!(
        import(SHEET),
        Import {
            expected: people,
            faults: Vec::new()
        }
    );
}

#[test]
fn the_second_real_sheet_is_read_as_it_is_pasted() {
    let text = "NO\tNIK\tNAMA LENGKAP\tTTL\tUSIA\tALAMAT\tRT/RW\tKELURAHAN\tKOORDINATOR\tNOTE\n\
                1\t3574055205849001\tSiti Aminah\tProbolinggo, 12-05-1984\t42\tJl. Mangga 7\t003/002\tKedopak\tRini\t\
                Bisa\n";
    let (header, codes) = guessed(text);
    assert_eq!(header, Some(0));
    assert_eq!(
        codes.join(" "),
        "- nik name birth_place_and_date - street rt_and_rw kelurahan - -"
    );
    let import = import(text);
    assert_eq!(import.faults, []);
    let fields: Vec<_> = import.expected[0].fields().collect();
    assert!(fields.contains(&(Field::Rt, "003")) && fields.contains(&(Field::Rw, "002")));
    assert!(fields.contains(&(Field::Kelurahan, "35.74.05.1005")));
}

#[test]
fn the_upload_sheet_of_the_agency_is_read() {
    let text = "NO_PEGAWAI,NAMA_LENGKAP,HP,EMAIL,TEMPAT_LAHIR,TANGGAL_LAHIR,NAMA_IBU_KANDUNG,JENIS_IDENTITAS,\
                NO_IDENTITAS,JENIS_KELAMIN,NPWP,UPAH,ALAMAT,KODE_POS\n\
                1,Siti Aminah,081234567890,siti@contoh.id,Probolinggo,12-05-1984,Sumiati,KTP,3574055205849001,P,\
                3574055205849001,1500000,Jl. Mangga 7,67231\n";
    let (_, codes) = guessed(text);
    let wanted = "- name phone email birth_place birth_date mother_name - nik sex - income street postal_code";
    assert_eq!(codes.join(" "), wanted);
    assert_eq!(import(text).faults, []);
}

#[test]
fn the_columns_of_our_own_spreadsheet_are_known_by_the_codes_of_the_fields() {
    let (_, codes) = guessed(&COLUMNS.join(","));
    let found = |title: &str| {
        let at = COLUMNS
            .iter()
            .position(|column| *column == title)
            .expect("a column");
        codes[at].as_str()
    };
    for code in [
        "nik",
        "name",
        "birth_date",
        "phone",
        "rt",
        "kelurahan",
        "sector",
        "income",
    ] {
        assert_eq!(found(code), code);
    }
    for other in ["consent_at", "consent_purposes", "officer", "payer", "id"] {
        assert_eq!(found(other), "-");
    }
}

#[test]
fn every_known_title_has_one_meaning() {
    for (title, code) in [
        ("Nomor KTP", "nik"),
        ("N I K", "-"),
        ("Nama (sesuai KTP) *", "name"),
        ("Tempat/Tanggal Lahir", "birth_place_and_date"),
        ("Tgl. Lahir (DD/MM/YYYY)", "birth_date"),
        ("L/P", "sex"),
        ("No. HP / WA", "phone"),
        ("Nomor Telepon", "phone"),
        ("Desa/Kelurahan", "kelurahan"),
        ("RT / RW", "rt_and_rw"),
        ("Kode Undangan", "invitation"),
        ("NO. UNDANGAN", "invitation"),
        ("e-mail", "email"),
        ("Nama\nIbu Kandung", "mother_name"),
        ("Penghasilan/bulan", "income"),
        ("No. KK", "family_card_number"),
        ("officer", "-"),
        ("consent_register_bpjs", "-"),
        ("NPWP", "-"),
    ] {
        let text = format!("Nama Usaha;Email;RT;\"{title}\"\nWarung;-;-;?\n");
        assert_eq!(guessed(&text).1[3], code, "{title}");
    }
}

#[test]
fn columns_without_titles_are_recognised_by_their_values() {
    let text = "\
1\t3574050101209001\t3574055205849001\tSiti Aminah\tP\tProbolinggo, 12-05-1984\t081234567890\t003/002\tKedopok\tJrebeng Lor\t0220001234567\tsiti@contoh.id
2\t3574050101209001\t3574051205709002\tSlamet\tL\tProbolinggo, 12-05-1970\t081234567891\t001/002\tKedopok\tKareng Lor\t0220001234568\t-
3\t3574050101209003\t3574055205849003\tRini\tP\tLumajang, 12-05-1984\t-\t003/001\tWonoasih\tPakistaji\t-\trini@contoh.id
";
    let (header, codes) = guessed(text);
    assert_eq!(header, None);
    let wanted = "- family_card_number? nik? name? sex? birth_place_and_date? phone? rt_and_rw? - kelurahan? nib? \
                  email?";
    assert_eq!(codes.join(" "), wanted);
    let import = import(text);
    assert_eq!((import.expected.len(), import.faults), (3, Vec::new()));
}

#[test]
fn a_title_decides_against_the_values_and_values_only_where_it_is_unknown() {
    let text = "No KK;Identitas;Peserta;Lahir;Keanggotaan\n\
                3574055205849001;3574055205849002;Siti Aminah;12-05-1984;01-02-2020\n";
    let (_, codes) = guessed(text);
    assert_eq!(codes.len(), 5);
    // One title in five is no row of titles.
    assert_eq!(guessed(text).0, None);
    let text = text.replace("Peserta", "Nama").replace("Lahir", "Alamat");
    let (header, codes) = guessed(&text);
    assert_eq!(header, Some(0));
    assert_eq!(
        codes.join(" "),
        "family_card_number nik? name street birth_date?"
    );
}

#[test]
fn a_column_can_be_given_another_meaning_or_none() {
    let table = table("Nama,NIK,Ibu\nSiti Aminah,3574055205849001,Sumiati\n");
    let mut columns = guess_columns(&table, TODAY).columns;
    columns.meanings = vec![Some(Meaning::Name), None, Some(Meaning::MotherName)];
    let import = expected_of(&table, &columns, TODAY).expect("a column of names");
    let siti = expected(&[("name", "Siti Aminah"), ("mother_name", "Sumiati")]);
    assert_eq!(import.expected, [siti]);
    columns.meanings[0] = None;
    assert_eq!(
        expected_of(&table, &columns, TODAY),
        Err(ImportError::NoNames)
    );
}

#[test]
fn of_two_columns_with_one_meaning_the_first_counts_that_has_something() {
    let import = import("Nama;No HP;No WA\nSiti;-;081234567890\nRini;081234567891;x\n");
    let phones: Vec<_> = import
        .expected
        .iter()
        .map(|one| one.0["phone"].as_str())
        .collect();
    assert_eq!(phones, ["0812-3456-7890", "0812-3456-7891"]);
    assert_eq!(import.faults, []);
}

#[test]
fn nobody_agrees_by_a_list() {
    let text =
        format!("Nama;NIK;consent_register_bpjs;officer\nSiti;3574055205849001;{TICKED};Budi\n");
    let import = import(&text);
    let siti = expected(&[("name", "Siti"), ("nik", "3574055205849001")]);
    assert_eq!(import.expected, [siti]);
}
