//! The sentences of the rest of the app (docs/decisions/0008-two-parts.md): they
//! come with it. `{}` marks the place of a value.
// long because both languages of every sentence stand side by side

use super::declare::catalogue;

catalogue! {
    /// What the later screens say, in one language.
    LaterWords {
    // Shell
    storage_promised: "Penyimpanan dijamin", "Storage kept";
    storage_not_promised: "Penyimpanan tidak dijamin", "Storage not kept";

    // Home
    draft_unnamed: "Belum ada nama", "No name yet";
    draft_continue: "Lanjutkan", "Continue";
    draft_discard: "Buang", "Discard";
    is_saved: "Tersimpan", "Saved";
    is_voided: "Dibatalkan", "Voided";
    warnings_one: "1 peringatan", "1 warning";
    warnings_many: "{} peringatan", "{} warnings";
    in_batch: "Kiriman {}", "Batch {}";
    draft_set_aside_at: "Disisihkan {}", "Set aside {}";
    draft_correction: "Pembetulan", "Correction";

    // Register
    nik_says: "Dibaca dari NIK", "What the NIK says";
    nik_says_later: "Muncul setelah NIK, tanggal lahir, dan jenis kelamin diketik dari KTP.", "Appears once NIK, birth date and sex were typed from the card.";
    region: "Wilayah", "Region";
    born: "Lahir", "Born";
    age: "Umur", "Age";
    years: "{} tahun", "{} years";
    sex: "Jenis kelamin", "Sex";
    region_unknown: "Tidak dikenal", "Unknown";
    not_registered: "Belum terdaftar", "Not registered yet";
    not_registered_hint: "di kegiatan ini pada tablet ini.", "at this event on this tablet.";
    same_nik: "NIK ini sudah terdaftar", "This NIK is registered already";
    same_nik_hint: "{} atas nama {}, pukul {}. Apa yang terjadi?", "{} for {}, at {}. What happened?";
    decision_same: "Orang yang sama", "The same person";
    decision_different: "Orang lain", "Another person";
    decision_mistyped: "NIK dulu salah ketik", "NIK was mistyped before";
    decision_reason: "Keterangan", "Reason";
    decision_reason_hint: "Contoh: daftar ulang karena ganti program", "For example: registers again for another programme";
    decision_keep: "Catat keputusan", "Record the decision";
    decision_kept: "Keputusan dicatat: {}", "Decision recorded: {}";
    decision_change: "ubah", "change";
    contribution: "Iuran", "Contribution";
    contribution_later: "Muncul setelah penghasilan diisi.", "Appears once the income is filled in.";
    per_month: "/ bulan", "/ month";
    until_month: "sampai {}", "until {}";
    from_month: "mulai {}: {}", "from {}: {}";
    total_months: "Seluruhnya {} untuk {}", "{} in all for {}";
    discount: "Potongan {} % sudah dihitung ({}).", "Discount of {} % included ({}).";
    paid_by_budget: "Dibayar anggaran, peserta tidak membayar.", "Paid from the budget; the person pays nothing.";
    warning_confirm: "benarkan sesuai KTP", "confirm as on the card";
    warning_confirm_plain: "benarkan", "confirm it";
    warning_check: "Periksa KTP; bila memang tertulis begitu,", "Check the card; if it says so,";
    warning_check_plain: "Periksa lagi; bila memang begitu,", "Check again; if it is so,";
    warning_confirmed: "Dibenarkan petugas", "Confirmed by the officer";
    readback: "Bacakan kembali", "Read back";
    readback_hint: "Hadapkan layar ke peserta dan bacakan pelan-pelan.", "Turn the tablet to the person and read slowly.";
    consent_agrees: "Peserta menyetujui", "The person agrees to";
    consent_required: "Wajib untuk mendaftar", "Needed to register";
    consent_optional: "Boleh tidak", "May be declined";
    consent_version: "Versi teks {}", "Text version {}";

    // Saved
    saved_proven: "Tersimpan, dan sudah dibaca ulang dari tablet ini", "Saved, and read back from this tablet";
    next_person: "Peserta berikutnya", "Next person";
    enter_too: "Enter juga bisa", "Enter works too";
    print_slip: "Cetak bukti", "Print slip";
    see: "Lihat", "Show";
    slip_title: "Bukti pendaftaran peserta", "Registration slip";
    slip_note: "Bukti ini belum berarti kepesertaan aktif. Peserta aktif setelah BPJS Ketenagakerjaan menerima data dan iuran dibayar.", "This slip does not mean that the membership is active. It is once BPJS Ketenagakerjaan has the data and the contribution is paid.";
    slip_recorded: "Dicatat", "Recorded";
    months_from: "{} bulan mulai {}", "{} months from {}";

    // Participants
    search_hint: "Cari nama, NIK, usaha, atau nomor", "Search name, NIK, business or number";
    search_short: "Nama, NIK, usaha, nomor", "Name, NIK, business, number";
    shown_of: "{} dari {} ditampilkan", "{} of {} shown";
    show_more: "Tampilkan lagi", "Show more";
    none_found: "Tidak ada yang cocok", "Nothing matches";
    none_found_hint: "Coba sebagian nama, empat angka terakhir NIK, atau nomor urut.", "Try part of the name, the last four digits of the NIK, or the number.";
    search_clear: "Hapus pencarian", "Clear the search";

    // One registration
    recorded: "Tercatat {} · {}", "Recorded {} · {}";
    programme: "Program", "Programme";
    history: "Riwayat", "History";
    history_registered: "Didaftarkan", "Registered";
    history_corrected: "Dibetulkan", "Corrected";
    history_voided: "Dibatalkan", "Voided";
    void: "Batalkan pendaftaran", "Void the registration";
    void_title: "Batalkan pendaftaran ini?", "Void this registration?";
    void_hint: "Nomornya tetap ada dan tercatat batal, dengan alasannya. Tidak dapat diurungkan; orangnya dapat didaftarkan lagi.", "The number stays and is recorded as void, with the reason. It cannot be undone; the person can be registered again.";
    void_reason: "Alasan", "Reason";
    void_confirm: "Batalkan pendaftaran", "Void it";
    void_keep: "Jangan batalkan", "Keep it";
    void_reason_missing: "Tulis alasannya dulu.", "Write the reason first.";
    duplicates: "NIK sama", "Same NIK";
    participant_signature: "Peserta", "Participant";
    yes: "Ya", "Yes";
    no: "Tidak", "No";
    registration_missing_hint: "Alamatnya mungkin salah, atau pendaftarannya ada di tablet lain.", "The address may be wrong, or the registration is on another tablet.";
    not_filled: "Tidak diisi", "Not filled in";
    rt_rw: "RT/RW", "RT/RW";
    kecamatan: "Kecamatan", "Kecamatan";
    outside: "Di luar kota", "Outside the city";
    period: "Masa", "Period";
    period_from: "{} mulai {}", "{} from {}";
    month_to_month: "{} sampai {}", "{} to {}";
    total: "Seluruhnya", "In all";
    discount_label: "Potongan", "Discount";
    discount_percent: "{} % ({})", "{} % ({})";
    consent_text: "Teks", "Text";
    revision_damaged: "Revisi ini tidak dapat dibaca.", "This revision cannot be read.";
    voided_because: "Pendaftaran ini dibatalkan", "This registration is void";
    voided_toast: "{} dibatalkan.", "{} is void.";

    // Hand over
    hand_over_hint: "Kiriman tidak berubah setelah dibuat. Boleh disimpan berkali-kali; isinya selalu sama.", "A batch does not change once it is made. Save it as often as you like; it is always the same.";
    make_batch: "Buat kiriman {} ({} catatan)", "Make batch {} ({} records)";
    making_batch: "Membuat kiriman…", "Making the batch…";
    batch_made: "Kiriman {} dibuat dan sudah dibaca ulang.", "Batch {} was made and read back.";
    batch_made_audit_damaged: "Kiriman {} dibuat, tetapi sebagian catatan pemeriksaan rusak dan tertinggal di tablet.", "Batch {} was made, but a part of the audit log is damaged and stays on the tablet.";
    batch_not_noted: "Berkasnya sudah diberikan ke peramban, tetapi tablet terlalu penuh untuk mencatatnya di sini. Kosongkan tablet, lalu simpan sekali lagi.", "The file was given to the browser, but the tablet is too full to note it here. Free some space, then save it once more.";
    batch_not_opened: "Kiriman ini tidak dapat dibuka di sini sekarang. Tutup aplikasi lain, lalu coba lagi.", "This batch cannot be opened here now. Close other apps, then try again.";
    unlock_to_batch: "Buka brankas dulu untuk membuat kiriman.", "Unlock the vault first to make a batch.";
    batch: "Kiriman {}", "Batch {}";
    no_batches: "Belum ada kiriman", "No batches yet";
    no_batches_hint: "Kiriman memuat semua pendaftaran yang belum diserahkan, dalam satu berkas.", "A batch holds every registration that is not handed over yet, in one file.";
    batch_new: "Belum disalin", "Not copied yet";
    batch_saved_file: "Belum dipastikan", "Not confirmed";
    batch_confirmed: "Sudah disalin", "Copied";
    batch_save: "Simpan berkas", "Save file";
    batch_share: "Bagikan", "Share";
    batch_csv: "CSV", "CSV";
    batch_confirm: "Sudah tersalin", "It is copied";
    batch_confirm_hint: "Sentuh “Sudah tersalin” hanya bila berkasnya sudah ada di komputer kantor.", "Tap “It is copied” only when the file is on the office's computer.";
    batch_unconfirm: "Belum tersalin", "Not copied after all";
    batch_confirmed_toast: "Kiriman {} ditandai sudah disalin.", "Batch {} is marked as copied.";
    batch_saved_toast: "Berkas kiriman {} diberikan ke peramban. Periksa di folder unduhan.", "The file of batch {} was given to the browser. Check the downloads folder.";
    csv_saved_toast: "CSV kiriman {} diberikan ke peramban. Periksa di folder unduhan.", "The CSV of batch {} was given to the browser. Check the downloads folder.";
    plain_title: "Berkas kiriman dapat dibaca siapa saja", "Anybody can read a batch file";
    plain_hint: "Isinya data pribadi yang belum dikunci. Simpan hanya di tempat milik kantor, dan hapus dari tempat lain.", "It holds personal data that is not locked yet. Keep it only where the office keeps its own, and delete it elsewhere.";
    make_batch_later: "Buat kiriman {}", "Make batch {}";
    make_batch_one: "Buat kiriman {} (1 catatan)", "Make batch {} (1 record)";
    record_one: "1 catatan", "1 record";
    not_in_batch_one: "1 catatan belum masuk kiriman.", "1 record is in no batch yet.";
    not_in_batch: "{} catatan belum masuk kiriman.", "{} records are in no batch yet.";
    batch_shared: "Dibagikan, belum pasti", "Shared, not confirmed";
    batch_new_hint: "Simpan berkasnya, lalu salin ke komputer kantor.", "Save the file, then copy it to the office.";
    batch_confirmed_at: "Dipastikan {}.", "Confirmed {}.";
    file_refused: "Peramban menolak berkasnya ({}). Kirimannya tetap aman di tablet ini; coba lagi.", "The browser refused the file ({}). The batch is safe on this tablet; try again.";

    // Settings
    theme_auto: "Ikut tablet", "As the tablet";
    theme_light: "Terang", "Light";
    theme_dark: "Gelap", "Dark";
    theme_sunlight: "Terik matahari", "Sunlight";
    persistence_hint: "Peramban boleh menghapus data aplikasi bila ruang tablet habis, kecuali ia berjanji tidak melakukannya.", "A browser may delete the app's data when the tablet runs out of space, unless it promised not to.";
    ask_persistence: "Minta jaminan", "Ask for the promise";
    asked_denied: "Peramban menolak. Pasang aplikasinya di layar utama, lalu minta lagi.", "The browser refused. Install the app on the home screen, then ask again.";
    install: "Pasang di tablet", "Install on the tablet";
    install_hint: "Dipasang di layar utama, aplikasi terbuka tanpa jaringan dan datanya lebih aman.", "Installed on the home screen, the app opens without a network and its data is safer.";
    install_now: "Pasang", "Install";
    installed: "Sudah dipasang", "Installed";
    install_menu: "Buka menu peramban dan pilih “Pasang aplikasi” atau “Tambahkan ke layar utama”.", "Open the browser's menu and choose “Install app” or “Add to home screen”.";
    install_ipad: "Di iPad: buka di Safari, sentuh tombol Bagikan, pilih “Tambah ke Layar Utama”, lalu buka Pendapa dari layar utama.", "On an iPad: open in Safari, tap Share, choose “Add to Home Screen”, then open Pendapa from the home screen.";
    about: "Tentang", "About";
    version: "Versi", "Version";
    rates: "Tarif iuran", "Rates";
    rescue_open: "Buka halaman penyelamatan", "Open the rescue page";
    persistence_unknown_hint: "Peramban ini tidak mengenal jaminan penyimpanan. Serahkan lebih sering.", "This browser has no such promise. Hand over more often.";
    rates_from: "{}, mulai {}", "{}, from {}";
    discount_of: "Potongan {} %", "{} % discount";
    discount_when: "{}: {}, {} sampai {}", "{}: {}, {} to {}";
    discount_not_for: "; tidak untuk {}", "; not for {}";
    work_transport: "kerja transportasi", "transport work";
    work_other: "kerja lain", "other work";
    work_all: "semua kerja", "all work";
    licences: "Lisensi", "Licences";
    licences_text: "Pendapa: MIT atau Apache-2.0. Huruf Plus Jakarta Sans: OFL 1.1. Ikon Lucide: ISC dan MIT.", "Pendapa: MIT or Apache-2.0. Plus Jakarta Sans typeface: OFL 1.1. Lucide icons: ISC and MIT.";

    // The vault
    passphrase: "Kata sandi kegiatan", "Event passphrase";
    locked_title: "Brankas terkunci", "The vault is locked";
    locked_hint: "Ketik kata sandi kegiatan dari kartunya. Tanpa itu tidak seorang pun dapat membaca data di tablet ini.", "Type the event passphrase from its card. Without it nobody can read the data on this tablet.";
    sample_passphrase: "Kata sandi kegiatan contoh:", "Passphrase of the sample event:";
    unlock: "Buka", "Unlock";
    unlocking: "Membuka…", "Unlocking…";
    use_recovery: "Lupa? Pakai kunci pemulihan", "Forgotten? Use the recovery key";
    use_passphrase: "Pakai kata sandi", "Use the passphrase";
    recovery_hint: "Delapan kelompok empat huruf dan dua huruf di akhir, dari kertas yang dicetak waktu kegiatan dibuat.", "Eight groups of four letters and two at the end, from the paper that was printed when the event was made.";
    new_passphrase: "Kata sandi baru", "New passphrase";
    hand_over_locked: "Serahkan kiriman yang sudah jadi", "Hand over batches that are made";
    covered_title: "Layar terkunci", "The screen is locked";
    covered_hint: "Ketik PIN untuk melanjutkan. Yang sedang diisi tidak hilang.", "Type the PIN to go on. What was being filled in is not lost.";
    pin_too_short: "PIN terdiri dari 4 sampai 8 angka.", "A PIN has 4 to 8 digits.";
    pin_fold: "Pasang PIN cepat untuk layar", "Set a quick PIN for the screen";
    new_pin: "PIN cepat (boleh kosong)", "Quick PIN (optional)";
    new_pin_hint: "4 sampai 8 angka, untuk membuka layar yang terkunci sendiri. Setelah muat ulang kata sandi diminta lagi.", "4 to 8 digits, to open a screen that locked itself. After a reload the passphrase is asked again.";
    pin_kept: "PIN sudah ada. Isi hanya untuk menggantinya.", "There is a PIN. Fill in only to change it.";
    who_title: "Siapa yang bertugas?", "Who is at work?";
    who_hint: "Namanya tercatat di setiap pendaftaran dan di catatan pemeriksaan.", "The name is recorded with every registration and in the audit log.";
    other_officer: "Petugas lain", "Another officer";
    start_work: "Mulai bertugas", "Start work";
    protect_old_title: "Lindungi kegiatan yang sudah ada", "Protect the event that is here";
    protect_old_hint: "Kegiatan ini dibuat sebelum ada brankas, dan datanya belum dikunci. Pilih kata sandi; semua data yang ada akan dikunci sekarang.", "This event was made before there was a vault, and its data is not locked. Choose a passphrase; all data that is here will be locked now.";
    protect_old: "Kunci semua data", "Lock all data";
    sealed_off_title: "Kegiatan sudah ditutup", "The event is closed";
    sealed_off_next: "Serahkan semua kiriman, lalu tunggu tanda terima kantor.", "Hand over every batch, then wait for the office's receipt.";
    lock_card: "Kunci layar", "Screen lock";
    lock_now: "Kunci sekarang", "Lock now";
    lock_idle: "Kunci bila tidak disentuh", "Lock when nobody touches it";
    lock_hidden: "Kunci bila aplikasi lain dibuka", "Lock when another app is opened";
    minutes: "{} menit", "{} min";
    seconds: "{} detik", "{} s";
    pin_set: "PIN dipakai untuk membuka layar.", "The PIN opens the screen.";
    pin_none: "Belum ada PIN: layar terkunci dibuka dengan kata sandi.", "No PIN: a locked screen is opened with the passphrase.";
    pin_remove: "Hapus PIN", "Remove the PIN";
    pin_change: "Ganti petugas atau PIN", "Change officer or PIN";
    masked_hint: "Menampilkannya tercatat atas nama {}.", "Showing it is recorded under the name of {}.";
    reveal: "Tampilkan data", "Show the data";

    // Packs
    load_pack_hint: "Dari kantor, atau dari tablet lain di kegiatan yang sama.", "From the office, or from another tablet at the same event.";
    pack_file: "Pilih berkas paket", "Choose the pack file";
    pack_file_hint: "Namanya berakhir .pack.age. Boleh juga diseret ke halaman ini.", "Its name ends in .pack.age. It can also be dragged onto this page.";
    pack_no_pack: "Ini bukan paket kegiatan. Pilih berkas yang namanya berakhir .pack.age.", "This is no event pack. Choose the file whose name ends in .pack.age.";
    pack_unreadable: "Berkas tidak dapat dibaca ({}). Coba salin lagi ke tablet ini.", "The file cannot be read ({}). Copy it to this tablet again.";
    pack_passphrase_hint: "Dari kartu kegiatan. Dengan kata sandi yang sama brankas di tablet ini dibuka nanti.", "From the event's card. The same passphrase opens the vault on this tablet later.";
    pack_office: "Kunci kantor", "Office key";
    pack_no_office: "Tanpa kunci kantor", "Without an office key";
    pack_no_office_hint: "Kiriman tidak disegel: siapa pun yang memegang berkasnya dapat membacanya.", "Batches are not sealed: whoever holds the file can read it.";
    pack_good_until: "Berlaku sampai", "Good until";
    pack_earlier: "Orang dari kegiatan sebelumnya", "People of earlier events";
    pack_here: "Kegiatan ini sudah ada di tablet ini. Buka dari daftar kegiatan.", "This event is on this tablet already. Open it from the list of events.";
    pack_not_sealed: "Kunci tidak dapat disegel untuk kantor, jadi tidak ada yang dimuat. Tutup aplikasi lain, lalu coba lagi; bila tetap gagal, minta paket baru.", "The key could not be sealed to the office, so nothing was loaded. Close other apps and try again; if it fails again, ask for a new pack.";
    choose_officer: "Pilih nama", "Choose a name";
    join_event: "Pakai di tablet ini", "Use on this tablet";
    copy_event_hint: "Semua tablet lalu bekerja di kegiatan yang sama, dengan kode dan kata sandi yang sama.", "All tablets then work at the same event, with the same code and passphrase.";
    copy_passphrase_hint: "Salinannya dikunci dengan kata sandi kegiatan.", "The copy is locked with the event passphrase.";
    make_copy: "Buat salinan", "Make the copy";
    making_copy: "Menyalin…", "Copying…";
    copy_file: "Sebagai berkas", "As a file";
    copy_file_hint: "Pindahkan berkas ini ke tablet lain dan buka di sana dengan “Muat paket kegiatan”. Tiap tablet memakai huruf sendiri.", "Move this file to the other tablet and open it there with “Load an event pack”. Each tablet takes a letter of its own.";
    copy_offices: "Paketnya dari kantor", "The pack is the office's";
    copy_offices_hint: "Muat berkas paket yang sama di tablet lain.", "Load the same pack file on the other tablet.";

    // Closing
    closing: "Menutup…", "Closing…";
    close_hint: "Kiriman terakhir dibuat, lalu tidak ada yang dapat didaftarkan lagi di sini.", "The last batch is made; then nobody can be registered here any more.";
    close_registered: "Nomor yang diberikan", "Numbers issued";
    close_voided: "Dibatalkan", "Voided";
    close_batches: "Kiriman", "Batches";
    close_waiting: "Catatan untuk kiriman terakhir", "Records for the last batch";
    close_drafts: "Masih ada draf yang terbuka. Selesaikan atau hapus dulu.", "Drafts are still open. Finish or delete them first.";
    close_destroys: "Kunci di tablet ini dimusnahkan", "The keys on this tablet are destroyed";
    close_destroys_hint: "Sesudah ini hanya kantor yang dapat membaca datanya, juga dengan kata sandi yang benar. Kiriman tetap dapat diserahkan dari sini. Cadangan lama dan sisa data di memori tablet tidak ikut musnah.", "After this only the office can read the data, even with the right passphrase. Batches can still be handed over from here. Old backups and remains in the tablet's memory are not destroyed with them.";
    close_keeps: "Tanpa kunci kantor tidak ada kunci yang dimusnahkan", "Without an office key no key is destroyed";
    close_keeps_hint: "Hanya pendaftaran yang berakhir. Data tetap terbuka dengan kata sandi.", "Only registering ends. The data still opens with the passphrase.";
    close_sure: "Acara selesai, tidak ada peserta lagi", "The event is over, nobody else comes";
    close_sure_hint: "Semua petugas di tablet ini sudah selesai.", "Everybody who worked at this tablet is done.";
    close_tick_first: "Centang dulu.", "Tick this first.";
    close_once: "Tidak dapat diurungkan.", "It cannot be undone.";
    closed_toast: "Kegiatan ditutup. Serahkan kiriman {} dan yang sebelumnya.", "The event is closed. Hand over batch {} and those before it.";

    // Pre-flight
    preflight_hint: "Sebelum berangkat ke tempat acara, selagi ada jaringan.", "Before leaving for the venue, while there is a network.";
    preflight_good: "Tablet siap dipakai.", "The tablet is ready.";
    preflight_warn: "Tablet dapat dipakai, dengan {} peringatan.", "The tablet can be used, with {} warnings.";
    preflight_bad: "{} hal harus dibereskan dulu.", "{} things must be put right first.";
    preflight_open: "Jalankan uji coba untuk melengkapi pemeriksaan.", "Run the trial to complete the check.";
    check_good: "Baik", "Good";
    check_warn: "Perhatikan", "Mind";
    check_bad: "Bereskan", "Put right";
    check_open: "Belum", "Not yet";
    check_offline_hint: "Biarkan aplikasi terbuka dengan jaringan sampai siap; bila gagal, muat ulang.", "Leave the app open with a network until it is ready; if it fails, reload.";
    check_room: "Ruang", "Room";
    check_room_good: "Cukup untuk cadangan dan catatan uji", "Enough for the reserve and a trial record";
    check_clock: "Jam", "Clock";
    check_clock_hint: "Jam tablet salah. Betulkan di setelan tablet.", "The tablet's clock is wrong. Put it right in the tablet's settings.";
    check_clock_not_today: "Kegiatan ini bukan hari ini. Bila tanggal tablet benar, tidak apa-apa.", "The event is not today. If the tablet's date is right, this is fine.";
    check_camera: "Kamera", "Camera";
    check_camera_none: "Tidak ditemukan", "None found";
    check_camera_hint: "Tanpa kamera paket dimuat dari berkas atau dari teks.", "Without a camera packs are loaded from a file or as text.";
    check_office_key: "Berakhir dengan {}; cocokkan dengan kantor", "Ends in {}; compare it with the office";
    check_trial: "Uji simpan dan serah", "Trial save and hand-over";
    check_trial_good: "Disimpan, dijadikan kiriman, dibuka, dibaca ulang, dan dihapus", "Saved, made a batch, opened, read back, and removed";
    check_trial_bad: "Gagal", "Failed";
    check_trial_hint: "Jangan pakai tablet ini sebelum uji cobanya berhasil.", "Do not use this tablet before the trial succeeds.";
    check_trial_open: "Belum dijalankan", "Not run yet";
    check_trial_start: "Sentuh “Jalankan uji coba”.", "Tap “Run the trial”.";
    trial_start: "Jalankan uji coba", "Run the trial";
    trial_running: "Menguji…", "Trying…";
    tablet_card_hint: "Kunci umum tablet ini untuk kegiatan ini. Cetak atau catat untuk kantor, supaya kirimannya dikenali.", "This tablet's public key for this event. Print it or write it down for the office, so that its batches are recognised.";

    // QR codes on the screen and before the camera
    code_of: "Kode {} dari {}", "Code {} of {}";
    code_previous: "Kode sebelumnya", "Previous code";
    code_next: "Kode berikutnya", "Next code";
    scanner_picture: "Gambar kamera", "Picture of the camera";
    scanner_opening: "Membuka kamera…", "Opening the camera…";
    scanner_hint: "Arahkan kamera ke kode di layar lain, sampai kode memenuhi bingkai. Urutannya bebas.", "Point the camera at the code on the other screen, until the code fills the frame. Any order will do.";
    scanner_stop: "Tutup kamera", "Close the camera";
    // Packs as codes
    copy_frames: "Untuk kamera tablet lain", "For the other tablet's camera";
    copy_frames_hint: "Buka “Muat paket kegiatan” di tablet lain dan pindai semua kode, dalam urutan apa pun.", "Open “Load an event pack” on the other tablet and scan every code, in any order.";
    copy_text: "Sebagai teks", "As a text";
    copy_too_large: "Salinan ini terlalu besar untuk kode; pakai berkasnya.", "This copy is too large for codes; use the file.";
    pack_codes: "Dari layar tablet lain", "From another tablet's screen";
    pack_codes_hint: "Di tablet lain: “Salin ke tablet lain”. Kode dipindai dengan kamera.", "On the other tablet: “Copy to another tablet”. The codes are scanned with the camera.";
    scan_codes: "Pindai kode", "Scan the codes";
    frames_have: "{} dari {} kode sudah terbaca", "{} of {} codes read";
    frames_missing: "Baru {} dari {} kode ada di teks ini. Salin semuanya.", "Only {} of {} codes are in this text. Copy all of it.";
    paste_text: "Tempel teksnya", "Paste the text";
    take_text: "Pakai teks ini", "Use this text";

    // Backups
    backup: "Cadangan", "Backup";
    backup_hint: "Seluruh kegiatan dalam satu berkas tersegel. Bila tablet ini rusak atau hilang, tablet lain melanjutkan dengan berkas itu dan kata sandi kegiatan.", "The whole event in one sealed file. If this tablet breaks or is lost, another one goes on with that file and the event passphrase.";
    backup_none: "Belum ada", "None yet";
    backup_waiting: "{} belum dicadangkan", "{} in no backup";
    backup_all: "Semua dicadangkan", "All backed up";
    backup_last: "Terakhir {}:", "Last one {}:";
    backup_save: "Simpan cadangan", "Save a backup";
    backup_saved: "Cadangan dibuat. Simpan di luar tablet ini.", "The backup was made. Keep it off this tablet.";
    backup_folder: "Pilih folder…", "Choose a folder…";
    backup_folder_hint: "Dengan folder di kartu memori atau USB, cadangan ditulis sendiri setiap {} catatan.", "With a folder on a memory card or USB stick, a backup is written by itself every {} records.";
    backup_folder_on: "Ditulis sendiri ke folder “{}” setiap {} catatan, sampai aplikasi ditutup.", "Written to the folder “{}” by itself every {} records, until the app is closed.";
    backup_folder_now: "Tulis sekarang", "Write one now";
    backup_folder_stop: "Jangan lagi", "Stop it";
    backup_folder_written: "Cadangan ditulis ke folder “{}” dan dibaca ulang.", "The backup was written to the folder “{}” and read back.";
    backup_folder_failed: "Cadangan tidak dapat ditulis ke folder ({}). Pasang lagi kartu atau USB-nya, lalu pilih foldernya sekali lagi.", "The backup cannot be written to the folder ({}). Put the card or stick back in, then choose the folder once more.";
    backup_due: "Saatnya membuat cadangan", "A backup is due";
    backup_due_hint: "{} catatan belum ada di cadangan.", "{} records are in no backup yet.";
    backup_make: "Ke cadangan", "To the backup";
    // An event from a backup
    restore_hint: "Kegiatan dari tablet yang rusak, hilang, atau penuh dilanjutkan di sini, dengan huruf tablet ini sendiri.", "The event of a tablet that broke, was lost or is full goes on here, under this tablet's own letter.";
    restore_file: "Pilih berkas cadangan", "Choose the backup";
    restore_file_hint: "Namanya pendapa-…-backup-….json, atau pendapa-rescue-….json dari halaman penyelamatan. Boleh juga ditarik ke halaman ini.", "Its name is pendapa-…-backup-….json, or pendapa-rescue-….json from the rescue page. It can be dragged onto this page as well.";
    restore_which: "Kegiatan yang mana?", "Which event?";
    restore_from: "Dari tablet", "From tablet";
    restore_registered: "Terdaftar", "Registered";
    restore_letter_hint: "Huruf yang belum dipakai di kegiatan ini, juga bukan huruf tablet asalnya.", "A letter not used at this event yet, and not the other tablet's either.";
    restore_deed: "Lanjutkan di tablet ini", "Go on on this tablet";
    restoring: "Memulihkan…", "Restoring…";
    restored_toast: "{} nomor dipulihkan. Nomor berikutnya memakai huruf {}.", "{} numbers were restored. The next one has the letter {}.";
    restored_damaged: "{} nomor dipulihkan; {} baris rusak di cadangan. Ambil juga cadangan lain bila ada.", "{} numbers were restored; {} rows are damaged in the backup. Keep other backups if there are any.";
    close_backups: "Cadangan sebelumnya", "Earlier backups";
    close_backups_saved: "Ini masih dapat dibuka dengan kata sandi kegiatan. Hapus di tempat menyimpannya setelah kegiatan ditutup: {}.", "These still open with the event passphrase. Delete them where you keep them once the event is closed: {}.";
    close_backups_folder: "Yang di folder “{}” diganti dengan satu cadangan yang hanya dapat dibuka kantor.", "Those in the folder “{}” are replaced by one that only the office can open.";
    closed_backups_left: "Kegiatan ditutup, tetapi cadangan lama di folder tidak diganti. {} Hapus sendiri: {}.", "The event is closed, but the earlier backups in the folder were not replaced. {} Delete them yourself: {}.";
}}
