//! The JSON Schemas of the documents, from the types that write them.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};

use super::{boards, debt, people, plan, roadmap, scan, standup, summary};

/// A document that has a schema.
#[derive(Clone, Copy, Debug)]
pub struct Document {
    /// How it is called.
    pub name: &'static str,
    /// What its `schema` field holds.
    pub schema: &'static str,
    /// Which command writes it.
    pub command: &'static str,
    make: fn() -> Schema,
}

/// All documents, in the order of the help.
pub const DOCUMENTS: [Document; 17] = [
    document::<debt::DebtReport>("debt", debt::SCHEMA, "hackweek debt"),
    document::<standup::Standup>("standup", standup::SCHEMA, "hackweek standup"),
    document::<summary::Summary>("summary", summary::SCHEMA, "hackweek summary"),
    document::<people::WeekPage>("week", people::SCHEMA_WEEK, "hackweek week"),
    document::<plan::Plan>("plan", plan::SCHEMA, "hackweek week plan"),
    document::<people::TaskList>("tasks", people::SCHEMA_TASKS, "hackweek task list"),
    document::<people::PromiseList>("promises", people::SCHEMA_PROMISES, "hackweek promise list"),
    document::<people::NoteList>("notes", people::SCHEMA_NOTES, "hackweek note list"),
    document::<people::TeamList>("team", people::SCHEMA_TEAM, "hackweek team list"),
    document::<boards::ShowPage>("shows", boards::SCHEMA_SHOWS, "hackweek show list"),
    document::<boards::ReviewPage>("review", boards::SCHEMA_REVIEW, "hackweek review"),
    document::<boards::QuestionList>(
        "questions",
        boards::SCHEMA_QUESTIONS,
        "hackweek review question list",
    ),
    document::<boards::CheckPage>("checks", boards::SCHEMA_CHECKS, "hackweek check list"),
    document::<boards::RetroPage>("retro", boards::SCHEMA_RETRO, "hackweek retro"),
    document::<roadmap::Roadmap>("roadmap", roadmap::SCHEMA, "hackweek roadmap"),
    document::<people::Change>("change", people::SCHEMA_CHANGE, "hackweek task add"),
    document::<scan::ScanReport>("scan", scan::SCHEMA, "hackweek scan"),
];

const fn document<T: JsonSchema>(
    name: &'static str,
    schema: &'static str,
    command: &'static str,
) -> Document {
    Document {
        name,
        schema,
        command,
        make: made::<T>,
    }
}

fn made<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<T>()
}

impl Document {
    /// Its JSON Schema, draft 2020-12. A field that is always written is required, as `null` where it
    /// is not known; others may come, which a reader passes over.
    pub fn json_schema(&self) -> serde_json::Value {
        let mut schema = (self.make)();
        schema.insert("title".to_owned(), self.schema.into());
        let own = schema
            .pointer_mut("/properties/schema")
            .and_then(serde_json::Value::as_object_mut);
        if let Some(own) = own {
            own.insert("const".to_owned(), self.schema.into());
        }
        schema.to_value()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn every_field_is_required_and_told() {
        for document in &DOCUMENTS {
            let schema = document.json_schema();
            assert_eq!(schema["properties"]["schema"]["const"], document.schema);
            let mut objects = vec![&schema];
            let definitions = schema["$defs"].as_object().into_iter().flatten();
            objects.extend(definitions.map(|(_, definition)| definition));
            for object in objects {
                let Some(fields) = object["properties"].as_object() else {
                    continue;
                };
                for (name, field) in fields {
                    let required = object["required"].as_array().unwrap();
                    assert!(
                        required.iter().any(|it| it == name),
                        "{}: {name}",
                        document.name
                    );
                    assert!(
                        field["description"].is_string(),
                        "{}: {name}",
                        document.name
                    );
                }
            }
        }
    }
}
