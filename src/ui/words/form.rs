//! The steps of the form after the first, and what is asked of the participant.

use super::declare::catalogue;

catalogue! {
    /// The sentences of the form, in one language.
    FormWords {
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
    consent_emptied: "Bahasa diganti, jadi persetujuan dikosongkan.", "Another language was chosen, so the consent was emptied.";
    }
}
