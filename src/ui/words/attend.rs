//! The sentences about who came without being registered: they come with the rest of the
//! app. `{}` marks the place of a value.

use super::Language;
use super::declare::catalogue;
use super::faults::fault;
use crate::domain::{AttendeeField, Fault, Field, NotRegistered};

catalogue! {
    /// What is said of attendance without registration, in one language.
    AttendWords {
    attend: "Catat hadir saja", "Note attendance only";
    instead: "Tidak jadi mendaftar? Catat hadir saja", "Not registering after all? Note attendance only";
    lead: "Untuk yang datang tetapi tidak didaftarkan hari ini. NIK tidak ditanyakan.", "For those who come and are not registered today. The NIK is not asked.";
    name: "Nama", "Name";
    origin: "Usaha, kelompok, atau alamat (boleh kosong)", "Business, group or address (optional)";
    phone: "Nomor HP (boleh kosong)", "Mobile number (optional)";
    reason: "Mengapa tidak didaftarkan", "Why they are not registered";
    reason_missing: "Pilih salah satu.", "Choose one.";
    save: "Simpan kehadiran", "Save attendance";
    noted: "Kehadiran tersimpan dan sudah dibaca ulang.", "The attendance was saved and read back.";
    taken_back: "Kehadiran dibatalkan.", "The attendance was taken back.";
    put_back: "Kehadiran dipulihkan.", "The attendance stands again.";
    take_back: "Batalkan", "Take back";
    take_back_of: "Batalkan kehadiran {}, {}", "Take back the attendance of {}, {}";
    only_attended: "Hadir saja", "Attended only";
    present: "Hadir tanpa mendaftar", "Came without registering";
    present_count: "{} hadir tanpa mendaftar", "{} came without registering";
    nobody: "Belum ada yang hanya hadir.", "Nobody only attended yet.";
    printed: "Nama dan tanda tangannya ikut tercetak di daftar hadir.", "Name and signature are printed on the attendance list.";
    }
}

impl Language {
    /// The sentences about attendance. Only the rest of the app may ask for them.
    pub fn attend_words(self) -> &'static AttendWords {
        match self {
            Language::Indonesian => &AttendWords::INDONESIAN,
            Language::English => &AttendWords::ENGLISH,
        }
    }
}

/// Why somebody was not registered.
pub fn not_registered(language: Language, reason: NotRegistered) -> &'static str {
    let (indonesian, english) = match reason {
        NotRegistered::AlreadyCovered => ("Sudah peserta", "Covered already"),
        NotRegistered::NotEligible => ("Tidak memenuhi syarat", "Not eligible"),
        NotRegistered::Later => ("Lain kali", "Another time"),
        NotRegistered::Guest => ("Pendamping atau tamu", "Companion or guest"),
        NotRegistered::Other => ("Lainnya", "Other"),
    };
    language.pick(indonesian, english)
}

/// What is wrong with what was said of somebody who only attends.
pub fn attendee_fault(language: Language, field: AttendeeField, found: &Fault) -> String {
    let like = match field {
        AttendeeField::Reason => return language.attend_words().reason_missing.to_owned(),
        AttendeeField::Name => Field::Name,
        AttendeeField::Origin => Field::BusinessName,
        AttendeeField::Phone => Field::Phone,
        AttendeeField::Signature => Field::Ink,
    };
    fault(language, like, found)
}
