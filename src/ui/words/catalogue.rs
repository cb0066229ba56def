//! The sentences of the first part of the app. `{}` marks the place of a value.
// long because both languages of every sentence stand side by side

use super::declare::catalogue;

catalogue! {
    /// What the first screens say, in one language.
    Words {
    // Shell
    skip: "Langsung ke isi", "Skip to content";
    main_menu: "Menu utama", "Main menu";
    strip: "Keadaan tablet", "State of the tablet";
    home: "Kegiatan", "Event";
    register: "Daftarkan", "Register";
    participants: "Peserta", "People";
    hand_over: "Serahkan", "Hand over";
    settings: "Setelan", "Settings";
    tablet: "Tablet {}", "Tablet {}";
    all_saved: "Semua tersimpan", "All saved";
    all_saved_at: "Semua tersimpan {}", "All saved {}";
    saved_short: "Aman", "Saved";
    saved_short_at: "Aman {}", "Saved {}";
    not_saved: "Belum", "Unsaved";
    saving: "Menyimpan…", "Saving…";
    not_handed_over: "{} belum diserahkan", "{} not handed over";
    not_handed_over_short: "{} belum", "{} waiting";
    not_promised_short: "Tak dijamin", "Not guaranteed";
    all_handed_over: "Semua sudah diserahkan", "All handed over";
    offline_ready: "Siap bekerja luring", "Ready to work offline";
    offline_ready_short: "Luring siap", "Offline ok";
    offline_installing: "Menyiapkan kerja luring…", "Preparing to work offline…";
    offline_failed: "Belum siap luring", "Not ready offline";
    offline_short: "Luring?", "Offline?";
    space_used: "Terpakai {}", "{} used";
    space_unknown: "Ruang tidak diketahui", "Space unknown";

    // Banners
    update_waiting: "Versi baru siap. Selesaikan peserta ini dulu; formulir yang diisi tidak hilang.", "A new version is ready. Finish this person first; what is filled in is not lost.";
    update_apply: "Pakai sekarang", "Use it now";
    other_tab: "Kegiatan ini sedang dipakai di tab lain. Di sini hanya bisa melihat.", "Another tab is working on this event. Here you can only look.";
    use_here: "Pakai di sini", "Use here";
    lost: "Ada data yang hilang dari tablet ini: {} catatan dan {} kiriman pernah tersimpan tetapi tidak ada lagi. Jangan hapus apa pun; hubungi koordinator dan pakai salinan kiriman.", "Data is missing from this tablet: {} records and {} batches were saved and are no longer here. Delete nothing; tell the coordinator and use the copies of the batches.";
    damaged: "{} catatan tidak dapat dibaca. Yang lain aman. Ambil dengan halaman penyelamatan.", "{} records cannot be read. The others are safe. Take them out with the rescue page.";
    reserve_used: "Penyimpanan tablet penuh; ruang cadangan sudah dipakai. Serahkan sekarang dan kosongkan tablet.", "The tablet's storage is full; the reserve has been used. Hand over now and free some space.";
    rescue_page: "Halaman penyelamatan", "Rescue page";
    undo: "Urungkan", "Undo";
    rest_missing: "Sebagian aplikasi belum sampai", "A part of the app did not arrive";
    rest_missing_hint: "Yang diketik tetap disimpan. Sambungkan ke jaringan, lalu coba lagi.", "What was typed is kept. Connect to a network, then try again.";
    reload: "Muat ulang", "Reload";
    page_missing: "Halaman ini tidak ada.", "This page does not exist.";
    to_event: "Ke kegiatan", "To the event";
    attendance_list: "Daftar hadir", "Attendance list";
    programme_explained: "Program dijelaskan", "The programme explained";

    // Events
    new_event: "Kegiatan baru di tablet ini", "New event on this tablet";
    restore_event: "Pulihkan dari cadangan", "Restore from a backup";
    new_event_hint: "Nama, tempat, tanggal, dan huruf tablet. Selebihnya sudah diisi.", "Name, venue, date and tablet letter. The rest is filled in.";
    event_name: "Nama kegiatan", "Name of the event";
    venue: "Tempat", "Venue";
    date: "Tanggal", "Date";
    date_hint: "Hari, bulan, tahun: 24-11-2026", "Day, month, year: 24-11-2026";
    letter: "Huruf tablet ini", "Letter of this tablet";
    letter_hint: "Huruf tiap tablet harus berbeda. Huruf yang pernah dipakai di kegiatan ini jangan dipakai lagi.", "Every tablet needs a letter of its own. Never take one that was used at this event before.";
    code: "Kode kegiatan", "Event code";
    code_hint: "Awal nomor pendaftaran. Sama di semua tablet.", "Start of every number. The same on all tablets.";
    capacity: "Jumlah undangan", "People invited";
    programmes_offered: "Program yang ditawarkan", "Programmes offered";
    jkk: "Jaminan Kecelakaan Kerja", "Work accident";
    jkm: "Jaminan Kematian", "Death";
    jht: "Jaminan Hari Tua", "Old age";
    always: "Selalu", "Always";
    payer_question: "Iuran dibayar oleh", "Contributions are paid by";
    create_event: "Mulai kegiatan", "Start the event";
    sample_title: "Baru mencoba?", "Just trying?";
    sample_hint: "Kegiatan contoh siap dalam satu sentuhan. Pakai data karangan saja.", "A sample event is ready in one tap. Use made-up data only.";
    sample_open: "Buka kegiatan contoh", "Open the sample event";
    sample_name: "Kegiatan contoh: pendaftaran BPU", "Sample event: BPU enrolment";
    sample_venue: "Pendapa Kecamatan Kedopok", "Pendapa Kecamatan Kedopok";
    sample_officer: "Petugas Contoh", "Sample Officer";
    sample: "Contoh", "Sample";
    welcome: "Selamat datang di Pendapa", "Welcome to Pendapa";
    welcome_hint: "Pendaftaran peserta tanpa jaringan. Buat kegiatan untuk mulai.", "Registers people without a network. Make an event to start.";
    events: "Kegiatan di tablet ini", "Events on this tablet";
    other_events: "Ganti kegiatan", "Change event";
    event_open: "Buka", "Open";
    add_event: "Kegiatan baru", "New event";
    today: "Hari ini", "Today";
    event_code: "Kode {}", "Code {}";
    event_current: "Sedang dipakai", "In use";
    event_local: "Kegiatan ini hanya ada di tablet ini.", "This event is on this tablet only.";
    no_events: "Belum ada kegiatan", "No events yet";

    // Home
    search: "Cari", "Search";
    to_hand_over: "Belum diserahkan", "Not handed over";
    this_tablet: "Tablet ini", "This tablet";
    storage: "Penyimpanan", "Storage";
    offline: "Kerja luring", "Offline work";
    used: "Terpakai", "Used";
    promised: "Dijamin peramban", "Kept by the browser";
    not_promised: "Tidak dijamin", "Not guaranteed";
    unknown: "Tidak diketahui", "Unknown";
    reserve: "Ruang cadangan", "Reserve";
    there: "Ada", "There";
    used_up: "Terpakai, serahkan sekarang", "Used up, hand over now";
    yes_checked: "Siap, sudah diperiksa", "Ready, checked";
    not_yet: "Belum", "Not yet";
    drafts: "Draf disisihkan", "Drafts set aside";
    draft_discarded: "Draf dibuang.", "Draft discarded.";

    // Register
    new_person: "Peserta baru", "New person";
    next_number: "Nomor berikutnya", "Next number";
    steps: "Langkah", "Steps";
    step_card: "KTP", "ID card";
    step_address: "Alamat & kontak", "Address & contact";
    step_business: "Usaha & kerja", "Business & work";
    step_programme: "Program", "Programme";
    step_consent: "Persetujuan", "Consent";
    go_on: "Lanjut", "Continue";
    set_aside: "Sisihkan", "Set aside";
    set_aside_done: "Draf disisihkan. Lanjutkan dari halaman kegiatan.", "Draft set aside. Continue it from the event page.";
    save: "Simpan pendaftaran", "Save registration";
    save_correction: "Simpan pembetulan", "Save correction";
    draft_kept: "Draf tersimpan {}", "Draft kept {}";
    draft_restored: "Draf dipulihkan", "Draft restored";
    draft_restored_hint: "Isian yang belum disimpan dibuka lagi. Periksa dulu dengan pesertanya.", "What was not saved yet is open again. Check it with the person first.";
    draft_keeping: "Menyimpan draf…", "Keeping the draft…";
    draft_not_kept: "Draf belum tersimpan", "Draft not kept";
    start_over: "Mulai dari kosong", "Start empty";
    nik_hint: "16 angka, seperti di KTP. Bacakan kembali kepada peserta.", "16 digits, as on the card. Read them back to the person.";
    name_hint: "Persis seperti di KTP. Satu kata boleh.", "Exactly as on the card. One word is fine.";
    birth_hint: "Contoh: 13-05-1984", "Example: 13-05-1984";
    errors_one: "1 hal perlu dibetulkan", "1 thing needs attention";
    errors_many: "{} hal perlu dibetulkan", "{} things need attention";
    errors_hint: "Belum ada yang disimpan. Sentuh untuk membetulkan.", "Nothing was saved yet. Tap to put it right.";
    officer: "Petugas", "Officer";
    officer_hint: "Nama orang yang memegang tablet ini.", "Name of the person who holds this tablet.";
    officer_change: "ganti", "change";
    correction_reason_hint: "Contoh: salah ketik RT", "For example: RT was mistyped";
    correction_note: "Yang lama tetap tersimpan. Pembetulan menjadi revisi baru dan masuk ke kiriman berikutnya.", "What was saved stays. The correction becomes a new revision and goes into the next batch.";

    // Participants
    expected: "Daftar undangan", "Guest list";
    participants_on_tablet: "{} pendaftaran di tablet ini", "{} registrations on this tablet";
    loading: "Membaca…", "Reading…";

    // One registration
    consent: "Persetujuan", "Consent";
    revision: "Revisi {}", "Revision {}";
    correct: "Betulkan", "Correct";
    print: "Cetak", "Print";
    registration_missing: "Pendaftaran ini tidak ada di tablet ini.", "This registration is not on this tablet.";

    // Hand over
    batches: "Kiriman", "Batches";
    nothing_registered: "Belum ada pendaftaran.", "Nothing registered yet.";

    // Settings
    language: "Bahasa", "Language";
    theme: "Tema", "Theme";
    check_again: "Periksa lagi", "Check again";
    build: "Susunan", "Build";
    device: "Tanda tablet", "Tablet id";
    officer_name: "Nama petugas", "Name of the officer";

    // The vault
    show: "Tampilkan", "Show";
    hide: "Tutup", "Cover";
    back: "Kembali", "Back";
    event_passphrase: "Kata sandi kegiatan", "Event passphrase";
    recovery_key: "Kunci pemulihan", "Recovery key";
    recovery_mistyped: "Kunci pemulihan salah ketik. Periksa tiap huruf.", "The recovery key is mistyped. Check each letter.";
    recovery_card_hint: "Cetak atau tulis, dan simpan di kantor, terpisah dari tablet. Bila kata sandi hilang, hanya kunci ini yang membuka data.", "Print it or write it down, and keep it at the office, apart from the tablet. If the passphrase is lost, only this key opens the data.";
    passphrase_wrong: "Kata sandi tidak cocok.", "The passphrase does not fit.";
    passphrase_too_short: "Paling sedikit 12 huruf.", "At least 12 characters.";
    vault_newer: "Brankas ini dibuat oleh versi aplikasi yang lebih baru. Datanya aman. Sambungkan jaringan dan muat ulang.", "This vault was made by a newer version of the app. The data is safe. Connect to the network and reload.";
    pin: "PIN", "PIN";
    pin_wrong: "PIN tidak cocok. Sisa {} kali, lalu kata sandi diminta.", "The PIN does not fit. {} tries left, then the passphrase is asked.";
    pin_refused: "PIN salah lima kali. Buka dengan kata sandi.", "Five wrong PINs. Unlock with the passphrase.";
    officer_wrong: "Tulis nama petugas, huruf saja.", "Write the officer's name, letters only.";
    protect_title: "Lindungi data kegiatan ini", "Protect the data of this event";
    protect_hint: "Semua data peserta dikunci dengan kata sandi ini. Tulis di kartu kegiatan; tablet tidak menyimpannya.", "All participants' data is locked with this passphrase. Write it on the event's card; the tablet does not keep it.";
    protect_note: "Tanpa kata sandi ini data tidak terbaca, juga bila tablet hilang.", "Without this passphrase the data cannot be read, also when the tablet is lost.";
    protecting: "Menyiapkan brankas…", "Preparing the vault…";
    other_words: "Kata lain", "Other words";
    use_own: "Pakai kata sandi sendiri", "Use a passphrase of your own";
    use_words: "Pakai enam kata", "Use six words";
    own_passphrase: "Kata sandi sendiri", "Your own passphrase";
    own_passphrase_hint: "Paling sedikit 12 huruf. Beberapa kata lebih mudah diingat daripada tanda baca.", "At least 12 characters. Several words are easier to remember than punctuation.";
    written_down: "Sudah ditulis di kartu", "It is written on the card";
    written_down_hint: "Diminta lagi setiap kali aplikasi dibuka. Tidak ada yang dapat menunjukkannya lagi.", "It is asked each time the app is opened. Nothing can show it again.";
    write_it_down: "Tulis dulu kata sandinya di kartu kegiatan.", "Write the passphrase on the event's card first.";
    sealed_off_hint: "Kuncinya sudah dimusnahkan: hanya kantor yang dapat membaca datanya. Kiriman tetap dapat diserahkan dari sini.", "Its keys were destroyed: only the office can read the data. Batches can still be handed over from here.";
    lock: "Kunci", "Lock";
    lock_not_now: "Belum dikunci: masih ada yang disimpan. Coba lagi sebentar.", "Not locked: something is still being saved. Try again in a moment.";
    masked: "Data disamarkan", "Data is masked";

    // Packs
    load_pack: "Muat paket kegiatan", "Load an event pack";
    copy_event: "Salin ke tablet lain", "Copy to another tablet";
    exchange: "Tukar dengan tablet lain", "Exchange with other tablets";

    // Closing
    close_event: "Tutup kegiatan", "Close the event";

    // Pre-flight
    preflight: "Periksa tablet", "Check the tablet";

    // Stops
    refused_title: "Pendapa tidak dapat dipakai di sini", "Pendapa cannot be used here";
    try_again: "Coba lagi", "Try again";
}}
