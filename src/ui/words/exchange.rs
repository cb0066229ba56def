//! What the page says on which tablets tell each other whom they registered.

use super::declare::catalogue;
use super::{Language, fill};
use crate::format::exchange::ExchangeFormatError;
use crate::operations::exchange::ExchangeError;

catalogue! {
    /// Its sentences, in one language.
    ExchangeWords {
    hint: "Supaya orang yang sudah mendaftar di tablet lain diketahui. Yang ditukar hanya sidik NIK dan nomor, tanpa nama.", "So that people who registered on another tablet are noticed. Only fingerprints of NIKs and numbers are exchanged, no names.";
    show: "Tunjukkan ke tablet lain", "Show to the other tablets";
    show_hint: "Tablet lain memindai kode ini. Isinya {} pendaftaran di tablet ini.", "The other tablets scan this code. Registrations of this tablet in it: {}.";
    show_many: "Terlalu banyak untuk kode QR ({} pendaftaran). Pakai berkas.", "Too many for QR codes ({} registrations). Use the file.";
    show_nobody: "Belum ada yang terdaftar di tablet ini, jadi belum ada yang ditunjukkan.", "Nobody is registered on this tablet yet, so there is nothing to show.";
    as_text: "Sebagai teks", "As a text";
    save_file: "Simpan berkas", "Save the file";
    read: "Pindai tablet lain", "Scan another tablet";
    read_hint: "Arahkan kamera ke kode di layar tablet lain.", "Point the camera at the code on the other tablet's screen.";
    file: "Pilih berkas tukar", "Choose an exchange file";
    file_hint: "Namanya berakhir .pendapa-exchange. Boleh juga diseret ke halaman ini.", "Its name ends in .pendapa-exchange. It can also be dragged onto this page.";
    known: "Tablet yang sudah dibaca", "Tablets that were read";
    known_none: "Belum ada", "None yet";
    known_none_hint: "Pindai kode tiap tablet lain, sekali-sekali selama acara.", "Scan each of the other tablets, now and then during the event.";
    known_tablet: "Tablet {}", "Tablet {}";
    known_people: "{} pendaftaran, dibaca pukul {}", "Registrations: {}, read at {}";
    repeats: "Terdaftar di dua tablet", "Registered on two tablets";
    repeats_none: "Tidak ada NIK yang sama.", "No NIK is the same.";
    repeats_hint: "NIK yang sama ada di kedua nomor. Tanyakan kepada petugas tablet itu, lalu batalkan salah satunya.", "Both numbers have the same NIK. Ask the officer of the other tablet, then void one of them.";
    repeat_at: "juga {}", "also {}";
    open: "Buka", "Open";
    taken: "Tablet {}: {} pendaftaran dibaca.", "Tablet {} was read. Its registrations: {}.";
    taken_known: "Tablet {} sudah dibaca; tidak ada yang baru.", "Tablet {} was read already; nothing is new.";
    }
}

/// Why what a tablet showed was not taken, and what to do.
pub fn exchange_problem(language: Language, error: &ExchangeError) -> String {
    let pick = |indonesian, english| language.pick(indonesian, english).to_owned();
    match error {
        ExchangeError::Format(ExchangeFormatError::Format) => pick(
            "Ini bukan kode tukar. Buka “Tukar dengan tablet lain” di tablet itu.",
            "This is no exchange code. Open “Exchange with other tablets” on the other tablet.",
        ),
        ExchangeError::Format(ExchangeFormatError::Newer(_)) => pick(
            "Tablet itu memakai aplikasi yang lebih baru. Perbarui aplikasi di tablet ini.",
            "The other tablet has a newer app. Update the app on this one.",
        ),
        ExchangeError::Format(ExchangeFormatError::Broken) => pick(
            "Kodenya tidak utuh, jadi tidak ada yang diambil. Pindai lagi, atau simpan berkasnya lagi.",
            "The code is not whole, so nothing was taken. Scan it again, or save the file again.",
        ),
        ExchangeError::OtherEvent => pick(
            "Tablet itu membuka kegiatan lain. Kedua tablet harus memakai paket yang sama.",
            "The other tablet has another event open. Both must use the same pack.",
        ),
        ExchangeError::Own => pick(
            "Ini kode tablet ini sendiri. Pindai layar tablet lain.",
            "This is this tablet's own code. Scan another tablet's screen.",
        ),
        ExchangeError::SameLetter(letter) => fill(
            language.pick(
                "Tablet itu juga memakai huruf {}, jadi nomornya sama dengan nomor di sini. Beri tahu koordinator.",
                "The other tablet has letter {} as well, so both give out the same numbers. Tell the coordinator.",
            ),
            &[&letter.to_string()],
        ),
        ExchangeError::Store(error) => super::store_problem(language, error),
    }
}
