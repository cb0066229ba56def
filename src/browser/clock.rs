//! The tablet's clock, which may be wrong.

use crate::domain::Moment;

/// Now, with the tablet's offset from UTC.
pub fn now() -> Moment {
    let date = js_sys::Date::new_0();
    let offset_minutes = -date.get_timezone_offset();
    Moment::new(date.get_time() as i64, offset_minutes as i16)
}

/// A stored instant, given in milliseconds since 1970, with the offset that this
/// tablet had then.
pub fn at(unix_ms: i64) -> Moment {
    let date = js_sys::Date::new(&(unix_ms as f64).into());
    Moment::new(unix_ms, -date.get_timezone_offset() as i16)
}

/// Milliseconds since the page was opened, for measuring.
pub fn ticks() -> f64 {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or(0.0, |performance| performance.now())
}
