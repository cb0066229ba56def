//! Values as people read them.

use super::words::Language;
use crate::browser::page;
use crate::domain::{Date, Moment, YearMonth, grouped, typed_date};

/// Whole rupiah: `Rp16.800`.
pub fn rupiah(amount: u64) -> String {
    format!("Rp{}", grouped(amount))
}

/// Rupiah as people say them, whole millions in words: `Rp42 juta`, but `Rp16.800`.
pub fn spoken_rupiah(language: Language, amount: u64) -> String {
    const MILLION: u64 = 1_000_000;
    if amount >= MILLION && amount.is_multiple_of(MILLION) {
        // The space does not break: the number and its word are one.
        let word = language.pick("juta", "million");
        format!("Rp{}\u{a0}{word}", grouped(amount / MILLION))
    } else {
        rupiah(amount)
    }
}

/// A date as it stands on the card: `13-05-1984`.
pub fn typed_date_text(date: Date) -> String {
    typed_date(date)
}

/// `24 November 2026`, with the day of the week if wished.
pub fn long_date(language: Language, date: Date, with_weekday: bool) -> String {
    let mut options = vec![
        ("timeZone", "UTC"),
        ("day", "numeric"),
        ("month", "long"),
        ("year", "numeric"),
    ];
    if with_weekday {
        options.push(("weekday", "long"));
    }
    let days = f64::from(date.to_julian_day() - UNIX_EPOCH_JULIAN_DAY);
    page::format_date(language.locale(), days * 86_400_000.0, &options)
}

/// Julian day number of 1 January 1970.
const UNIX_EPOCH_JULIAN_DAY: i32 = 2_440_588;

/// `November 2026`.
pub fn month(language: Language, month: YearMonth) -> String {
    let names = match language {
        Language::Indonesian => [
            "Januari",
            "Februari",
            "Maret",
            "April",
            "Mei",
            "Juni",
            "Juli",
            "Agustus",
            "September",
            "Oktober",
            "November",
            "Desember",
        ],
        Language::English => [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
    };
    format!("{} {}", names[usize::from(month.month - 1)], month.year)
}

/// The time of day of a moment, where it was recorded: `10.42` or `10:42`.
pub fn time(language: Language, moment: Moment) -> String {
    let (hour, minute) = moment.local_hour_minute();
    format!("{hour:02}{}{minute:02}", language.pick(".", ":"))
}

/// Date and time of a moment.
pub fn date_time(language: Language, moment: Moment) -> String {
    format!(
        "{}, {}",
        long_date(language, moment.local_date(), false),
        time(language, moment)
    )
}

/// A number of bytes in kB or MB, with one digit behind the point.
pub fn bytes(language: Language, count: u64) -> String {
    let (tenths, unit) = if count < 1_000_000 {
        (count / 100, "kB")
    } else {
        (count / 100_000, "MB")
    };
    format!(
        "{}{}{} {unit}",
        tenths / 10,
        language.pick(",", "."),
        tenths % 10
    )
}
