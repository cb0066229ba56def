//! The steps of the form after the first, and what is asked of the participant.

use super::declare::catalogue;

catalogue! {
    /// The sentences of the form, in one language.
    FormWords {
    more_fields: "Isian tambahan (boleh kosong)", "More fields (optional)";
    optional: "boleh kosong", "optional";
    region_hint: "Ketik nama kabupaten atau kota, lalu pilih", "Type the regency or city, then choose";
    transport_hint: "Ojek, becak, sopir, kurir: potongan iuran berbeda", "Motorcycle taxi, pedicab, driver, courier: other discount";
    income_hint: "Penghasilan bersih pemilik sebulan, bukan omzet", "The owner's own earnings a month, not turnover";
    outside_city: "Alamat KTP di luar Kota Probolinggo", "Card address outside Kota Probolinggo";
    jht_hint: "Tabungan hari tua, boleh tidak", "Old-age savings, voluntary";
    no_phone_question: "Punya nomor HP?", "Has a mobile number?";
    has_phone: "Ya", "Yes";
    postal: "Kode pos {}", "Postal code {}";
    quick: "Isian cepat: {}", "Quick answers: {}";
    kelurahan_hint: "Dua huruf pertama, lalu pilih", "The first two letters, then choose";
    mark_signature: "Tanda tangan", "Signature";
    mark_mark: "Cap, di depan saksi", "A mark, before a witness";
    ink_sign: "Tanda tangan di sini", "Sign here";
    ink_mark: "Cap atau garis di sini, bila bisa", "A mark here, if possible";
    ink_undo: "Hapus garis terakhir", "Take the last line back";
    ink_clear: "Kosongkan", "Clear";
    ink_cleared: "Tanda tangan dikosongkan.", "The signature was cleared.";
    witness_hint: "Yang melihat peserta setuju, selain petugas", "Who saw the person agree, other than the officer";
    turn: "Hadapkan ke peserta", "Turn to the participant";
    turn_back: "Selesai, kembali ke petugas", "Done, back to the officer";
    withdraw: "Peserta menarik persetujuan", "The person takes their consent back";
    withdraw_title: "Apa yang tidak disetujui lagi?", "What do they no longer agree to?";
    withdraw_hint: "Dicatat sebagai revisi baru dan ikut dalam kiriman berikutnya. Yang sudah ada di kantor diurus kantor.", "It is recorded as a new revision and goes into the next batch. What the office has already is the office's to settle.";
    withdraw_required: "Tanpa ini pendaftaran batal", "Without it the registration is void";
    withdraw_voids: "Pendaftaran ini akan dibatalkan. Tidak dapat diurungkan; orangnya dapat didaftarkan lagi.", "This registration will be void. It cannot be undone; the person can be registered again.";
    withdraw_keep: "Tidak jadi", "Keep it";
    withdraw_confirm: "Tarik persetujuan", "Take it back";
    withdraw_reason: "Persetujuan ditarik peserta", "The person took their consent back";
    withdrawn_on: "Ditarik {}", "Taken back {}";
    withdrawn_toast: "{}: penarikan persetujuan dicatat.", "{}: noted that the consent was taken back.";
    consent_emptied: "Bahasa diganti, jadi persetujuan dikosongkan.", "Another language was chosen, so the consent was emptied.";
    }
}
