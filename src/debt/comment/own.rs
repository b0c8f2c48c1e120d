//! What tokei's tables have wrong or are silent on, language by language.

use tokei::LanguageType::{self, *};

use super::charlit::{character_unless_transposed, dollar, prolog, question};
use super::family::*;
use super::guard::*;
use super::literal::*;
use super::python::tripled_doc;
use super::rule::{Escape, *};
use super::{heredoc, markup};

/// What of tokei's table goes with our own rules. A rule of ours always replaces that of theirs
/// with the same opening.
pub(super) enum Take {
    /// All of it.
    All,
    /// The comment signs; the strings are ours.
    Comments,
    /// None of it.
    Nothing,
}

/// Our own part of a language.
pub(super) struct Own {
    pub(super) rules: Vec<Rule>,
    pub(super) take: Take,
    /// Whether its rules ask what stands before.
    pub(super) tells_prev: bool,
    /// Whether its rules ask how many brackets are open.
    pub(super) counts_brackets: bool,
}

fn all(rules: &[&[Rule]]) -> Own {
    Own {
        rules: rules.concat(),
        take: Take::All,
        tells_prev: false,
        counts_brackets: false,
    }
}

fn comments(rules: &[&[Rule]]) -> Own {
    Own {
        take: Take::Comments,
        ..all(rules)
    }
}

fn only(rules: &[&[Rule]]) -> Own {
    Own {
        take: Take::Nothing,
        ..all(rules)
    }
}

fn with_prev(own: Own) -> Own {
    Own {
        tells_prev: true,
        ..own
    }
}

fn with_brackets(own: Own) -> Own {
    Own {
        counts_brackets: true,
        ..own
    }
}

/// Our own part of a language's rules.
pub(super) fn of(language: LanguageType) -> Own {
    match language {
        C | CHeader | Cpp | CppHeader | CppModule | Cuda | ObjectiveC | ObjectiveCpp | Arduino
        | Metal | Glsl | Hlsl | ShaderLab | DeviceTree | Lex | UnrealShader
        | UnrealShaderHeader | OpenCL | Swig | LinkerScript => only(&[C_FAMILY]),
        Happy => only(&[C_FAMILY]),
        Rust | RON | Lalrpop => comments(&[RUST]),
        Java => comments(&[&[TRIPLED, QUOTE], CHARACTER]),
        CSharp => comments(&[CSHARP]),
        Go | Gleam => comments(&[&[QUOTE, BACKTICKS], CHARACTER]),
        Kotlin => comments(&[
            &[TRIPLED_RAW.with(braces("${")), QUOTE.with(braces("${"))],
            CHARACTER,
        ]),
        Scala => only(&[
            NESTED_SLASHES,
            CHARACTER,
            &[
                TRIPLED_RAW.with(braces("${")).when(after_name),
                QUOTE.with(braces("${")).when(after_name),
                TRIPLED_RAW,
                QUOTE,
                BACKTICKS,
            ],
        ]),
        Swift => comments(&[&[
            TRIPLED.with(parens("\\(")),
            QUOTE.with(parens("\\(")),
            call("#", swift_raw),
        ]]),
        Dart => only(&[
            NESTED_SLASHES,
            &[
                verbatim("r\"\"\"", "\"\"\""),
                verbatim("r'''", "'''"),
                verbatim_line("r\"", "\""),
                verbatim_line("r'", "'"),
                TRIPLED.with(braces("${")),
                long_string("'''").with(braces("${")),
                QUOTE.with(braces("${")),
                string("'").with(braces("${")),
            ],
        ]),
        Groovy | Nextflow => with_prev(comments(&[&[
            TRIPLED.with(braces("${")),
            long_string("'''"),
            QUOTE.with(braces("${")),
            string("'"),
            call("/", regex),
        ]])),
        D => comments(&[CHARACTER, &[LONG_QUOTE, BACKTICKS]]),
        Zig => comments(&[CHARACTER, &[QUOTE, call("\\\\", string_line)]]),
        Nim => only(&[
            CHARACTER,
            &[
                nested("##[", "]##"),
                nested("#[", "]#"),
                line("#"),
                TRIPLED_RAW,
                QUOTE,
            ],
        ]),
        Protobuf | Thrift => all(&[&[QUOTE, string("'"), blocks("/*", "*/")]]),
        WGSL | Circom | Zokrates | OpenQasm | GdShader => only(&[NESTED_SLASHES]),
        Solidity => all(&[&[string("'")]]),
        Hcl => comments(&[&[QUOTE.with(braces("${")), call("<<", heredoc::shell)]]),
        Verilog | SystemVerilog => only(&[SLASHES, &[QUOTE]]),
        FlatBuffers => all(&[&[string("'")]]),

        JavaScript | Jsx | Tsx | GlimmerJs | GlimmerTs => with_prev(comments(&[SCRIPT, ELEMENTS])),
        TypeScript | ArkTS | Qml => with_prev(comments(&[SCRIPT])),
        ActionScript | Haxe | Julius | Svelte | Vue | Astro | Html | RubyHtml | Php | Blade
        | Handlebars | Mustache | Liquid | Twig | Tera | Jinja2 | Gohtml | Razor | Asp | AspNet
        | ColdFusion | FreeMarker | Hamlet | Polly => page(language),
        Xml | Svg | XSL | Xaml | AvaloniaXaml | MsBuild | NuGetConfig | DotNetResource
        | VisualStudioProject => only(&[MARKUP]),
        Css | Cassius | Lucius => only(&[STYLE]),
        Sass | Less | Stylus | PostCss => only(&[STYLE, &[line("//").when(not_after_colon)]]),
        CoffeeScript => with_prev(only(&[&[
            line("#"),
            blocks("###", "###"),
            TRIPLED.with(braces("#{")),
            long_string("'''"),
            LONG_QUOTE.with(braces("#{")),
            long_string("'"),
            verbatim("///", "///"),
            call("/", regex_or_argument),
        ]])),

        Python | Cython | Mojo | Bazel | Snakemake | Scons | Renpy | Meson | GdScript
        | KvLanguage => with_brackets(only(&[PYTHON])),
        Ruby | Rakefile | Crystal => with_prev(only(&[RUBY])),
        Perl => with_prev(only(&[PERL])),
        Elixir => comments(&[ELIXIR]),
        Graphql => comments(&[&[call("\"\"\"", tripled_doc), QUOTE]]),
        Julia => comments(&[&[
            TRIPLED.with(parens("$(")),
            LONG_QUOTE.with(parens("$(")),
            call("'", character_unless_transposed),
        ]]),
        R => comments(&[&[LONG_QUOTE, long_string("'"), BACKTICKS]]),
        Lua => only(&[&[
            call("--", bracket_comment),
            line("--"),
            call("[", long_bracket),
            QUOTE,
            string("'"),
        ]]),
        Tcl => only(&[&[
            continued_line("#").when(tcl_command),
            LONG_QUOTE.when(tcl_word),
            ESCAPED,
        ]]),
        AWK => with_prev(only(&[&[line("#"), QUOTE, call("/", regex)]])),
        Jq => only(&[&[line("#"), QUOTE.with(parens("\\("))]]),

        Sh | Bash | Zsh | Ksh | CShell | Ebuild | PacmanMakepkg | Kaem => only(&[SHELL]),
        Bitbake => only(&[&[line("#").when(word_start), LONG_QUOTE, long_string("'")]]),
        Fish => only(&[&[
            line("#").when(word_start),
            ESCAPED,
            LONG_QUOTE,
            long_string("'"),
        ]]),
        Nushell | Elvish => only(&[&[
            line("#").when(word_start),
            LONG_QUOTE,
            verbatim("'", "'"),
            BACKTICKS,
        ]]),
        PowerShell => only(&[&[
            blocks("<#", "#>"),
            line("#").when(word_start),
            verbatim("@\"\n", "\n\"@"),
            verbatim("@'\n", "\n'@"),
            verbatim("@\"\r\n", "\n\"@"),
            verbatim("@'\r\n", "\n'@"),
            escaped("\"", "\"", Escape::Backtick).with(parens("$(")),
            long_doubled("'", "'"),
            skip("`", 1),
        ]]),
        Batch => only(&[&[
            line("REM").folded().when(batch_command),
            line("::").when(first_on_line),
        ]]),
        Makefile | Automake | Just => only(&[&[
            continued_line("#").when(recipe_word),
            ESCAPED,
            string("'").when(word_start),
            QUOTE.when(word_start),
        ]]),
        Autoconf | M4 => only(&[&[line("dnl").when(whole_word), line("#").when(after_blank)]]),
        CMake => only(&[&[
            call("#", bracket_comment),
            line("#"),
            call("[", long_bracket),
            LONG_QUOTE,
            ESCAPED,
        ]]),
        Dockerfile | Gherkin | Po | VerilogArgsFile => only(&[HASH_LINES]),
        Ini | ForgeConfig => only(&[HASH_LINES, &[line(";").when(after_blank)]]),
        Yaml => only(&[&[
            line("#").when(after_blank),
            LONG_QUOTE.when(scalar_start),
            long_doubled("'", "'").when(scalar_start),
        ]]),
        Toml => only(&[&[
            line("#"),
            TRIPLED,
            verbatim("'''", "'''"),
            QUOTE,
            verbatim_line("'", "'"),
        ]]),
        Nix => comments(&[&[
            LONG_QUOTE.with(braces("${")),
            escaped("''", "''", Escape::TwoQuotes).with(braces("${")),
        ]]),
        Puppet | RPMSpecfile | OpenPolicyAgent | GDB => all(&[&[line("#").when(after_blank)]]),

        Sql => only(&[&[
            line("--"),
            blocks("/*", "*/"),
            line("#").when(first_on_line),
            call("'", sql_escaped),
            long_doubled("'", "'"),
            long_doubled("\"", "\""),
            BACKTICKS,
        ]]),
        Ada | Vhdl => all(&[CHARACTER, &[doubled("\"")]]),
        FortranModern => only(&[&[line("!"), doubled("\""), doubled("'")]]),
        FortranLegacy => only(&[&[
            line("!"),
            line("C").folded().when(first_column),
            line("*").when(first_column),
            doubled("\""),
            doubled("'"),
        ]]),
        Cobol => only(&[&[
            line("*").when(cobol_column),
            line("*>"),
            doubled("\""),
            doubled("'"),
        ]]),
        Abap => only(&[&[
            line("*").when(first_column),
            line("\""),
            doubled("'"),
            string("`"),
        ]]),
        Pascal => only(&[&[
            line("//"),
            blocks("{", "}"),
            blocks("(*", "*)"),
            doubled("'"),
        ]]),
        VB6 | VBScript | VisualBasic | BrightScript => only(&[&[
            line("'"),
            line("REM").folded().when(batch_command),
            doubled("\""),
        ]]),
        Haskell | Elm | Idris | PureScript | Agda | Cabal | Unison | Daml | Dhall => {
            comments(&[HASKELL, &[TRIPLED]])
        }
        OCaml | Coq | Sml | UrWeb => only(&[ML]),
        FSharp => only(&[
            SLASHES_ONLY,
            CHARACTER,
            &[
                nested_quoted("(*", "*)").when(not_star_operator),
                TRIPLED_RAW,
                long_doubled("@\"", "\""),
                LONG_QUOTE,
            ],
        ]),
        Fstar | Ats | Menhir => all(&[ML]),
        Wolfram => only(&[&[nested("(*", "*)"), LONG_QUOTE]]),
        Lisp | Scheme | Racket => comments(&[LISP]),
        Elisp | EmacsDevEnv => comments(&[&[LONG_QUOTE, call("?", question), ESCAPED]]),
        Clojure | ClojureC | ClojureScript | Edn => comments(&[CLOJURE]),
        Fennel | Hy | Janet => all(&[&[LONG_QUOTE]]),
        Erlang => comments(&[&[LONG_QUOTE, long_string("'"), call("$", dollar)]]),
        Prolog | Logtalk => comments(&[&[LONG_QUOTE, string("'"), call("0'", prolog)]]),
        Tex => comments(&[&[ESCAPED]]),
        VimScript => only(&[&[call("\"", vim_quote), doubled("'").when(fresh)]]),
        Assembly | LLVM | WebAssembly => all(&[]),
        AssemblyGAS => only(&[
            SLASHES,
            CHARACTER,
            &[
                QUOTE,
                line("#").when(assembler_hash),
                line("@").when(between_blanks),
                line(";").when(first_on_line),
            ],
        ]),
        Smalltalk => only(&[&[blocks("\"", "\""), long_doubled("'", "'")]]),
        NotQuitePerl | Raku => all(&[&[LONG_QUOTE, string("'").when(fresh)]]),
        AsciiDoc => only(&[&[
            line("//").when(first_column),
            blocks("////", "////").when(first_column),
        ]]),
        Org => only(&[&[line("# ").when(first_on_line)]]),
        Stata => only(&[SLASHES, &[line("*").when(first_on_line), QUOTE]]),
        Spice => only(&[&[line("*").when(first_column)]]),
        Hledger => only(&[&[
            line(";"),
            line("#").when(first_column),
            blocks("comment", "end comment").when(first_column),
        ]]),
        Forth => only(&[&[
            line("\\").when(between_blanks),
            blocks("( ", ")").when(after_blank),
        ]]),
        K | Q => only(&[&[line("/").when(after_blank), LONG_QUOTE]]),
        _ => all(&[]),
    }
}

/// Markup with pages' scripts and styles in it, and what a template language adds.
fn page(language: LanguageType) -> Own {
    match language {
        ActionScript | Haxe | Julius => with_prev(comments(&[SCRIPT])),
        Php => only(&[MARKUP, PAGE, &[call("<?", markup::php)]]),
        RubyHtml => only(&[
            MARKUP,
            PAGE,
            &[
                blocks("<%#", "%>"),
                blocks("<%--", "--%>"),
                call("<%", markup::percent).far(),
            ],
        ]),
        Vue | Svelte | Astro | Html => only(&[MARKUP, PAGE]),
        AspNet | Asp => only(&[MARKUP, PAGE, &[blocks("<%--", "--%>")]]),
        Razor => only(&[MARKUP, PAGE, &[blocks("@*", "*@")]]),
        Handlebars => only(&[
            MARKUP,
            PAGE,
            &[blocks("{{!--", "--}}"), blocks("{{!", "}}")],
        ]),
        Twig | Tera | Jinja2 => only(&[MARKUP, PAGE, &[blocks("{#", "#}")]]),
        _ => Own {
            take: Take::Comments,
            ..only(&[MARKUP, PAGE])
        },
    }
}
