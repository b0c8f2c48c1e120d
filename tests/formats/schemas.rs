//! Every JSON document of the program holds to the schema that the program publishes for it.

use std::fs;

use hackweek::report::schema::DOCUMENTS;
use serde_json::Value;
use tempfile::TempDir;

use super::bare::{command, said};

fn hackweek(home: &TempDir, args: &[&str]) -> (i32, String, String) {
    // The demo leaves nothing beside it.
    let mut command = command(home.path(), args);
    said(command.env("TMPDIR", home.path()).output().unwrap())
}

fn json(home: &TempDir, args: &[&str]) -> Value {
    let (code, out, err) = hackweek(home, args);
    assert_eq!(code, 0, "{args:?}: {err}");
    serde_json::from_str(&out).unwrap()
}

#[test]
fn the_made_up_week_holds_to_the_schemas() {
    let home = TempDir::new().unwrap();
    for document in &DOCUMENTS {
        let schema = json(&home, &["config", "schema", document.name]);
        assert_eq!(schema, document.json_schema(), "{}", document.name);
        let validator = jsonschema::validator_for(&schema).unwrap();
        let words = document.command.split(' ').skip(1);
        for day in ["2", "5"] {
            let mut args = vec!["demo", "--day", day];
            args.extend(words.clone());
            if document.name == "change" {
                args.push("try a schema");
            }
            args.extend(["--format", "json"]);
            let written = json(&home, &args);
            assert_eq!(written["schema"], document.schema, "{args:?}");
            let errors: Vec<String> = (validator.iter_errors(&written))
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect();
            assert!(errors.is_empty(), "{}: {errors:#?}", document.name);
        }
    }
}

#[test]
fn a_schema_refuses_what_is_no_such_document() {
    let schema = DOCUMENTS[0].json_schema();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut document: Value = serde_json::from_str(include_str!("../cli/week.json")).unwrap();
    assert!(validator.is_valid(&document));
    document["items"][0]["status"] = "forgotten".into();
    assert!(!validator.is_valid(&document));
    let mut document: Value = serde_json::from_str(include_str!("../cli/week.json")).unwrap();
    document["schema"] = "hackweek/debt/2".into();
    assert!(!validator.is_valid(&document));
}

#[test]
fn the_schemas_are_listed() {
    let home = TempDir::new().unwrap();
    let (code, out, err) = hackweek(&home, &["config", "schema"]);
    assert_eq!(code, 0, "{err}");
    assert_eq!(out.lines().count(), DOCUMENTS.len());
    assert!(out.contains("hackweek/summary/1"), "{out}");
    let (code, _, err) = hackweek(&home, &["config", "schema", "nothing"]);
    assert_eq!(code, 2, "{err}");
}

/// A template as a team could have it.
const TEMPLATE: &str = "\
# {{ title }}: {{ debt.paid }} of {{ debt.opened }} paid
{% for item in items if item.status == 'carried' %}
- {{ item.name }} {{ item.text | code }} since {{ item.introduced | date('%d.%m.') }}
{%- endfor %}
{% include 'parts/foot.md' %}
";

#[test]
fn a_template_of_the_team_lays_the_summary_out() {
    let home = TempDir::new().unwrap();
    fs::create_dir(home.path().join("parts")).unwrap();
    fs::write(home.path().join("parts/foot.md"), "Beer: {{ beer }}\n").unwrap();
    let template = home.path().join("team.md.j2");
    fs::write(&template, TEMPLATE).unwrap();
    let name = template.to_str().unwrap();
    let summary = ["demo", "--day", "5", "summary"];
    let (code, out, err) = hackweek(&home, &[&summary[..], &["--template", name]].concat());
    assert_eq!(code, 0, "{err}");
    assert!(out.starts_with("# payments-mvp: 16 of 21 paid\n"), "{out}");
    assert!(
        out.contains("\n- D-17 `config is read twice` since 17.11.\n"),
        "{out}"
    );
    assert!(
        out.trim_end()
            .ends_with("Beer: Fri 16:30, the usual place."),
        "{out}"
    );

    let (code, out, err) = hackweek(
        &home,
        &[&summary[..], &["--template", name, "--format", "html"]].concat(),
    );
    assert_eq!((code, out.as_str()), (2, ""), "{err}");

    // What is not in its folder is not included, by no path and by no link.
    fs::write(home.path().join("secret"), "secret").unwrap();
    let inner = home.path().join("inner");
    fs::create_dir(&inner).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(home.path().join("secret"), inner.join("link")).unwrap();
    let template = inner.join("a.txt");
    for included in ["../secret", "/etc/passwd", "link", "./a", "..\\secret"] {
        fs::write(
            &template,
            format!("\n{{% include '{}' %}}", included.replace('\\', "\\\\")),
        )
        .unwrap();
        let (code, out, err) = hackweek(
            &home,
            &[&summary[..], &["--template", template.to_str().unwrap()]].concat(),
        );
        assert_eq!((code, out.as_str()), (3, ""), "{included}: {err}");
        assert!(err.contains("a.txt:2: "), "{err}");
        assert!(err.contains("hint: "), "{err}");
    }
}

#[test]
fn the_template_of_the_configuration_stands_in_for_its_format() {
    let home = TempDir::new().unwrap();
    fs::write(home.path().join("ours.md"), "ours: {{ week.name }}\n").unwrap();
    fs::write(
        home.path().join("hackweek.toml"),
        "[report]\nsummary_template = \"ours.md\"\n",
    )
    .unwrap();
    let git = git2::Repository::init(home.path().join("shop")).unwrap();
    let tree = git.treebuilder(None).unwrap().write().unwrap();
    let tree = git.find_tree(tree).unwrap();
    let ann = git2::Signature::new(
        "Ann",
        "ann@example.org",
        &git2::Time::new(1_794_823_200, 60),
    )
    .unwrap();
    git.commit(Some("HEAD"), &ann, &ann, "begin", &tree, &[])
        .unwrap();
    let run = |more: &[&str]| {
        let args = [
            "summary",
            "--repo",
            "shop",
            "--config",
            "hackweek.toml",
            "--data",
            "data",
            "--week",
            "2026-W47",
        ];
        hackweek(&home, &[&args[..], more].concat())
    };
    let (code, out, err) = run(&["--format", "markdown"]);
    assert_eq!((code, out.as_str()), (0, "ours: 2026-W47\n"), "{err}");
    let (code, out, _) = run(&["--format", "html"]);
    assert!(code == 0 && out.starts_with("<!doctype html>"), "{out}");
    fs::remove_file(home.path().join("ours.md")).unwrap();
    let (code, out, err) = run(&["--format", "markdown"]);
    assert_eq!((code, out.as_str()), (3, ""), "{err}");
    assert!(err.contains("ours.md"), "{err}");
}
