//! What is printed, and what is asked before it.

use super::declare::catalogue;

catalogue! {
    /// The sentences of papers, in one language.
    PaperWords {
    lead: "Untuk ditandatangani di meja. Yang terdaftar di tablet ini dicetak menurut nomor, yang dibatalkan tidak.", "To be signed at the table. Whoever is registered on this tablet is printed by number, and who was voided is not.";
    personal_title: "Memuat nama orang", "It has people's names on it";
    personal: "Simpan bersama berkas kegiatan, jangan difoto, dan serahkan ke kantor. Pencetakannya dicatat.", "Keep the paper with the event's files, take no photo of it, and give it to the office. Printing it is noted.";
    registered: "Terdaftar di sini", "Registered here";
    blank_rows: "Baris kosong di bawahnya", "Empty rows below them";
    blank_hint: "Untuk yang hadir tanpa didaftarkan. 0 sampai 200.", "For those who come without being registered. 0 to 200.";
    nip: "NIP petugas (boleh kosong)", "Officer's NIP (optional)";
    nip_hint: "18 angka. Dicetak saja, tidak disimpan.", "18 digits. Only printed, kept nowhere.";
    nip_wrong: "NIP terdiri dari 18 angka.", "An NIP has 18 digits.";
    blank_wrong: "Angka dari 0 sampai 200.", "A number from 0 to 200.";
    print: "Cetak daftar hadir", "Print the attendance list";
    day: "Hari, tanggal", "Day, date";
    place: "Tempat", "Place";
    event: "Acara", "Event";
    number: "No.", "No.";
    name: "Nama", "Name";
    business: "Usaha dan kelurahan", "Business and kelurahan";
    signature: "Tanda tangan", "Signature";
    code: "Nomor pendaftaran", "Registration number";
    officer: "Petugas,", "Officer,";
    nobody: "Belum ada yang terdaftar di tablet ini. Daftar kosong tetap dapat dicetak.", "Nobody is registered on this tablet yet. An empty list can be printed all the same.";
    counts: "Hitungan per petugas dan jam", "Counts by officer and hour";
    counts_hint: "Pendaftaran yang dibuat di tablet ini, termasuk yang kemudian dibatalkan.", "Registrations made on this tablet, those that were voided later included.";
    hour: "Jam", "Hour";
    by_officer: "Petugas", "Officer";
    count: "Terdaftar", "Registered";
    slip_next: "Langkah berikutnya", "What happens next";
    slip_ask: "Pertanyaan", "Questions";
    slip_show: "Tunjukkan nomor atau kode ini bila bertanya.", "Show this number or code when you ask.";
    }
}
