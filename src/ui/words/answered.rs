//! What is left to do once the office answered: wiping, and comparing counts. They come with
//! the rest of the app.

use super::Language;
use super::declare::catalogue;

catalogue! {
    /// The sentences about wiping and reconciliation, in one language.
    AnsweredWords {
    // Wiping
    wipe: "Hapus yang sudah diterima kantor", "Wipe what the office has";
    wipe_hint: "Yang dihapus hanya pendaftaran yang diterima kantor, {} hari setelah tanda terimanya. Nomor, jumlah, dan tanda terima tetap ada.", "Only registrations that the office accepted are wiped, {} days after their receipt. Numbers, counts and receipts stay.";
    wipe_look: "Lihat apa yang akan dihapus", "See what would be wiped";
    wipe_ready: "Dihapus sekarang", "Wiped now";
    wipe_attendance: "Dari daftar hadir", "Of the attendance list";
    wipe_attendance_stays: "Dari daftar hadir, tetap untuk sementara", "Of the attendance list, kept for now";
    wipe_batches: "Berkas kiriman yang ikut dihapus", "Batch files wiped with them";
    wipe_waiting: "Menunggu masa tenggang", "Waiting for the grace period";
    wipe_waiting_until: "{}, paling awal {}", "{}, the first {}";
    wipe_unanswered: "Belum dijawab kantor", "Not answered by the office";
    wipe_rejected: "Ditolak kantor, tetap disimpan", "Rejected by the office, kept";
    wipe_in_drafts: "Sedang dibetulkan", "Being corrected";
    wipe_nothing: "Belum ada yang dapat dihapus.", "There is nothing to wipe yet.";
    wipe_sure: "Saya sudah melihat daftarnya; hapus yang disebut dari tablet ini (pendaftaran: {}).", "I have seen the list; wipe what it names from this tablet (registrations: {}).";
    wipe_tick_first: "Centang dulu bila daftarnya benar.", "Tick this first, if the list is right.";
    wipe_deed: "Hapus dari tablet", "Wipe from the tablet";
    wiping: "Menghapus {} dari {}…", "Wiping {} of {}…";
    wiped_toast: "{} pendaftaran dihapus dari tablet. Kantor sudah punya datanya.", "Registrations wiped from the tablet: {}. The office has them.";
    wiped_rest_toast: "Yang disebut sudah dihapus dari tablet. Kantor sudah punya datanya.", "What was named is wiped from the tablet. The office has it.";
    // Reconciliation
    reconciliation: "Lembar pencocokan", "Reconciliation sheet";
    reconciliation_hint: "Untuk dicocokkan dengan hitungan di meja dan dengan kantor.", "To be compared with the count at the table and with the office.";
    first_number: "Nomor pertama", "First number";
    last_number: "Nomor terakhir", "Last number";
    saved_revisions: "Catatan disimpan", "Records saved";
    batched_count: "Catatan dalam kiriman", "Records in batches";
    attended_count: "Catatan di daftar hadir", "Entries of the attendance list";
    short_code: "Kode", "Code";
    records_column: "Catatan", "Records";
    made_column: "Dibuat", "Made";
    sheet_tablet: "Tablet {}", "Tablet {}";
    sheet_signed: "Petugas", "Officer";
    sheet_office: "Kantor", "Office";
    print_sheet: "Cetak lembar", "Print the sheet";
    }
}

impl Language {
    /// The sentences about wiping and reconciliation. Only the rest of the app may ask for them.
    pub fn answered_words(self) -> &'static AnsweredWords {
        match self {
            Language::Indonesian => &AnsweredWords::INDONESIAN,
            Language::English => &AnsweredWords::ENGLISH,
        }
    }
}
