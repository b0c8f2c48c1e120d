//! Which syntax a file has, told by its path or its first line, never by opening it.

use tokei::LanguageType;

/// How the text of a file is read for comments.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Syntax {
    /// A language with comments of its own, or a data format that has none.
    Code(Language),
    /// A text for people.
    Prose(Prose),
    /// A file of no known language.
    Unknown,
}

/// A kind of prose.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Prose {
    /// Markdown and its kin.
    Markdown,
    /// reStructuredText.
    Rest,
    /// AsciiDoc.
    AsciiDoc,
    /// Org.
    Org,
    /// Plain text: `.txt`, README, LICENSE …
    Plain,
}

/// A language of tokei's table.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Language(pub(crate) LanguageType);

impl Language {
    /// The name people know it by: `Rust`, `C++`, `Plain Text`.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The language of that name, in any case.
    pub fn named(name: &str) -> Option<Language> {
        let names = LanguageType::list().iter().map(|&(language, _)| language);
        names
            .into_iter()
            .find(|language| language.name().eq_ignore_ascii_case(name))
            .map(Language)
    }

    /// Every language of the table.
    pub fn all() -> impl Iterator<Item = Language> {
        LanguageType::list()
            .iter()
            .map(|&(language, _)| Language(language))
    }
}

/// Tells the syntax by the path alone (bytes, `/`-separated). `None` when only the first line can
/// tell: the file has no extension, or one that nobody knows.
pub fn syntax_of_path(path: &[u8]) -> Option<Syntax> {
    let file = path.rsplit(|&b| b == b'/').next().unwrap_or(path);
    let file = String::from_utf8_lossy(file).to_lowercase();
    if let Some(syntax) = by_name(&file) {
        return Some(syntax);
    }
    // `config.h.in` is a header, `configure.in` a thing of autoconf.
    let inner = file.strip_suffix(".in").unwrap_or(&file);
    let extension = inner.rsplit_once('.').or_else(|| file.rsplit_once('.'));
    extension
        .and_then(|(_, extension)| by_extension(extension))
        .or_else(|| by_stem(&file))
}

/// Tells the syntax by the first line of a text (after a `#!` the second counts too), for paths that do not tell: `#!`, a modeline, or
/// the opening of markup.
pub fn syntax_of_first_line(text: &[u8]) -> Syntax {
    // No line that tells is longer.
    let start = &text[..text.len().min(512)];
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let mut lines = start.split(|&b| b == b'\n').map(String::from_utf8_lossy);
    let first = lines.next().unwrap_or_default();
    let first = first.trim();
    // After a `#!` the second line has the modeline, as in a script of Tcl that `sh` starts.
    let second = lines
        .next()
        .filter(|_| first.starts_with("#!"))
        .unwrap_or_default();
    let language = modeline(first)
        .or_else(|| modeline(&second))
        .or_else(|| shebang(first))
        .or_else(|| opening(first));
    language.map_or(Syntax::Unknown, of_language)
}

fn by_name(file: &str) -> Option<Syntax> {
    use LanguageType as L;
    let language = match file {
        "gemfile" | "vagrantfile" | "podfile" | "guardfile" | "brewfile" | "capfile"
        | "fastfile" | "appfile" | "dangerfile" | "berksfile" | ".irbrc" | ".pryrc" => L::Ruby,
        "jenkinsfile" => L::Groovy,
        "go.mod" | "go.work" => L::Go,
        ".bashrc" | ".bash_profile" | ".bash_aliases" | ".bash_logout" | "bashrc" => L::Bash,
        ".profile" | ".xinitrc" | ".xprofile" | ".envrc" | "apkbuild" => L::Sh,
        ".zshrc" | ".zshenv" | ".zprofile" | ".zlogin" => L::Zsh,
        ".vimrc" | "_vimrc" | ".gvimrc" | ".ideavimrc" | ".exrc" => L::VimScript,
        ".emacs" => L::Elisp,
        ".gdbinit" => L::GDB,
        ".clang-format" | ".clang-tidy" | ".clangd" | "pipfile.yml" => L::Yaml,
        "pipfile" | "cargo.lock" | "poetry.lock" | "uv.lock" => L::Toml,
        ".editorconfig" | ".gitconfig" | ".gitmodules" | ".npmrc" | ".flake8" | ".pylintrc"
        | ".coveragerc" | "setup.cfg" | "tox.ini" => L::Ini,
        ".gitignore"
        | ".gitattributes"
        | ".dockerignore"
        | ".mailmap"
        | ".npmignore"
        | ".eslintignore"
        | ".prettierignore"
        | ".git-blame-ignore-revs"
        | "codeowners"
        | ".env"
        | "requirements.txt"
        | "kconfig" => L::Dockerfile,
        "configure.ac" | "configure.in" | "aclocal.m4" => L::Autoconf,
        "meson.options" => L::Meson,
        "buck" | "tiltfile" => L::Bazel,
        "tsconfig.json" | "jsconfig.json" | ".eslintrc" | ".eslintrc.json" | ".jshintrc"
        | "devcontainer.json" => L::JavaScript,
        "dune" | "dune-project" => L::Lisp,
        "cpanfile" => L::Perl,
        "readme" | "license" | "licence" | "copying" | "copyright" | "changelog" | "changes"
        | "news" | "authors" | "contributors" | "maintainers" | "credits" | "thanks" | "todo"
        | "install" | "hacking" | "notice" | "patents" | "history" | "contributing" | "version"
        | "bugs" => {
            return Some(Syntax::Prose(Prose::Plain));
        }
        _ => {
            return by_tokeis_name(file).map(of_language);
        }
    };
    Some(of_language(language))
}

/// Names that people put their own endings to: `Dockerfile.dev`, `Makefile.common`.
fn by_stem(file: &str) -> Option<Syntax> {
    use LanguageType as L;
    Some(of_language(
        match file.split_once('.').map_or(file, |(stem, _)| stem) {
            "dockerfile" | "containerfile" => L::Dockerfile,
            "makefile" | "gnumakefile" | "kbuild" => L::Makefile,
            _ => return None,
        },
    ))
}

/// The whole names that tokei knows; its own look-up would open the file for one without
/// extension.
fn by_tokeis_name(file: &str) -> Option<LanguageType> {
    use LanguageType as L;
    Some(match file {
        "build" | "workspace" | "module" => L::Bazel,
        "cmakelists.txt" => L::CMake,
        "dockerfile" => L::Dockerfile,
        "justfile" => L::Just,
        "makefile" | "gnumakefile" => L::Makefile,
        "meson.build" | "meson_options.txt" => L::Meson,
        "nuget.config" | "packages.config" | "nugetdefaults.config" => L::NuGetConfig,
        "pkgbuild" => L::PacmanMakepkg,
        "rakefile" => L::Rakefile,
        "sconstruct" | "sconscript" => L::Scons,
        "snakefile" => L::Snakemake,
        _ if file.ends_with(".blade.php") => L::Blade,
        _ if file.ends_with(".cs.st") || file.ends_with(".pck.st") => L::Smalltalk,
        _ => return None,
    })
}

fn by_extension(extension: &str) -> Option<Syntax> {
    use LanguageType as L;
    let language = match extension {
        // Where tokei's table is silent, or names the rarer of two languages.
        "v" => L::Verilog,
        "y" | "yy" | "ypp" | "ll.in" | "c++m" | "h++" => L::C,
        "cfg" | "conf" | "properties" | "desktop" | "service" | "socket" | "timer" => L::Ini,
        "gradle" => L::Groovy,
        "gemspec" | "ru" | "podspec" => L::Ruby,
        "t" | "psgi" | "pod" => L::Perl,
        "tm" | "itcl" | "tk" => L::Tcl,
        "jsonc" | "json5" | "es6" | "jsm" => L::JavaScript,
        "ac" => L::Autoconf,
        "m4" => L::M4,
        "php3" | "php4" | "php5" | "php7" | "phtml" | "phps" => L::Php,
        "asm" | "nasm" => L::Assembly,
        "plist" | "xsd" | "wsdl" | "rss" | "xhtml" | "xlf" | "storyboard" | "xib" => L::Xml,
        "bats" | "command" => L::Bash,
        "ipp" | "tcc" | "txx" | "inl" => L::Cpp,
        "mkd" | "mdown" | "mdwn" | "qmd" | "rmd" => L::Markdown,
        // Several languages each, or generated lists.
        "inc" | "tpl" | "p" | "e" | "x" | "rules" | "def" | "spec" | "in" | "res" => return None,
        _ => LanguageType::from_file_extension(extension)
            .or_else(|| LanguageType::from_file_extension(&extension.to_uppercase()))?,
    };
    Some(of_language(language))
}

fn of_language(language: LanguageType) -> Syntax {
    use LanguageType as L;
    match language {
        L::Markdown | L::Mdx | L::Djot | L::UnrealDeveloperMarkdown => {
            Syntax::Prose(Prose::Markdown)
        }
        L::ReStructuredText => Syntax::Prose(Prose::Rest),
        L::AsciiDoc => Syntax::Prose(Prose::AsciiDoc),
        L::Org => Syntax::Prose(Prose::Org),
        L::Text => Syntax::Prose(Prose::Plain),
        language => Syntax::Code(Language(language)),
    }
}

/// `#!/usr/bin/env -S python3 -u`.
fn shebang(line: &str) -> Option<LanguageType> {
    let mut words = line.strip_prefix("#!")?.split_whitespace();
    let base = |word: &'_ str| word.rsplit('/').next().unwrap_or_default().to_owned();
    let mut program = base(words.next()?);
    if program == "env" {
        let word = words.find(|word| !word.starts_with('-') && !word.contains('='))?;
        program = base(word);
    }
    of_program(program.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '-'))
}

/// `-*- mode: python -*-` and `vim: set ft=python:`.
fn modeline(line: &str) -> Option<LanguageType> {
    let emacs = line
        .split("-*-")
        .nth(1)
        .map(|inside| match inside.split_once("mode:") {
            Some((_, mode)) => mode.split(';').next().unwrap_or_default(),
            None => inside,
        });
    let vim = || {
        let (_, settings) = line.split_once("vim:").or_else(|| line.split_once("vi:"))?;
        let ft = ["filetype=", "ft="]
            .iter()
            .find_map(|key| settings.split_once(key));
        ft.map(|(_, rest)| rest.split([' ', ':']).next().unwrap_or_default())
    };
    let mode = emacs.or_else(vim)?.trim().to_lowercase();
    of_program(&mode).or_else(|| match mode.as_str() {
        "c++" => Some(LanguageType::Cpp),
        _ => Language::named(&mode).map(|language| language.0),
    })
}

/// The language that a program reads, or an editor's mode of that name is for.
fn of_program(program: &str) -> Option<LanguageType> {
    use LanguageType as L;
    Some(match program {
        "sh" | "dash" | "ash" | "shell-script" | "openrc-run" => L::Sh,
        "bash" | "bats" => L::Bash,
        "zsh" => L::Zsh,
        "ksh" | "mksh" | "pdksh" => L::Ksh,
        "csh" | "tcsh" => L::CShell,
        "fish" => L::Fish,
        "nu" => L::Nushell,
        "elvish" => L::Elvish,
        "python" | "pypy" | "python-script" => L::Python,
        "perl" | "cperl" => L::Perl,
        "ruby" | "jruby" | "rake" => L::Ruby,
        "node" | "nodejs" | "bun" | "js" => L::JavaScript,
        "deno" | "ts-node" | "tsx" => L::TypeScript,
        "php" => L::Php,
        "lua" | "luajit" => L::Lua,
        "tclsh" | "wish" | "expect" | "tcl" => L::Tcl,
        "awk" | "gawk" | "mawk" | "nawk" => L::AWK,
        "make" | "makefile" | "gmake" => L::Makefile,
        "rscript" | "Rscript" => L::R,
        "guile" | "csi" | "gsi" => L::Scheme,
        "sbcl" | "clisp" | "ecl" => L::Lisp,
        "racket" => L::Racket,
        "emacs" | "emacs-lisp" => L::Elisp,
        "groovy" => L::Groovy,
        "scala" => L::Scala,
        "kotlin" => L::Kotlin,
        "elixir" => L::Elixir,
        "escript" => L::Erlang,
        "runhaskell" | "runghc" | "stack" => L::Haskell,
        "ocaml" => L::OCaml,
        "julia" => L::Julia,
        "pwsh" | "powershell" => L::PowerShell,
        "crystal" => L::Crystal,
        "raku" => L::Raku,
        "just" => L::Just,
        "swift" => L::Swift,
        "dart" => L::Dart,
        "rust-script" | "cargo" => L::Rust,
        "jq" => L::Jq,
        "nix-shell" => L::Nix,
        _ => return None,
    })
}

fn opening(line: &str) -> Option<LanguageType> {
    let line = line.to_ascii_lowercase();
    if line.starts_with("<?php") {
        Some(LanguageType::Php)
    } else if line.starts_with("<?xml") {
        Some(LanguageType::Xml)
    } else if line.starts_with("<!doctype html") || line.starts_with("<html") {
        Some(LanguageType::Html)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn name(syntax: Syntax) -> String {
        match syntax {
            Syntax::Code(language) => language.name().to_owned(),
            Syntax::Prose(prose) => format!("{prose:?}"),
            Syntax::Unknown => "unknown".to_owned(),
        }
    }

    #[test]
    fn paths_tell() {
        for (path, expected) in [
            ("src/main.rs", "Rust"),
            ("a/Makefile", "Makefile"),
            ("MAIN.C", "C"),
            ("config.h.in", "C Header"),
            ("configure.in", "Autoconf"),
            ("app/show.blade.php", "Blade"),
            ("Dockerfile.dev", "Dockerfile"),
            ("Makefile.in", "Makefile"),
            ("makefile.py", "Python"),
            (".gitignore", "Dockerfile"),
            ("README.md", "Markdown"),
            ("README", "Plain"),
            ("doc/x.rst", "Rest"),
            ("LICENSE", "Plain"),
            ("a.json", "JSON"),
            ("build.gradle", "Groovy"),
            ("Gemfile", "Ruby"),
            ("x.v", "Verilog"),
        ] {
            assert_eq!(
                name(syntax_of_path(path.as_bytes()).unwrap()),
                expected,
                "{path}"
            );
        }
        for path in [
            "tool",
            "dir.rs/tool",
            "a.unheard-of",
            "",
            "a/",
            ".",
            b"\xff\xfe".escape_ascii().to_string().as_str(),
        ] {
            assert_eq!(syntax_of_path(path.as_bytes()), None, "{path}");
        }
    }

    #[test]
    fn first_lines_tell() {
        for (text, expected) in [
            ("#!/bin/sh\n", "Shell"),
            ("#!/usr/bin/env -S python3.12 -u\n", "Python"),
            ("#! /usr/bin/perl -w\n", "Perl"),
            ("#!/bin/sh\n# -*- tcl -*- \\\nexec wish", "TCL"),
            ("// -*- mode: c++; tab-width: 4 -*-\n", "C++"),
            ("# vim: set ft=ruby :\n", "Ruby"),
            ("<?xml version='1.0'?>", "XML"),
            ("hello\n", "unknown"),
            ("#!", "unknown"),
            ("", "unknown"),
        ] {
            assert_eq!(
                name(syntax_of_first_line(text.as_bytes())),
                expected,
                "{text}"
            );
        }
    }
}
