//! Changes one value in the text of a configuration file. Everything else stays byte for byte as the
//! user wrote it: comments, order, blanks, line endings.

use toml_edit::{
    Array, Document, DocumentMut, InlineTable, Item, Key, Table, TableLike, TomlError, Value,
};

/// What a key is to be, by its path from the root.
#[derive(Clone, Debug)]
pub(super) enum Change {
    /// This value, in the place of the one it has.
    Set(Value),
    /// Nothing: what holds where the file is silent.
    Unset,
}

/// Why a text cannot be changed.
#[derive(Debug)]
pub(super) enum EditError {
    /// It is no TOML.
    Syntax,
    /// Where the key belongs, the file has something else than a table.
    NoTable,
}

impl From<TomlError> for EditError {
    fn from(_: TomlError) -> Self {
        Self::Syntax
    }
}

/// The value at a path, as the file has it.
pub(super) fn value(text: &str, path: &[String]) -> Result<Option<Value>, EditError> {
    let document = Document::parse(without_mark(text).1)?;
    Ok(find(document.as_table(), path)
        .and_then(Item::as_value)
        .map(|value| {
            let mut value = value.clone();
            value.decor_mut().clear();
            value
        }))
}

/// The text with one value changed.
pub(super) fn changed(text: &str, path: &[String], change: Change) -> Result<String, EditError> {
    let (mark, before) = without_mark(text);
    let after = match change {
        Change::Set(value) => set(before, path, value)?,
        Change::Unset => unset(before, path)?,
    };
    Ok(format!("{mark}{}", as_before(before, &after)))
}

/// The byte order mark that some editors write, and the rest.
fn without_mark(text: &str) -> (&str, &str) {
    text.split_at(if text.starts_with('\u{feff}') { 3 } else { 0 })
}

fn find<'a>(root: &'a Table, path: &[String]) -> Option<&'a Item> {
    let (last, tables) = path.split_last()?;
    let mut table: &dyn TableLike = root;
    for name in tables {
        table = table.get(name)?.as_table_like()?;
    }
    table.get(last)
}

fn set(text: &str, path: &[String], mut value: Value) -> Result<String, EditError> {
    let mut document = Document::parse(text)?.into_mut();
    let Some((last, tables)) = path.split_last() else {
        return Err(EditError::NoTable);
    };
    make_tables(&mut document, tables)?;
    let mut table: &mut dyn TableLike = document.as_table_mut();
    let mut braces = false;
    for name in tables {
        let item = table.get_mut(name).ok_or(EditError::NoTable)?;
        braces = item.is_inline_table();
        table = item.as_table_like_mut().ok_or(EditError::NoTable)?;
    }
    match table.get_mut(last) {
        Some(item) if item.is_value() => {
            if let Some(old) = item.as_value() {
                *value.decor_mut() = old.decor().clone();
                value = in_place(old, value);
            }
            *item = Item::Value(value);
        }
        Some(_) => return Err(EditError::NoTable),
        None => {
            // The blank before `}` stays before it.
            let before = table.iter_mut().last().filter(|_| braces);
            if let Some(before) = before.and_then(|(_, item)| item.as_value_mut()) {
                let end = before.decor().suffix().cloned();
                before.decor_mut().set_suffix("");
                value.decor_mut().set_prefix(" ");
                value.decor_mut().set_suffix(end.unwrap_or_default());
            }
            table.insert(last, Item::Value(value));
        }
    }
    Ok(document.to_string())
}

/// Keeps what stands between the entries of a list, comments too, where the new list has the same
/// entries and others behind them.
fn in_place(old: &Value, new: Value) -> Value {
    let (Value::Array(old), Value::Array(entries)) = (old, &new) else {
        return new;
    };
    let bare = |value: &Value| {
        let mut value = value.clone();
        value.decor_mut().clear();
        value.to_string()
    };
    let same = old.iter().zip(entries).all(|(a, b)| bare(a) == bare(b));
    if old.is_empty() || old.len() > entries.len() || !same {
        return new;
    }
    let mut kept: Array = old.clone();
    // On lines of their own, as the last one is; its comment is its own.
    let prefix = old
        .iter()
        .last()
        .and_then(|last| last.decor().prefix()?.as_str());
    let line = prefix.and_then(|prefix| Some(&prefix[prefix.rfind('\n')?..]));
    for entry in entries.iter().skip(old.len()) {
        let mut entry = entry.clone();
        entry.decor_mut().set_prefix(line.unwrap_or(" "));
        kept.push_formatted(entry);
    }
    Value::Array(kept)
}

/// Sees to it that the tables of a path are there; new ones come last in the file.
fn make_tables(document: &mut DocumentMut, path: &[String]) -> Result<(), EditError> {
    let trailing = document.trailing().as_str().unwrap_or_default().to_owned();
    let empty = document.as_table().is_empty() && trailing.is_empty();
    let mut table: &mut dyn TableLike = document.as_table_mut();
    let (mut made, mut headed) = (false, true);
    for (depth, name) in path.iter().enumerate() {
        let is_last = depth + 1 == path.len();
        let gap = if empty { "" } else { "\n" };
        let above = format!("{trailing}{gap}");
        if !table.contains_key(name) {
            // Below `week = { … }` and `week.time = …` no header may stand.
            let item = if headed {
                let mut new = Table::new();
                new.set_implicit(true);
                Item::Table(new)
            } else {
                Item::Value(Value::InlineTable(InlineTable::new()))
            };
            table.insert(name, item);
        }
        let item = table.get_mut(name).ok_or(EditError::NoTable)?;
        if let Some(header) = item.as_table_mut()
            && header.is_implicit()
            && !header.is_dotted()
            && is_last
        {
            header.set_implicit(false);
            header.set_position(Some(isize::MAX));
            header.decor_mut().set_prefix(above);
            made = true;
        }
        headed = item.as_table().is_some_and(|table| !table.is_dotted());
        table = item.as_table_like_mut().ok_or(EditError::NoTable)?;
    }
    if made {
        document.set_trailing("");
    }
    Ok(())
}

/// Takes the lines of a value out, and a header of its table that then has nothing below and no
/// comment beside it. Comments above the value stay.
fn unset(text: &str, path: &[String]) -> Result<String, EditError> {
    let document = Document::parse(text)?;
    let Some((last, tables)) = path.split_last() else {
        return Ok(text.to_owned());
    };
    let mut table = Some(document.as_table());
    let mut inline = false;
    for name in tables {
        let item = table.and_then(|table| table.get(name));
        inline |= item.is_some_and(Item::is_inline_table);
        table = item.and_then(Item::as_table);
    }
    if inline {
        return unset_inline(text, path);
    }
    let found = table.and_then(|table| table.get_key_value(last).map(|found| (table, found)));
    let Some((table, (key, item))) = found else {
        return Ok(text.to_owned());
    };
    let (Some(key), Some(item)) = (key.span(), item.span()) else {
        return Ok(text.to_owned());
    };
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let line = |offset: usize| text[..offset].matches('\n').count();
    lines.drain(line(key.start)..=line(item.end.saturating_sub(1)));
    let header = table.span().map(|span| line(span.start));
    if let Some(header) = header
        && table.iter().filter(|(_, item)| !item.is_table()).count() == 1
        && !table.is_dotted()
        && !tables.is_empty()
    {
        drop_header(&mut lines, header);
    }
    Ok(lines.concat())
}

fn drop_header(lines: &mut Vec<&str>, header: usize) {
    let is = |at: Option<usize>, sign: char| {
        let line = at.and_then(|at| lines.get(at));
        line.is_some_and(|line| line.trim_start().starts_with(sign))
    };
    let blank = |line: &&str| line.trim().is_empty();
    let after = lines.iter().skip(header + 1).position(|line| !blank(line));
    let after = after.map(|gap| header + 1 + gap);
    let bare = after.is_none() || is(after, '[');
    let before = header.checked_sub(1);
    let plain = lines
        .get(header)
        .is_some_and(|line| line.trim_end().ends_with(']'));
    if !bare || !plain || is(before, '#') {
        return;
    }
    lines.remove(header);
    // The blank that parted it from what is before, or else from what is behind.
    let gap = before.unwrap_or(0);
    if lines.get(gap).is_some_and(blank) {
        lines.remove(gap);
    }
}

fn unset_inline(text: &str, path: &[String]) -> Result<String, EditError> {
    let mut document = Document::parse(text)?.into_mut();
    let Some((last, tables)) = path.split_last() else {
        return Ok(text.to_owned());
    };
    let mut table: &mut dyn TableLike = document.as_table_mut();
    for name in tables {
        let item = table.get_mut(name);
        match item.and_then(Item::as_table_like_mut) {
            Some(found) => table = found,
            None => return Ok(text.to_owned()),
        }
    }
    table.remove(last);
    Ok(document.to_string())
}

/// Gives the lines that did not change their own endings back, and the others that of the first
/// line: the writer of TOML knows `\n` alone.
fn as_before(before: &str, after: &str) -> String {
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let new: Vec<&str> = after.split_inclusive('\n').collect();
    let same = |(a, b): &(&&str, &&str)| bare(a) == bare(b);
    let head = old.iter().zip(&new).take_while(same).count();
    let rest = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(rest);
    let tail = tail.take_while(same).count();
    let ending = match old.first() {
        Some(line) if line.ends_with("\r\n") => "\r\n",
        _ => "\n",
    };
    let mut text = String::with_capacity(after.len());
    for (at, line) in new.iter().enumerate() {
        let kept = match at {
            at if at < head => old.get(at),
            at if at >= new.len() - tail => old.get(old.len() + at - new.len()),
            _ => None,
        };
        match kept {
            Some(kept) if kept.ends_with('\n') => text.push_str(kept),
            _ => {
                text.push_str(bare(line));
                text.push_str(ending);
            }
        }
    }
    // Whose last line had no ending does not get one.
    if !before.is_empty() && !before.ends_with('\n') {
        text.truncate(bare(&text).len());
    }
    text
}

/// A line without its ending.
fn bare(line: &str) -> &str {
    let line = line.strip_suffix('\n').unwrap_or(line);
    line.strip_suffix('\r').unwrap_or(line)
}

/// A key as a path of TOML has it, for a sentence: `keys."debt.edit"`.
pub(super) fn shown(path: &[String]) -> String {
    let keys: Vec<String> = path
        .iter()
        .map(|key| Key::new(key.as_str()).to_string())
        .collect();
    keys.join(".")
}
