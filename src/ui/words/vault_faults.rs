//! Errors of vault, workers and packs in words: what happened, and what to do.

use super::{Language, batch_problem, event_fault, fill, save_problem, store_problem};
use crate::browser::worker::WorkError;
use crate::format::backup::BackupError;
use crate::format::event_pack::PackError;
use crate::format::frames::FrameError;
use crate::operations::backup::RestoreError;
use crate::operations::create_event::EventFault;
use crate::operations::preflight::TrialError;
use crate::ui::format::typed_date_text;
use crate::vault::carry::CarryError;
use crate::vault::wrap::WrapError;

/// Why a worker brought nothing, and what to do.
pub fn work_problem(language: Language, error: &WorkError<WrapError>) -> String {
    let pick = |indonesian, english| language.pick(indonesian, english).to_owned();
    match error {
        WorkError::Unavailable => pick(
            "Sebagian aplikasi belum sampai ke tablet ini. Sambungkan ke jaringan sekali, lalu coba lagi.",
            "A part of the app is not on this tablet yet. Connect to a network once, then try again.",
        ),
        WorkError::Died | WorkError::Failed(WrapError::OutOfMemory) => pick(
            "Memori tablet tidak cukup untuk membuka brankas. Tutup aplikasi dan tab lain, lalu coba lagi.",
            "The tablet has not enough memory to open the vault. Close other apps and tabs, then try again.",
        ),
        WorkError::Failed(error) => match error {
            WrapError::Newer(_) => language.words().vault_newer.to_owned(),
            _ => language.words().passphrase_wrong.to_owned(),
        },
    }
}

/// Why a sealed file was not made or not opened, and what to do.
pub fn carry_problem(language: Language, error: &WorkError<CarryError>) -> String {
    let pick = |indonesian, english| language.pick(indonesian, english).to_owned();
    match error {
        WorkError::Unavailable => work_problem(language, &WorkError::Unavailable),
        WorkError::Died => work_problem(language, &WorkError::Died),
        WorkError::Failed(CarryError::NotForUs) => language.words().passphrase_wrong.to_owned(),
        WorkError::Failed(CarryError::TooMuchWork) => pick(
            "Paket ini dikunci terlalu berat untuk sebuah tablet. Minta paket baru dari kantor.",
            "This pack is locked too heavily for a tablet. Ask the office for a new one.",
        ),
        WorkError::Failed(_) => pick(
            "Berkas ini rusak atau terpotong. Salin lagi dari asalnya.",
            "This file is damaged or cut. Copy it again from where it came from.",
        ),
    }
}

/// Why an event is not restored, and what to do.
pub fn restore_problem(language: Language, error: &RestoreError) -> String {
    let pick = |indonesian, english| language.pick(indonesian, english).to_owned();
    match error {
        RestoreError::Backup(BackupError::NotABackup) => pick(
            "Ini bukan cadangan Pendapa, atau berkasnya terpotong. Salin lagi dari tempat asalnya, atau pakai cadangan lain.",
            "This is no backup of Pendapa, or the file is cut. Copy it again from where it came from, or use another backup.",
        ),
        RestoreError::Backup(BackupError::Newer(_)) => pick(
            "Cadangan ini dibuat oleh versi aplikasi yang lebih baru. Sambungkan jaringan dan muat ulang, lalu coba lagi.",
            "This backup was made by a newer version of the app. Connect to the network and reload, then try again.",
        ),
        RestoreError::NoEvent => pick(
            "Tidak ada kegiatan di berkas ini. Pakai cadangan lain.",
            "There is no event in this file. Use another backup.",
        ),
        RestoreError::Unprotected => pick(
            "Kegiatan ini dari versi tanpa brankas. Serahkan berkas ini ke kantor.",
            "This event is of a version without a vault. Give this file to the office.",
        ),
        RestoreError::Here => pick(
            "Kegiatan ini sudah ada di tablet ini. Pulihkan di tablet lain, atau serahkan cadangannya ke kantor.",
            "This event is on this tablet already. Restore it on another tablet, or give the backup to the office.",
        ),
        RestoreError::Taken => event_fault(language, &EventFault::Taken),
        RestoreError::SealedOff => pick(
            "Kegiatan ini sudah ditutup: hanya kantor yang dapat membuka cadangannya.",
            "This event was closed: only the office can open its backup.",
        ),
        RestoreError::Wrap(error) => work_problem(language, &WorkError::Failed(*error)),
        RestoreError::Store(error) => store_problem(language, error),
    }
}

/// Why a pack is refused, and what to do.
pub fn pack_problem(language: Language, error: &PackError) -> String {
    let pick = |indonesian, english| language.pick(indonesian, english).to_owned();
    match error {
        PackError::Newer(_) => pick(
            "Paket ini dibuat untuk versi aplikasi yang lebih baru. Sambungkan jaringan dan muat ulang, lalu coba lagi.",
            "This pack was made for a newer version of the app. Connect to the network and reload, then try again.",
        ),
        PackError::Expired { until } => fill(
            language.pick(
                "Paket ini berlaku sampai {}. Periksa tanggal tablet, atau minta paket baru dari kantor.",
                "This pack was good until {}. Check the tablet's date, or ask the office for a new pack.",
            ),
            &[&typed_date_text(*until)],
        ),
        PackError::Json { .. } | PackError::Format | PackError::Member(_) => pick(
            "Isi paket ini tidak benar. Tidak ada yang dimuat; minta paket baru dari kantor.",
            "What is in this pack is not right. Nothing was loaded; ask the office for a new pack.",
        ),
    }
}

/// What of a trial did not work, and what to do.
pub fn trial_problem(language: Language, error: &TrialError) -> String {
    match error {
        TrialError::Save(error) => save_problem(language, error),
        TrialError::Batch(error) => batch_problem(language, error),
        TrialError::Store(error) => store_problem(language, error),
        TrialError::Open(_) | TrialError::Read(_) | TrialError::Other => language
            .pick(
                "Kiriman uji tidak kembali seperti yang disimpan. Muat ulang dan coba lagi; bila tetap gagal, jangan pakai tablet ini.",
                "The trial batch did not come back as it was saved. Reload and try again; if it fails again, do not use this tablet.",
            )
            .to_owned(),
    }
}

/// Why a code or a text is not taken, and what to do.
pub fn frame_problem(language: Language, error: FrameError) -> String {
    let pick = |indonesian, english| language.pick(indonesian, english).to_owned();
    match error {
        FrameError::NoFrame => pick(
            "Ini bukan teks paket kegiatan. Salin seluruh teks dari tablet lain.",
            "This is no text of an event pack. Copy all of the text from the other tablet.",
        ),
        FrameError::Newer => pick(
            "Kode ini dibuat oleh versi aplikasi yang lebih baru. Perbarui aplikasi di tablet ini.",
            "This code was made by a newer version of the app. Update the app on this tablet.",
        ),
        FrameError::Altered => pick(
            "Sebuah kode terpotong atau salah baca. Pindai atau salin lagi.",
            "A code is cut or misread. Scan or copy it again.",
        ),
        FrameError::OtherSet => pick(
            "Kode ini dari paket lain. Mulai lagi dari satu layar saja.",
            "This code is from another pack. Begin again with one screen only.",
        ),
        FrameError::Broken => pick(
            "Kode-kode ini tidak cocok satu sama lain. Pindai semuanya lagi.",
            "These codes do not belong together. Scan all of them again.",
        ),
    }
}
