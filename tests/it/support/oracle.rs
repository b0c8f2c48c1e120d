//! What is in a tree, found in the plainest way: the generated language has a marker where a line
//! has `// TAG: text`, and no strings.

use super::files::Files;

const TAGS: [&str; 3] = ["TODO: ", "FIXME: ", "HACK: "];

/// Path, line from 1 and text of every marker, in order of path and line.
pub fn sightings(files: &Files<'_>) -> Vec<(String, u64, String)> {
    let mut found = Vec::new();
    for path in files.paths() {
        let text = files.read(&path);
        let path = String::from_utf8(path).unwrap();
        for (line, number) in text.lines().zip(1..) {
            let comment = line.split_once("// ").map(|(_, comment)| comment);
            let said = comment.and_then(|said| TAGS.iter().find_map(|tag| said.strip_prefix(tag)));
            if let Some(said) = said {
                found.push((path.clone(), number, said.to_owned()));
            }
        }
    }
    found
}

/// Path and text of every marker, sorted.
pub fn open_set(files: &Files<'_>) -> Vec<(String, String)> {
    let mut set: Vec<_> = sightings(files)
        .into_iter()
        .map(|(path, _, text)| (path, text))
        .collect();
    set.sort();
    set
}

/// How often a text stands in the whole tree.
pub fn count(files: &Files<'_>, text: &str) -> usize {
    sightings(files)
        .iter()
        .filter(|(_, _, said)| said == text)
        .count()
}
