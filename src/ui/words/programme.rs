//! The sentences of the page that explains the programme: short, and meant to be read aloud. They
//! come with the rest of the app (docs/decisions/0008-two-parts.md). `{}` marks the place of a
//! value; every amount, date and age is such a value, from the rules and the benefit tables.

use super::declare::catalogue;

catalogue! {
    /// What the page of the programme says, in one language.
    ProgrammeWords {
    lead: "Apa yang ditanggung, berapa iurannya, dan cara mendaftar. Untuk dibacakan di depan orang banyak atau di meja.", "What is covered, what it costs and how to register. To be read to the hall or at the table.";

    // The talk
    start_talk: "Tayangkan satu per satu", "Show one by one";
    print: "Cetak", "Print";
    next: "Lanjut", "Next";
    previous: "Sebelumnya", "Back";
    end_talk: "Selesai", "Finish";
    place: "{} dari {}: {}", "{} of {}: {}";

    // All three
    all: "BPJS Ketenagakerjaan", "BPJS Ketenagakerjaan";
    all_title: "Tiga perlindungan untuk orang yang bekerja sendiri", "Three kinds of protection for people who work for themselves";
    all_jkk: "Kalau celaka saat bekerja", "If you are hurt at work";
    all_jkm: "Kalau meninggal dunia", "If you die";
    all_jht: "Tabungan untuk hari tua", "Savings for old age";
    all_pair: "JKK dan JKM selalu bersama. JHT boleh ikut, boleh tidak. Ini bukan BPJS Kesehatan.", "JKK and JKM always go together. JHT is up to you. This is not the health insurance (BPJS Kesehatan).";

    // JKK
    jkk: "JKK · Jaminan Kecelakaan Kerja", "JKK · Work accident";
    accident_title: "Kalau celaka saat bekerja", "If you are hurt at work";
    accident_treatment: "Biaya berobat ditanggung, sesuai kebutuhan medis.", "Treatment is paid for, as is medically needed.";
    accident_income: "Selama belum bisa bekerja, penghasilan diganti: {} persen selama {} bulan, sesudah itu {} persen.", "While you cannot work, your income is replaced: {} percent for {} months, then {} percent.";
    accident_transport: "Ongkos ke rumah sakit diganti: lewat darat sampai {}, lewat laut sampai {}, lewat udara sampai {}.", "The way to hospital is paid for: by land up to {}, by sea up to {}, by air up to {}.";
    accident_reckoned: "Dihitung dari penghasilan yang didaftarkan.", "Reckoned from the income that was declared.";

    accident_death_title: "Kalau kecelakaan kerja membuat meninggal atau cacat total", "If an accident at work kills or disables for life";
    accident_death: "untuk keluarga, kalau meninggal", "for the family after a death";
    from_amount: "mulai {}", "from {}";
    up_to_amount: "sampai {}", "up to {}";
    disability: "kalau cacat total dan tidak bisa bekerja lagi", "if you can never work again";
    scholarship: "beasiswa, paling banyak untuk {} anak", "in scholarships, for {} children at most";
    ask_amount: "Jumlahnya mengikuti penghasilan yang didaftarkan. Yang pasti: tanyakan ke BPJS.", "How much depends on the income that was declared. For the exact sum, ask BPJS.";

    // JKM
    jkm: "JKM · Jaminan Kematian", "JKM · Death";
    death_title: "Kalau meninggal bukan karena kecelakaan kerja", "If you die, and not of an accident at work";
    death_family: "untuk keluarga yang ditinggalkan", "for the family that is left";
    death_parts: "Santunan {}, santunan berkala {}, dan biaya pemakaman {}.", "A lump sum of {}, a periodic payment of {} and {} for the burial.";
    death_scholarship: "Kalau sudah {} tahun membayar iuran: ada beasiswa, paling banyak untuk {} anak.", "After {} years of contributions there are scholarships too, for {} children at most.";

    // JHT
    jht: "JHT · Jaminan Hari Tua", "JHT · Old age";
    savings_title: "Tabungan untuk hari tua", "Savings for old age";
    savings_own: "Iuran JHT adalah tabungan Anda sendiri. Uangnya kembali, ditambah hasil pengembangannya.", "What you pay for JHT is your own savings. It comes back with what it earned.";
    savings_when: "Dibayarkan saat umur {} tahun, cacat total tetap, atau meninggal dunia.", "It is paid out at the age of {}, on disability for life, or after death.";
    savings_earlier: "Ingin mengambil lebih awal? Tanyakan dulu syaratnya ke BPJS.", "Do you want it earlier? Ask BPJS first on what terms.";
    savings_choice: "Boleh ikut, boleh tidak. Kalau mempunyai pekerja, tanyakan ke BPJS: mungkin wajib.", "It is up to you. If you have workers, ask BPJS: it may be compulsory.";

    // Contributions
    cost: "Iuran", "Contribution";
    cost_title: "Berapa iurannya?", "What does it cost?";
    cost_least: "JKK + JKM, dibayar sendiri, penghasilan di bawah {} sebulan", "JKK + JKM, paid by yourself, with an income below {} a month";
    cost_grows: "Makin besar penghasilan yang didaftarkan, makin besar iuran dan penggantinya.", "The more income is declared, the more it costs, and the more is replaced.";
    cost_periods: "Boleh dibayar sekaligus untuk {} bulan.", "It can be paid for {} months at once.";
    or: "atau", "or";

    discount: "Potongan iuran", "Discount";
    discount_title: "Iuran sedang dipotong", "Contributions are cut for a time";
    percent: "{} persen", "{} percent";
    discount_open: "dari iuran {}, untuk {}: bulan {} sampai {}", "off {}, for {}: the months from {} to {}";
    discount_same: "Manfaatnya tetap sama.", "The benefits stay the same.";
    discount_not_budget: "Tidak ada potongan kalau iuran dibayar anggaran pemerintah.", "There is no discount where a public budget pays.";

    // What somebody pays
    from_person: "dari peserta", "from the person";
    budget_pays: "Anggaran pemerintah membayar {} sebulan, seluruhnya {} untuk {}. Tanpa potongan.", "The public budget pays {} a month, {} in all for {}. No discount.";
    and_then: ", lalu ", ", then ";
    discount_taken: "Sudah dipotong {} persen, untuk iuran {} sampai {} ({}).", "With {} percent off, for the months from {} to {} ({}).";
    discount_none: "Tanpa potongan pada bulan-bulan ini.", "No discount in these months.";
    other_pays: "Dibayar pihak lain.", "Somebody else pays.";
    no_rates: "Tarif bulan itu tidak ada di tablet ini. Tanyakan ke BPJS.", "This tablet has no rates for that month. Ask BPJS.";

    // Examples, of made-up people
    example: "Contoh {} · orang karangan", "Example {} · a made-up person";
    snacks_title: "Bu Sri, penjual jajanan", "Sri, who sells snacks";
    snacks: "Penghasilannya {} sebulan. Iuran JKK + JKM dibayar pemerintah kota untuk {}.", "She earns {} a month. The city pays her JKK + JKM for {}.";
    rider_title: "Pak Rahmat, tukang ojek", "Rahmat, a motorcycle-taxi driver";
    rider: "Penghasilannya {} sebulan. JKK + JKM ia bayar sendiri untuk {}.", "He earns {} a month. He pays JKK + JKM himself for {}.";
    tailor_title: "Bu Yanti, penjahit", "Yanti, a tailor";
    tailor: "Penghasilannya {} sebulan. JKK + JKM + JHT ia bayar sendiri untuk {}.", "She earns {} a month. She pays JKK + JKM + JHT herself for {}.";

    // How to register
    join: "Mendaftar", "Registering";
    join_title: "Cara mendaftar hari ini", "How to register today";
    join_card: "Bawa KTP ke meja petugas. Umur harus di bawah {} tahun.", "Bring your identity card (KTP) to the table. You must be younger than {}.";
    join_card_plain: "Bawa KTP ke meja petugas.", "Bring your identity card (KTP) to the table.";
    join_readback: "Petugas mencatat, membacakan kembali, lalu meminta persetujuan Anda.", "The officer writes it down, reads it back and asks for your consent.";
    join_number: "Anda pulang membawa nomor pendaftaran.", "You go home with a number.";
    join_active: "Perlindungan mulai sesudah BPJS menerima data dan iuran dibayar, dan berjalan selama iurannya dibayar.", "You are protected once BPJS has the data and the contribution is paid, and for as long as it is paid.";

    // The calculator
    calculator: "Hitung iuran", "Work out a contribution";
    calculator_hint: "Isi penghasilan; hasilnya langsung muncul. Tidak ada yang disimpan.", "Type the income, and the result appears. Nothing is saved.";
    result: "Hasil", "Result";
    result_later: "Isi penghasilan dulu.", "Type the income first.";
    income_floor: "Penghasilan yang didaftarkan paling sedikit {}.", "The least income that can be declared is {}.";

    // Sources
    sources: "Sumber dan tanggal", "Sources and dates";
    benefits: "Manfaat", "Benefits";
    benefits_from: "{}, mulai {}; diperiksa {}", "{}, from {}; checked on {}";
    figures: "Dari mana angka manfaat dibaca", "Where the benefit figures were read";
    no_promise: "Halaman ini penjelasan, bukan janji. Yang berlaku adalah peraturannya. Tanyakan yang belum jelas ke {}.", "This page explains and promises nothing. What holds is the law. Ask what is unclear at {}.";
}}
