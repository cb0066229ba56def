//! Counts by officer and hour.

use super::*;
use crate::operations::tally::{Tally, tally};

#[test]
fn first_revisions_count_for_who_made_them_and_for_their_hour() {
    let mut hall = Hall::new();
    let first = hall.register(1);
    hall.register(2);
    let counted = block_on(tally(&hall.store, hall.event.id())).expect("a tally");
    let officer = first.officer.as_str().to_owned();
    assert_eq!(counted.officers, [(officer, 2)]);
    assert_eq!(counted.registered, 2);
    let (day, hour) = (
        first.recorded_at.local_date(),
        first.recorded_at.local_hour_minute().0,
    );
    assert_eq!(counted.hours, [((day, hour), 2)]);
    assert_eq!(counted.busiest(), 2);
}

#[test]
fn who_corrects_registers_nobody_and_the_one_with_most_comes_first() {
    let mut hall = Hall::new();
    let mut people: Vec<Registration> = (1..=4).map(|number| hall.register(number)).collect();
    let ani = FullName::parse("Ani Contoh").expect("a name");
    people[1].officer = ani.clone();
    people[2].officer = ani.clone();
    people[3].officer = ani.clone();
    people[3].revision = 2;
    let hour_later = people[0].recorded_at.unix_ms() + 3_600_000;
    people[0].recorded_at = Moment::new(hour_later, people[0].recorded_at.offset_minutes());
    let counted = Tally::of(&people);
    assert_eq!(counted.registered, 3);
    let officers: Vec<(&str, usize)> = counted
        .officers
        .iter()
        .map(|(officer, count)| (officer.as_str(), *count))
        .collect();
    assert_eq!(officers, [("Ani Contoh", 2), ("Budi Santoso", 1)]);
    let hours: Vec<usize> = counted.hours.iter().map(|(_, count)| *count).collect();
    assert_eq!(hours, [2, 1]);
}
