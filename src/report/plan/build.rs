//! From what people wrote to the plan of a week.

use super::{Hour, Person, Plan, SCHEMA};
use crate::report::csv::word;
use crate::report::debt::ReportWeek;
use crate::report::facts::Scene;
use crate::report::people::{Promise as PromiseRow, Task as TaskRow};
use crate::report::rows::filled;
use crate::week::Id;
use crate::week::planning::Planning;
use crate::week::promise::Promise;
use crate::week::task::Task;

/// The plan of a week.
pub fn plan(scene: &Scene<'_>) -> Plan {
    let written = scene.board.week(scene.week.name());
    let record = written.record();
    let hour = Planning::at(record.planning, scene.rules, scene.now);
    let tasks = |owner: Option<&Id>| {
        let tasks = written.tasks_of(owner).into_iter();
        tasks.map(|task| task_row(scene, task)).collect::<Vec<_>>()
    };
    let person = |owner: Option<&Id>| Person {
        name: owner.map(|owner| scene.name(owner)),
        tasks: tasks(owner),
    };
    let mut people: Vec<Person> = (owners(scene).into_iter())
        .map(|owner| person(Some(owner)))
        .collect();
    people.extend(Some(person(None)).filter(|nobody| !nobody.tasks.is_empty()));
    let cut = written.cut().into_iter();
    let promises = written.promises().into_iter();
    Plan {
        schema: SCHEMA.to_owned(),
        generated_at: scene.local(scene.now),
        week: ReportWeek::of(scene.week),
        hack: record.number,
        title: (scene.board.title_at(scene.week.name())).map(str::to_owned),
        goal: filled(&record.goal),
        demo_at: record.demo_at.map(|at| scene.local(at)),
        skipped: record.skipped,
        planning: (hour.spent > 0 || hour.runs).then_some(Hour {
            spent: hour.spent,
            limit: scene.rules.planning.into(),
            runs: hour.runs,
        }),
        planned: written.planned().len() as u64,
        done: written.done() as u64,
        carried_in: written.carried_in() as u64,
        tasks_each: scene.rules.tasks_each as u64,
        people,
        cut: cut.map(|task| task_row(scene, task)).collect(),
        promises: promises.map(|it| promise_row(scene, it)).collect(),
    }
}

/// The team in its order, then others who have tasks in the week.
fn owners<'a>(scene: &Scene<'a>) -> Vec<&'a Id> {
    let (board, name) = (scene.board, scene.week.name());
    let team = board.team().into_iter();
    let mut owners: Vec<&Id> = team.map(|person| &person.id).collect();
    let planned = board.week(name).planned();
    for task in planned.into_iter().filter(|task| task.week == name) {
        owners.extend(task.owner.as_ref().filter(|owner| !owners.contains(owner)));
    }
    owners
}

/// A task as documents have it.
pub fn task_row(scene: &Scene<'_>, task: &Task) -> TaskRow {
    TaskRow {
        id: scene.board.short_name(&task.id),
        text: task.text.clone(),
        note: filled(&task.note),
        owner: task.owner.as_ref().map(|owner| scene.name(owner)),
        day: task.day,
        status: word(&task.status),
        done_at: task.done_at.map(|at| scene.local(at)),
        waits_for: scene.names(&task.waits_for),
        gives_to: scene.names(&task.gives_to),
        carried_from: task.carried.iter().map(ToString::to_string).collect(),
    }
}

/// A promise as documents have it.
pub fn promise_row(scene: &Scene<'_>, promise: &Promise) -> PromiseRow {
    PromiseRow {
        id: scene.board.short_name(&promise.id),
        from: scene.name(&promise.from),
        to: scene.names(&promise.to),
        what: promise.what.clone(),
        shape: filled(&promise.shape),
        stand_in: filled(&promise.stand_in),
        stand_in_path: promise.stand_in_path.clone(),
        due: promise.due.map(|due| scene.local(due)),
        state: word(&promise.state),
        real_at: promise.real_at.map(|at| scene.local(at)),
        overdue: !promise.is_over() && promise.due.is_some_and(|due| due < scene.now),
    }
}
