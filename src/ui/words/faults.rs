//! Errors in words: what happened, and what to do.
// long because every error has its sentence here, in both languages

use super::alike::undecided;
use super::warnings::warning;
use super::{Language, fill};
use crate::browser::camera::CameraError;
use crate::domain::*;
use crate::operations::create_event::EventFault;
use crate::operations::make_batch::MakeBatchError;
use crate::operations::register::SaveError;
use crate::store::StoreError;

/// The label of a field.
pub fn field_label(language: Language, field: Field) -> &'static str {
    let (indonesian, english) = match field {
        Field::Nik => ("NIK", "NIK"),
        Field::Name => ("Nama lengkap", "Full name"),
        Field::BirthPlace => ("Tempat lahir", "Place of birth"),
        Field::BirthDate => ("Tanggal lahir", "Date of birth"),
        Field::Sex => ("Jenis kelamin", "Sex"),
        Field::MotherName => ("Nama ibu kandung", "Mother's maiden name"),
        Field::FamilyCard => ("Nomor KK", "Family card number (KK)"),
        Field::Phone => ("Nomor HP", "Mobile number"),
        Field::NoPhone => ("Tanpa nomor HP", "No mobile number"),
        Field::Email => ("Email", "Email"),
        Field::Street => ("Jalan atau dusun", "Street or hamlet"),
        Field::Rt => ("RT", "RT"),
        Field::Rw => ("RW", "RW"),
        Field::Outside => ("Luar kota", "Outside the city"),
        Field::Kelurahan => ("Kelurahan", "Kelurahan"),
        Field::Region => ("Kabupaten atau kota", "Regency or city"),
        Field::PostalCode => ("Kode pos", "Postal code"),
        Field::BusinessName => ("Nama usaha", "Name of the business"),
        Field::Sector => ("Bidang usaha", "Sector"),
        Field::BusinessKelurahan => ("Kelurahan usaha", "Kelurahan of the business"),
        Field::Workers => ("Jumlah pekerja", "Number of workers"),
        Field::Nib => ("NIB", "NIB"),
        Field::Kbli => ("Kode KBLI", "KBLI code"),
        Field::KbliEdition => ("Edisi KBLI", "KBLI edition"),
        Field::Since => ("Usaha sejak tahun", "In business since"),
        Field::Occupation => ("Pekerjaan", "Occupation"),
        Field::Transport => ("Bekerja di bidang transportasi", "Works in transport"),
        Field::Income => ("Penghasilan sebulan", "Income a month"),
        Field::Jht => ("Ikut JHT", "Joins JHT"),
        Field::Payer => ("Iuran dibayar oleh", "Contributions are paid by"),
        Field::StartMonth => ("Mulai bulan", "First month"),
        Field::Months => ("Dibayar untuk", "Paid for"),
        Field::ConsentLanguage => ("Dibacakan dalam bahasa", "Read out in"),
        Field::ReadAloudBy => ("Dibacakan oleh", "Read aloud by"),
        Field::ConsentBpjs => (
            "Didaftarkan ke BPJS Ketenagakerjaan",
            "Registered with BPJS Ketenagakerjaan",
        ),
        Field::ConsentCity => (
            "Disimpan di data UMKM kota",
            "Kept in the city's business database",
        ),
        Field::ConsentWhatsapp => ("Dihubungi lewat WhatsApp", "Contacted by WhatsApp"),
        Field::Mark => ("Tanda setuju", "Sign of consent"),
        Field::Ink => ("Tanda tangan", "Signature"),
        Field::Witness => ("Nama saksi", "Name of the witness"),
        Field::ConsentAt => ("Pencatatan", "Recording"),
        Field::Reason => ("Alasan pembetulan", "Reason for the correction"),
        Field::Officer => ("Nama petugas", "Name of the officer"),
    };
    language.pick(indonesian, english)
}

/// What is wrong with a field and what to do.
pub fn fault(language: Language, field: Field, fault: &Fault) -> String {
    let pick = |indonesian, english| language.pick(indonesian, english).to_owned();
    match fault {
        Fault::Missing => match field {
            Field::Sex | Field::Sector | Field::Kelurahan | Field::Payer | Field::ConsentLanguage
            | Field::StartMonth | Field::Months => pick("Belum dipilih. Pilih salah satu.", "Not chosen yet. Choose one."),
            Field::Region => pick(
                "Belum dipilih. Ketik nama kabupaten atau kota, lalu pilih dari daftar.",
                "Not chosen yet. Type the regency or city, then choose from the list.",
            ),
            Field::Phone => pick(
                "Belum diisi. Ketik nomornya, atau pilih mengapa tidak ada.",
                "Not filled in. Type the number, or choose why there is none.",
            ),
            Field::Ink => pick(
                "Belum ada tanda tangan. Yang tidak menulis membubuhkan cap di depan saksi.",
                "There is no signature. Who does not write makes a mark before a witness.",
            ),
            Field::Reason => pick("Tulis alasan pembetulan.", "Write the reason for the correction."),
            Field::Officer => pick(
                "Nama petugas belum diisi. Tulis nama orang yang memegang tablet ini.",
                "The officer's name is missing. Write the name of the person who holds this tablet.",
            ),
            _ => pick("Belum diisi.", "Not filled in."),
        },
        Fault::Nik(error) => nik_error(language, error),
        Fault::Name(error) => match error {
            NameError::Empty => pick("Belum diisi.", "Not filled in."),
            NameError::TooLong { most, .. } => fill(
                language.pick("Lebih dari {} huruf. Periksa ketikannya.", "More than {} letters. Check the typing."),
                &[&most.to_string()],
            ),
            NameError::Forbidden { character } => fill(
                language.pick(
                    "“{}” tidak ada di nama pada KTP. Hapus, lalu tulis persis seperti di KTP.",
                    "“{}” does not occur in names on the card. Delete it and write exactly as on the card.",
                ),
                &[&character.to_string()],
            ),
        },
        Fault::Date(error) => date_error(language, *error),
        Fault::Age(error) => match error {
            AgeError::BornInFuture => pick(
                "Tanggal ini setelah hari kegiatan. Periksa tahunnya di KTP.",
                "This date is after the event. Check the year on the card.",
            ),
            AgeError::TooOld { age, under } => fill(
                language.pick(
                    "Umur {} tahun. Peserta harus belum {} tahun pada hari kegiatan; periksa KTP. Bila benar, orang ini tidak dapat didaftarkan.",
                    "{} years old. Participants must be under {} on the day of the event; check the card. If it is right, this person cannot be registered.",
                ),
                &[&age.to_string(), &under.to_string()],
            ),
            AgeError::TooYoung { age, minimum } => fill(
                language.pick(
                    "Umur {} tahun, paling muda {} tahun. Periksa KTP.",
                    "{} years old, the youngest is {}. Check the card.",
                ),
                &[&age.to_string(), &minimum.to_string()],
            ),
        },
        Fault::Phone(error) => match error {
            PhoneError::Empty => pick("Belum diisi.", "Not filled in."),
            PhoneError::NotDigits => pick(
                "Hanya angka, contoh 0812-3456-7890.",
                "Digits only, for example 0812-3456-7890.",
            ),
            PhoneError::NotMobile => pick(
                "Bukan nomor HP: mulai dengan 08 atau +62 8.",
                "Not a mobile number: it starts with 08 or +62 8.",
            ),
            PhoneError::Length { found } => fill(
                language.pick(
                    "{} angka; nomor HP 10 sampai 13 angka. Periksa lagi.",
                    "{} digits; mobile numbers have 10 to 13. Check again.",
                ),
                &[&found.to_string()],
            ),
        },
        Fault::Email => pick("Bukan alamat email. Betulkan atau kosongkan.", "Not an email address. Correct it or leave it empty."),
        Fault::FamilyCard(error) => match error {
            FamilyCardError::Length { found } => fill(
                language.pick("{} angka; nomor KK 16 angka.", "{} digits; a KK number has 16."),
                &[&found.to_string()],
            ),
            _ => pick("Hanya angka, 16 angka.", "Digits only, 16 of them."),
        },
        Fault::RtRw => pick("Paling banyak tiga angka, contoh 3 atau 003.", "At most three digits, such as 3 or 003."),
        Fault::PostalCode => pick("Lima angka, atau kosongkan.", "Five digits, or leave it empty."),
        Fault::TooLong { most } => fill(
            language.pick("Lebih dari {} huruf. Persingkat.", "More than {} characters. Make it shorter."),
            &[&most.to_string()],
        ),
        Fault::Number => pick("Angka 0 sampai 9999. Tanpa pekerja: 0.", "A number from 0 to 9999. Without workers: 0."),
        Fault::Nib => pick("NIB 13 angka. Betulkan atau kosongkan.", "A NIB has 13 digits. Correct it or leave it empty."),
        Fault::Kbli => pick("Kode KBLI lima angka. Betulkan atau kosongkan.", "A KBLI code has five digits. Correct it or leave it empty."),
        Fault::Since => pick(
            "Tahun dari 1900 sampai tahun kegiatan, atau kosongkan.",
            "A year from 1900 to the year of the event, or leave it empty.",
        ),
        Fault::Rupiah(error) => match error {
            RupiahError::Empty => pick("Belum diisi.", "Not filled in."),
            RupiahError::TooLarge { .. } => pick("Terlalu besar. Periksa jumlah nolnya.", "Too large. Check the number of zeros."),
            _ => pick("Hanya angka rupiah, contoh 1.500.000.", "Rupiah in digits only, such as 1.500.000."),
        },
        Fault::Contribution(_) => pick(
            "Tarif untuk bulan ini belum ada di aplikasi. Pilih bulan lain atau perbarui aplikasi.",
            "The app has no rates for this month. Choose another month or update the app.",
        ),
        Fault::ConsentNeeded => pick(
            "Tanpa persetujuan ini peserta tidak dapat didaftarkan. Bila ia menolak, jangan disimpan: buang atau sisihkan drafnya.",
            "Without this consent nobody can be registered. If they decline, do not save: discard the draft or set it aside.",
        ),
        Fault::Unconfirmed(found) => format!(
            "{} {}",
            warning(language, found),
            language.pick("Periksa, lalu benarkan.", "Check it, then confirm."),
        ),
        Fault::Undecided(alike) => undecided(language, alike),
    }
}

fn nik_error(language: Language, error: &NikError) -> String {
    let pick = |indonesian, english| language.pick(indonesian, english).to_owned();
    match error {
        NikError::Empty => pick("Belum diisi.", "Not filled in."),
        NikError::NotDigits => pick(
            "Hanya angka. Hapus huruf dan tanda lain.",
            "Digits only. Delete letters and other marks.",
        ),
        NikError::Length { found } => fill(
            language.pick(
                "{} angka; NIK 16 angka. Cocokkan dengan KTP.",
                "{} digits; a NIK has 16. Compare with the card.",
            ),
            &[&found.to_string()],
        ),
        NikError::ProvinceUnknown { code } => fill(
            language.pick(
                "Tidak ada provinsi {}. Periksa dua angka pertama.",
                "There is no province {}. Check the first two digits.",
            ),
            &[code],
        ),
        NikError::RegionZero => pick(
            "Kode kabupaten atau kecamatan 00 tidak ada. Periksa angka 3 sampai 6.",
            "Regency or district 00 does not exist. Check digits 3 to 6.",
        ),
        NikError::NoSuchDay => pick(
            "Tanggal di dalam NIK tidak ada. Periksa angka 7 sampai 12.",
            "The date inside the NIK does not exist. Check digits 7 to 12.",
        ),
        NikError::SerialZero => pick(
            "Empat angka terakhir tidak pernah 0000. Periksa KTP.",
            "The last four digits are never 0000. Check the card.",
        ),
    }
}

fn date_error(language: Language, error: DateError) -> String {
    let pick = |indonesian, english| language.pick(indonesian, english).to_owned();
    match error {
        DateError::Empty => pick("Belum diisi.", "Not filled in."),
        DateError::Shape => pick(
            "Tulis hari, bulan, tahun: 13-05-1984.",
            "Write day, month, year: 13-05-1984.",
        ),
        DateError::NoSuchDay => pick(
            "Tanggal ini tidak ada di kalender.",
            "This day is not in the calendar.",
        ),
    }
}

/// What is wrong with a field of a new event.
pub fn event_fault(language: Language, fault: &EventFault) -> String {
    let pick = |indonesian, english| language.pick(indonesian, english).to_owned();
    match fault {
        EventFault::Missing => pick("Belum diisi.", "Not filled in."),
        EventFault::TooLong { most } => fill(
            language.pick(
                "Lebih dari {} huruf. Persingkat.",
                "More than {} characters. Make it shorter.",
            ),
            &[&most.to_string()],
        ),
        EventFault::Date(error) => date_error(language, *error),
        EventFault::Letter => pick("Satu huruf A sampai Z.", "One letter from A to Z."),
        EventFault::Code => pick(
            "Dua sampai enam huruf dan angka, contoh KDP1.",
            "Two to six letters and digits, such as KDP1.",
        ),
        EventFault::Capacity => pick("Angka dari 1 sampai 9999.", "A number from 1 to 9999."),
        EventFault::Taken => pick(
            "Kode dan huruf ini sudah dipakai kegiatan lain di tablet ini. Pilih kode lain.",
            "Another event on this tablet has this code and letter. Choose another code.",
        ),
    }
}

/// Why something was not saved, and what to do. What is typed is kept.
pub fn save_problem(language: Language, error: &SaveError) -> String {
    match error {
        SaveError::Faults(faults) => match faults.len() {
            1 => language.words().errors_one.to_owned(),
            many => fill(language.words().errors_many, &[&many.to_string()]),
        },
        SaveError::Revise(_) | SaveError::Missing => language
            .pick(
                "Pendaftaran ini sudah berubah atau dibatalkan sejak dibuka. Buka lagi, lalu ulangi pembetulan.",
                "This registration was changed or voided since it was opened. Open it again and repeat the correction.",
            )
            .to_owned(),
        SaveError::Store(error) => store_problem(language, error),
    }
}

/// Why no batch was made.
pub fn batch_problem(language: Language, error: &MakeBatchError) -> String {
    match error {
        MakeBatchError::Nothing => language.later_words().nothing_to_batch.to_owned(),
        MakeBatchError::Damaged(damaged) => fill(
            language.pick(
                "{} catatan rusak dan tidak dapat dibaca, jadi kiriman tidak dibuat. Yang lain aman; ambil semuanya dengan halaman penyelamatan.",
                "{} records are damaged and cannot be read, so no batch was made. The others are safe; take everything out with the rescue page.",
            ),
            &[&damaged.len().to_string()],
        ),
        MakeBatchError::Unreadable(_) => language
            .pick(
                "Kiriman tidak dapat dibaca ulang, jadi tidak disimpan. Tidak ada yang hilang; ambil semuanya dengan halaman penyelamatan.",
                "The batch could not be read back, so it was not kept. Nothing is lost; take everything out with the rescue page.",
            )
            .to_owned(),
        MakeBatchError::Sealing(_) => language
            .pick(
                "Kiriman tidak dapat disegel untuk kantor, jadi tidak dibuat. Tidak ada yang hilang. Tutup aplikasi lain, lalu coba lagi.",
                "The batch could not be sealed to the office, so it was not made. Nothing is lost. Close other apps, then try again.",
            )
            .to_owned(),
        MakeBatchError::Store(error) => store_problem(language, error),
    }
}

/// Why the store did not do what was asked, and what to do.
pub fn store_problem(language: Language, error: &StoreError) -> String {
    let pick = |indonesian, english| language.pick(indonesian, english).to_owned();
    match error {
        StoreError::Unavailable { .. } => pick(
            "Peramban ini tidak memberi tempat penyimpanan, mungkin karena jendela pribadi. Tidak ada yang dapat didaftarkan. Buka Pendapa di jendela biasa atau dari layar utama.",
            "This browser gives no storage, perhaps because the window is private. Nobody can be registered. Open Pendapa in a normal window or from the home screen.",
        ),
        StoreError::SchemaTooNew { found, supported } => fill(
            language.pick(
                "Data di tablet ini dibuat oleh versi aplikasi yang lebih baru (data {}, aplikasi {}). Datanya aman. Sambungkan jaringan dan muat ulang supaya aplikasi diperbarui, atau ambil datanya dengan halaman penyelamatan.",
                "The data on this tablet was made by a newer version of the app (data {}, app {}). It is safe. Connect to the network and reload to update the app, or take the data out with the rescue page.",
            ),
            &[&found.to_string(), &supported.to_string()],
        ),
        StoreError::Locked => pick(
            "Brankas terkunci, jadi BELUM tersimpan. Buka dengan kata sandi, lalu coba lagi.",
            "The vault is locked, so this is NOT saved. Unlock it with the passphrase, then try again.",
        ),
        StoreError::Closed => pick(
            "Kegiatan ini sudah ditutup; tidak ada yang dapat didaftarkan lagi.",
            "This event is closed; nobody can be registered any more.",
        ),
        StoreError::Blocked => pick(
            "Tab lain masih membuka Pendapa versi lama. Tutup tab itu, lalu coba lagi.",
            "Another tab has an older Pendapa open. Close that tab, then try again.",
        ),
        StoreError::QuotaExceeded => pick(
            "Penyimpanan tablet penuh, jadi BELUM tersimpan. Isian tetap di layar ini. Hapus foto atau aplikasi lain di tablet, lalu simpan lagi.",
            "The tablet's storage is full, so this is NOT saved. What is filled in stays on this screen. Delete photos or other apps on the tablet, then save again.",
        ),
        StoreError::Conflict { .. } => pick(
            "Tab lain menulis lebih dulu, jadi BELUM tersimpan. Isian tetap di sini. Sentuh “Pakai di sini”, lalu simpan lagi.",
            "Another tab wrote first, so this is NOT saved. What is filled in stays here. Tap “Use here”, then save again.",
        ),
        StoreError::ConnectionLost { .. } => pick(
            "Sambungan ke penyimpanan putus dua kali, jadi BELUM tersimpan. Isian tetap di layar ini. Coba simpan lagi; bila tetap gagal, muat ulang.",
            "The connection to the storage broke twice, so this is NOT saved. What is filled in stays on this screen. Save again; if it fails again, reload.",
        ),
        StoreError::NotProven { .. } => pick(
            "Sudah ditulis tetapi tidak terbaca sama, jadi belum dianggap tersimpan. Isian tetap di sini. Coba simpan lagi.",
            "Written, but what was read back is not the same, so it does not count as saved. What is filled in stays here. Save again.",
        ),
        StoreError::Damaged { .. } => pick(
            "Sebagian data tidak dapat dibaca. Yang lain aman. Ambil semuanya dengan halaman penyelamatan.",
            "A part of the data cannot be read. The rest is safe. Take everything out with the rescue page.",
        ),
        StoreError::Browser { name, .. } => fill(
            language.pick(
                "Peramban menolak menyimpan ({}), jadi BELUM tersimpan. Isian tetap di layar ini. Coba lagi; bila tetap gagal, muat ulang.",
                "The browser refused to save ({}), so this is NOT saved. What is filled in stays on this screen. Try again; if it fails again, reload.",
            ),
            &[name],
        ),
    }
}

/// A sex in words.
pub fn sex(language: Language, sex: Sex) -> &'static str {
    match sex {
        Sex::Female => language.pick("Perempuan", "Female"),
        Sex::Male => language.pick("Laki-laki", "Male"),
    }
}

/// Why there is no phone, in words.
pub fn no_phone(language: Language, reason: NoPhoneReason) -> &'static str {
    match reason {
        NoPhoneReason::None => language.pick("Tidak punya HP", "Has no phone"),
        NoPhoneReason::FamilyPhone => language.pick("HP keluarga", "A relative's phone"),
        NoPhoneReason::Refused => language.pick("Tidak mau memberi", "Does not want to say"),
    }
}

/// A sector in words.
pub fn sector(language: Language, sector: Sector) -> &'static str {
    match sector {
        Sector::Culinary => language.pick("Kuliner", "Food and drink"),
        Sector::Trade => language.pick("Perdagangan", "Trade"),
        Sector::Services => language.pick("Jasa", "Services"),
        Sector::Crafts => language.pick("Kerajinan", "Crafts"),
        Sector::Fashion => language.pick("Fesyen", "Fashion"),
        Sector::Farming => language.pick("Pertanian dan perikanan", "Farming and fishery"),
        Sector::Other => language.pick("Lainnya", "Other"),
    }
}

/// Who pays, in words.
pub fn payer(language: Language, payer: Payer) -> &'static str {
    match payer {
        Payer::Myself => language.pick("Peserta sendiri", "The person"),
        Payer::PublicBudget => language.pick("APBD / DBHCHT", "Public budget"),
        Payer::Other => language.pick("Pihak lain", "Somebody else"),
    }
}

/// A number of months in words.
pub fn period(language: Language, months: u8) -> String {
    match (language, months) {
        (Language::Indonesian, _) => format!("{months} bulan"),
        (Language::English, 1) => "1 month".to_owned(),
        (Language::English, _) => format!("{months} months"),
    }
}

/// Why the camera reads nothing, and what to do.
pub fn camera_problem(language: Language, error: CameraError) -> &'static str {
    match error {
        CameraError::Missing => language.pick(
            "Kamera tidak ditemukan di perangkat ini. Tempelkan teks paket saja.",
            "There is no camera on this device. Paste the text of the pack instead.",
        ),
        CameraError::Refused => language.pick(
            "Kamera tidak diizinkan. Izinkan kamera untuk Pendapa di setelan peramban, atau tempelkan teks paket saja.",
            "The camera is not permitted. Permit it for Pendapa in the browser's settings, or paste the text of the pack instead.",
        ),
        CameraError::Busy => language.pick(
            "Kamera sedang dipakai atau tidak menjawab. Tutup aplikasi lain yang memakai kamera, lalu coba lagi, atau tempelkan teks paket saja.",
            "The camera is in use or does not answer. Close other apps that use it and try again, or paste the text of the pack instead.",
        ),
        CameraError::NoReader => language.pick(
            "Bagian aplikasi yang membaca kode belum ada di tablet ini. Sambungkan ke jaringan sekali, lalu coba lagi, atau tempelkan teks paket saja.",
            "The part of the app that reads codes is not on this tablet yet. Connect to a network once and try again, or paste the text of the pack instead.",
        ),
    }
}
