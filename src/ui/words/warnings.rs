//! What is unusual about a registration, in words.

use super::{Language, fill, sex};
use crate::domain::Warning;
use crate::ui::format::{self, typed_date_text};

/// What is unusual.
pub fn warning(language: Language, warning: &Warning) -> String {
    let pick = |indonesian, english| language.pick(indonesian, english).to_owned();
    match warning {
        Warning::NikBirthDateDiffers { in_nik } => fill(
            language.pick(
                "Berbeda dengan NIK: NIK memuat tanggal {}.",
                "Differs from the NIK: the NIK holds the date {}.",
            ),
            &[&typed_date_text(*in_nik)],
        ),
        Warning::NikSexDiffers { in_nik } => fill(
            language.pick(
                "Berbeda dengan NIK: NIK menyatakan {}.",
                "Differs from the NIK: the NIK says {}.",
            ),
            &[&sex(language, *in_nik).to_ascii_lowercase()],
        ),
        Warning::RegionUnknown { code } => fill(
            language.pick(
                "Kode wilayah {} di NIK tidak dikenal.",
                "The NIK's region code {} is unknown.",
            ),
            &[code],
        ),
        Warning::RegionRetired { code, name } => fill(
            language.pick(
                "Kode wilayah {} ({}) di NIK sudah tidak dipakai; NIK lama tetap berlaku.",
                "The NIK's region code {} ({}) is no longer in use; an old NIK stays valid.",
            ),
            &[code, name],
        ),
        Warning::OutsideCity => pick(
            "Alamat KTP di luar Kota Probolinggo; program kota mungkin tidak berlaku.",
            "The card's address is outside Kota Probolinggo; the city's programme may not apply.",
        ),
        Warning::AgeNearLimit { age } => fill(
            language.pick(
                "Umur {} tahun, dekat batas. Perlu konfirmasi BPJS.",
                "{} years old, near the limit. BPJS has to confirm.",
            ),
            &[&age.to_string()],
        ),
        Warning::PhonePrefixUnknown => pick(
            "Awalan nomor HP ini tidak dikenal.",
            "This mobile prefix is unknown.",
        ),
        Warning::OverCapacity { capacity } => fill(
            language.pick(
                "Sudah ada {} peserta, sebanyak undangan.",
                "{} people are registered, as many as were invited.",
            ),
            &[&capacity.to_string()],
        ),
        Warning::RegisteredBefore(earlier) => match earlier.date {
            Some(date) => fill(
                language.pick(
                    "Sudah terdaftar pada {} di {}.",
                    "Registered already on {} at {}.",
                ),
                &[&format::long_date(language, date, false), &earlier.venue],
            ),
            None => pick(
                "Sudah terdaftar di kegiatan sebelumnya.",
                "Registered already at an earlier event.",
            ),
        },
        Warning::ClockBeforeLastRecord => pick(
            "Jam tablet lebih awal daripada pendaftaran terakhir. Betulkan jam tablet bila bisa; urutannya tetap tercatat.",
            "The tablet's clock is before the last registration. Set the clock if you can; the order is recorded in any case.",
        ),
    }
}
