//! What the Roadmap screen asks for, and what becomes of the answers.

use super::state::{Asked, State, WhatIf};
use crate::tui::effect::Effect;
use crate::tui::form::{Field, Form, Problem, one_of};
use crate::tui::message::Notice;
use crate::tui::model::Reply;
use crate::tui::seen::Seen;
use crate::week::roadmap::{Feature, Milestone, RoadmapCommand};

/// The milestones by their names.
const STAGES: [(&str, Milestone); 2] = [("alpha", Milestone::Alpha), ("beta", Milestone::Beta)];

/// The most tasks that can be said of a feature, a hack or a growth.
const MOST: u32 = 9_999;

/// What a milestone is called.
pub(super) fn name(stage: Milestone) -> &'static str {
    match stage {
        Milestone::Alpha => STAGES[0].0,
        Milestone::Beta => STAGES[1].0,
    }
}

fn stages() -> Vec<String> {
    STAGES.iter().map(|(name, _)| (*name).to_owned()).collect()
}

fn fields(name: &str, stage: Milestone, left: &str) -> Vec<Field> {
    vec![
        Field::text("Feature", name).hint("what somebody can do with it"),
        Field::choice("Stage", self::name(stage), stages()),
        Field::text("Tasks left", left).hint("how many tasks it still takes"),
    ]
}

/// Asks for a feature, of the stage of the selected one.
pub(super) fn add(state: &State) -> Reply {
    let stage = state
        .feature()
        .map_or(Milestone::Alpha, |feature| feature.stage);
    Reply::form(Form::of("A feature", fields("", stage, ""), Asked::Add))
}

/// Asks for a feature anew.
pub(super) fn set(feature: &Feature) -> Reply {
    let left = feature.left.to_string();
    let fields = fields(&feature.name, feature.stage, &left);
    Reply::form(Form::of(
        "The feature",
        fields,
        Asked::Set(feature.id.clone()),
    ))
}

/// Asks what the project is and solves.
pub(super) fn whiteboard(seen: &Seen<'_>) -> Reply {
    let known = seen.board().roadmap();
    let fields = vec![
        Field::text("What it is", known.is).hint("one sentence"),
        Field::text("What it solves", known.solves).hint("for whom, and what is better then"),
    ];
    Reply::form(Form::of("The whiteboard", fields, Asked::Whiteboard))
}

/// Asks what it is.
pub(super) fn is(seen: &Seen<'_>) -> Reply {
    let field = Field::text("What it is", seen.board().roadmap().is);
    Reply::form(Form::line("What it is", field, Asked::Is))
}

/// Asks what it solves.
pub(super) fn solves(seen: &Seen<'_>) -> Reply {
    let field = Field::text("What it solves", seen.board().roadmap().solves);
    Reply::form(Form::line("What it solves", field, Asked::Solves))
}

/// Asks what if.
pub(super) fn what_if(state: &State) -> Reply {
    let known = state.what_if.unwrap_or_default();
    let show = |figure: Option<u32>| figure.map_or_else(String::new, |figure| figure.to_string());
    let fields = vec![
        Field::text("Tasks in each hack", show(known.tasks_each))
            .hint("nothing: as in the last hacks"),
        Field::text("Scope grows by", show(known.growth)).hint("tasks a hack; nothing: as it does"),
    ];
    Reply::form(Form::of("What if", fields, Asked::WhatIf))
}

/// Asks how fast the scope grows.
pub(super) fn growth(seen: &Seen<'_>) -> Reply {
    let known = seen.board().roadmap().growth;
    let known = known.map_or_else(String::new, |growth| growth.to_string());
    let field = Field::text("Scope grows by", known).hint("tasks a hack; nothing: as it did");
    Reply::form(Form::line("Scope grows by", field, Asked::Growth))
}

/// Takes the answers.
pub(super) fn answered(
    state: &mut State,
    seen: &Seen<'_>,
    asked: &Asked,
    values: &[String],
) -> Result<Reply, Problem> {
    let value = |at: usize| values.get(at).map_or("", String::as_str);
    let needed = |at: usize| match value(at) {
        "" => Err(Problem::new(at, "it needs words")),
        text => Ok(text.to_owned()),
    };
    let figure = |at: usize| {
        let figure = Some(value(at)).filter(|typed| !typed.is_empty());
        let figure = figure.map(|typed| {
            let figure = typed.parse().ok().filter(|figure| *figure <= MOST);
            figure.ok_or_else(|| Problem::new(at, format!("a number of tasks, 0 to {MOST}")))
        });
        figure.transpose()
    };
    let stage = |at: usize| {
        let found = one_of(value(at), &stages()).map_err(|why| Problem::new(at, why))?;
        Ok::<_, Problem>(STAGES[found].1)
    };
    let command = match asked {
        Asked::Add => RoadmapCommand::Add {
            name: needed(0)?,
            stage: stage(1)?,
            left: figure(2)?.unwrap_or(1),
        },
        Asked::Set(feature) => RoadmapCommand::Set {
            feature: feature.clone(),
            name: needed(0)?,
            stage: stage(1)?,
            left: figure(2)?.unwrap_or(0),
        },
        Asked::Is => RoadmapCommand::Is(needed(0)?),
        Asked::Solves => RoadmapCommand::Solves(needed(0)?),
        Asked::Growth => RoadmapCommand::Growth(figure(0)?),
        Asked::Whiteboard => {
            let known = seen.board().roadmap();
            let (is, solves) = (needed(0)?, needed(1)?);
            let is = (is != known.is).then_some(RoadmapCommand::Is(is));
            let solves = (solves != known.solves).then_some(RoadmapCommand::Solves(solves));
            let write = |command: RoadmapCommand| Effect::Write(Box::new(command.into()));
            return Ok(Reply {
                effects: is.into_iter().chain(solves).map(write).collect(),
                ..Reply::default()
            });
        }
        Asked::WhatIf => {
            let what_if = WhatIf {
                tasks_each: figure(0)?,
                growth: figure(1)?,
            };
            state.what_if = Some(what_if).filter(|what_if| *what_if != WhatIf::default());
            state.make(seen);
            let says = match state.what_if {
                Some(_) => "nothing is written; esc goes back to what is",
                None => "as the last hacks went",
            };
            return Ok(Reply::notice(Notice::done(says)));
        }
    };
    Ok(Reply::write(command))
}
