//! Titles of columns as officials write them, in Indonesian and English.

use super::Row;
use super::columns::Meaning::{self, *};
use crate::domain::{Coded, normalise};

/// What a title says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Title {
    Means(Meaning),
    /// Known, and nothing that the form asks for. What stands below is not looked at: a tax number has 16
    /// digits as a NIK has.
    Other,
}

/// Words that mean the same in titles.
const SAME_WORDS: [(&str, &str); 14] = [
    ("nomor", "no"),
    ("nomer", "no"),
    ("number", "no"),
    ("tanggal", "tgl"),
    ("telepon", "telp"),
    ("telpon", "telp"),
    ("tlp", "telp"),
    ("handphone", "hp"),
    ("ponsel", "hp"),
    ("whatsapp", "wa"),
    ("jumlah", "jml"),
    ("tmpt", "tempat"),
    ("tmp", "tempat"),
    ("thn", "tahun"),
];

/// What titles mean beside the codes of the meanings themselves, with the words of [`SAME_WORDS`] replaced.
const TITLES: [(Meaning, &str); 25] = [
    (
        Nik,
        "no nik|ktp|no ktp|e ktp|no e ktp|nik ktp|no ktp nik|nik no ktp|no induk kependudukan|no identitas",
    ),
    (
        Name,
        "nama|nama lengkap|nama peserta|nama lengkap peserta|nama pemilik|nama pemilik usaha|nama pelaku usaha|\
        nama ktp|nama sesuai ktp|nama lengkap sesuai ktp|nama pemohon|nama penerima|nama warga|full name",
    ),
    (
        BirthPlaceAndDate,
        "ttl|tempat tgl lahir|tempat dan tgl lahir|tempat lahir tgl lahir|place and date of birth",
    ),
    (
        BirthPlace,
        "tempat lahir|kota lahir|place of birth|birthplace",
    ),
    (
        BirthDate,
        "tgl lahir|tgl kelahiran|date of birth|birthdate|dob",
    ),
    (
        Sex,
        "jenis kelamin|jns kelamin|kelamin|jk|j k|l p|lp|jenis kelamin l p|gender",
    ),
    (
        MotherName,
        "nama ibu|nama ibu kandung|ibu kandung|mothers name|mothers maiden name",
    ),
    (
        Street,
        "alamat|alamat lengkap|alamat ktp|alamat sesuai ktp|alamat rumah|alamat tinggal|jalan|address",
    ),
    (RtAndRw, "rt rw|rtrw|rt dan rw"),
    (
        Kelurahan,
        "kel|desa|desa kelurahan|kelurahan desa|kel desa|desa kel|kelurahan code|kelurahan ktp",
    ),
    (
        Region,
        "kabupaten kota|kab kota|kota kabupaten|kota kab|kabupaten|regency",
    ),
    (PostalCode, "kode pos|kodepos|zip"),
    (
        Phone,
        "hp|no hp|no hp wa|no wa hp|wa|no wa|hp wa|wa hp|telp|no telp|no telp hp|no telp wa|telp hp|no hp aktif|\
        no wa aktif|no kontak|kontak|phone no|mobile|mobile phone",
    ),
    (Email, "e mail|alamat email|surel"),
    (
        FamilyCard,
        "kk|no kk|kartu keluarga|no kartu keluarga|family card no",
    ),
    (
        BusinessName,
        "usaha|nama usaha|nama toko|nama umkm|merk|merek|nama merek|business",
    ),
    (
        Sector,
        "kategori|kategori usaha|sektor|sektor usaha|jenis usaha|jns usaha|bidang usaha|business category",
    ),
    (
        BusinessKelurahan,
        "kelurahan usaha|kel usaha|kelurahan tempat usaha",
    ),
    (
        Workers,
        "tenaga kerja|jml tenaga kerja|karyawan|jml karyawan|jml pekerja|jml pegawai|employees",
    ),
    (Nib, "no nib|nib oss|no induk berusaha"),
    (Kbli, "kode kbli|kbli 2020|kbli 2025"),
    (
        Since,
        "tahun berdiri|tahun mulai|tahun mulai usaha|mulai usaha|berdiri sejak",
    ),
    (Occupation, "pekerjaan|jenis pekerjaan|profesi|job"),
    (
        Income,
        "penghasilan|penghasilan per bulan|penghasilan bulan|pendapatan|pendapatan per bulan|upah|gaji|\
        monthly income",
    ),
    (
        Invitation,
        "undangan|kode undangan|no undangan|kode undangan peserta|invitation code|invitation no",
    ),
];

/// Titles of columns that are nothing to the form.
const OTHERS: &str = "no|no urut|no pegawai|kecamatan|kec|kota|provinsi|propinsi|status|status bpjs|kpj|no kpj|\
    keterangan|ket|note|catatan|usia|umur|koordinator|npwp|no npwp|omzet|omset|agama|pendidikan|no rekening|\
    rekening|tanda tangan|ttd|paraf|alamat usaha|alamat domisili|telp rumah|telp kantor|tgl kepesertaan|kode pegawai";

/// How many cells of a row are known titles.
pub(super) fn known_titles(row: &Row) -> usize {
    let cells = row.cells.iter();
    cells.filter(|cell| title_of(cell).is_some()).count()
}

/// What a title says, if it is known: by the code of a meaning or by the words above, in any case and
/// punctuation, without what stands in brackets.
pub(super) fn title_of(written: &str) -> Option<Title> {
    let outside = normalise(written.split('(').next().unwrap_or_default());
    let plain = match outside.is_empty() {
        true => normalise(written),
        false => outside,
    };
    if let Some(meaning) = Meaning::from_code(&plain.replace(' ', "_")) {
        return Some(Title::Means(meaning));
    }
    let words: Vec<&str> = plain.split(' ').map(same_word).collect();
    let plain = words.join(" ");
    let is_in = |titles: &str| !plain.is_empty() && titles.split('|').any(|title| title == plain);
    let meant = TITLES.iter().find(|(_, titles)| is_in(titles));
    match meant {
        Some((meaning, _)) => Some(Title::Means(*meaning)),
        None => is_in(OTHERS).then_some(Title::Other),
    }
}

fn same_word(word: &str) -> &str {
    SAME_WORDS
        .iter()
        .find(|(written, _)| *written == word)
        .map_or(word, |(_, same)| same)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_title_of_the_list_is_there_in_vain() {
        for (meaning, titles) in TITLES {
            for title in titles.split('|') {
                assert_eq!(title_of(title), Some(Title::Means(meaning)), "{title}");
            }
        }
        for title in OTHERS.split('|') {
            assert_eq!(title_of(title), Some(Title::Other), "{title}");
        }
    }
}
