//! The standup of the made-up week, as it is drawn.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::report::made_up::Week47;
use crate::week::Board;
use crate::week::made_up::moment;

fn drawn() -> Standup {
    standup(&Week47::at("17 09:32").facts())
}

#[test]
fn who_did_what_since_the_last_standup_that_was_held() {
    let standup = drawn();
    assert_eq!(standup.since.at, moment("16 08:45"));
    assert_eq!(standup.since.what, SinceWhat::LastStandup);
    let rows: Vec<String> = (standup.people.iter())
        .map(|it| {
            let state = match (it.turn, it.away, it.next) {
                (_, true, _) => "away",
                (_, _, true) => "next",
                (Some(Turn::Done), ..) => "done",
                (Some(Turn::Speaking), ..) => "speaking",
                _ => "waiting",
            };
            let (commits, today, blocked) = (it.commits.len(), it.today.len(), it.blocked.len());
            format!(
                "{} {state} {}s, {commits} commits +{} -{}, {today} today, {blocked} blocked",
                it.name, it.spoke, it.opened, it.paid
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            "Johnny done 64s, 4 commits +7 -0, 2 today, 0 blocked",
            "Sammy speaking 41s, 3 commits +4 -1, 2 today, 1 blocked",
            "Mira next 0s, 2 commits +3 -0, 2 today, 0 blocked",
            "Tove away 0s, 0 commits +0 -0, 1 today, 0 blocked",
        ]
    );
    assert_eq!((standup.round.lasted, standup.round.limit), (134, 900));
}

#[test]
fn what_somebody_did_owes_and_does() {
    let standup = drawn();
    let sammy = &standup.people[1];
    assert!(sammy.you);
    let commits: Vec<_> = (sammy.commits.iter())
        .map(|it| (it.subject.as_str(), it.opened, it.paid))
        .collect();
    assert_eq!(
        commits,
        [
            ("fake gateway, always approves", 2, 0),
            ("charge endpoint, happy path", 2, 0),
            ("wire simulated webhook data", 0, 1),
        ]
    );
    let owes: Vec<_> = sammy.owes.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(owes, ["D-05", "D-13", "D-02", "D-06"]);
    let today: Vec<_> = (sammy.today.iter())
        .map(|it| (it.id.as_str(), it.text.as_str(), it.waits_for.join(", ")))
        .collect();
    assert_eq!(
        today,
        [
            ("T-14", "real webhook payload", "Johnny".to_owned()),
            ("T-15", "demo script, three minutes", String::new()),
        ]
    );
    let blocker = &sammy.blocked[0];
    assert_eq!(blocker.text, "sandbox key from finance");
    assert_eq!(blocker.since, moment("16 15:40"));
    assert_eq!(blocker.lasts, (17 * 60 + 52) * 60);
}

#[test]
fn what_all_should_know() {
    let standup = drawn();
    let promises: Vec<_> = (standup.promises.iter())
        .map(|it| (it.from.as_str(), it.to.join(", "), it.state.words()))
        .collect();
    assert_eq!(
        promises,
        [
            ("Johnny", "Sammy".to_owned(), "agreed"),
            ("Sammy", "Mira".to_owned(), "on mock"),
        ]
    );
    assert_eq!(standup.parked.len(), 1);
    assert_eq!(standup.parked[0].by.as_deref(), Some("Johnny"));
    let blockers: Vec<_> = (standup.blockers.iter())
        .map(|it| (it.text.as_str(), it.solved.is_some()))
        .collect();
    assert_eq!(
        blockers,
        [
            ("CI red on main", true),
            ("sandbox key from finance", false)
        ]
    );
    let debt = &standup.debt;
    assert_eq!(
        (debt.opened, debt.paid, debt.accepted, debt.open),
        (14, 1, 0, 13)
    );
    assert_eq!(debt.deadline, moment("19 18:00"));
    let days: Vec<_> = (debt.by_day.iter())
        .map(|it| (it.day, it.opened, it.closed, it.open))
        .collect();
    assert_eq!(days, [(1, 14, 0, 14), (2, 0, 1, 13)]);
}

#[test]
fn without_a_team_the_authors_of_the_week_are_the_people() {
    let week = Week47::at("18 09:00");
    let board = Board::default();
    let facts = crate::report::facts::Facts {
        board: &board,
        ..week.facts()
    };
    let standup = standup(&facts);
    // Nothing was written: since the last work day.
    assert_eq!(standup.since.what, SinceWhat::LastWorkDay);
    assert_eq!(standup.since.at, moment("17 00:00"));
    let people: Vec<_> = (standup.people.iter())
        .map(|it| (it.name.as_str(), it.commits.len(), it.owes.len(), it.turn))
        .collect();
    assert_eq!(
        people,
        [
            ("Johnny", 2, 8, None),
            ("Mira", 2, 5, None),
            ("Tove", 2, 3, None),
            ("Sammy", 0, 4, None),
        ]
    );
}

#[test]
fn what_somebody_took_is_owed_by_them_alone() {
    let week = Week47::at("18 13:05");
    let standup = standup(&week.facts());
    let owed_by = |name: &str| {
        let mut owed = standup
            .people
            .iter()
            .filter(|it| it.owes.iter().any(|d| d.name == name));
        let first = owed.next().map(|it| it.name.clone());
        assert_eq!(owed.count(), 0, "{name}");
        first
    };
    for item in standup.people.iter().flat_map(|it| &it.owes) {
        assert_eq!(owed_by(&item.name), Some(item.owner.clone()));
    }
}

#[test]
fn a_week_that_is_over_is_told_as_of_its_last_day() {
    let mut week = Week47::at("20 17:00");
    week.now = "2027-03-01T12:00:00Z".parse().unwrap();
    let standup = standup(&week.facts());
    assert_eq!(standup.day, Some(5));
    assert_eq!(standup.at, moment("20 23:59:59"));
    assert_eq!(standup.generated_at, week.now);
}

#[test]
fn the_document_is_read_back() {
    let standup = drawn();
    let json = serde_json::to_string(&standup).unwrap();
    assert_eq!(serde_json::from_str::<Standup>(&json).unwrap(), standup);
}
