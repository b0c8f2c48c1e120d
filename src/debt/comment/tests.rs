//! What the lexer finds and what it leaves, language by language.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod properties;

use super::{TokenKind, comments, html_comments};
use crate::debt::language::Language;

/// The comments of a text, with their signs.
fn comments_in<'t>(language: &str, text: &'t str) -> Vec<&'t str> {
    let language = Language::named(language).expect("a language of the table");
    comments(language, text.as_bytes())
        .iter()
        .map(|t| &text[t.start..t.end])
        .collect()
}

/// Checks each text against the comments it has.
fn check(language: &str, cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(&comments_in(language, text), expected, "{language}: {text}");
    }
}

#[test]
fn c_knows_literals_and_joined_lines() {
    check(
        "C",
        &[
            ("a /* b */ c // d\r\ne", &["/* b */", "// d"]),
            ("x = \"// no\"; y = '\"'; // yes", &["// yes"]),
            ("c = '\\''; s = \"\\\"/*\"; /* yes */", &["/* yes */"]),
            (
                "/* no /* nesting */ x /* two */",
                &["/* no /* nesting */", "/* two */"],
            ),
            ("// goes \\\non\nx", &["// goes \\\non"]),
            ("s = \"goes \\\n// on\"; // yes", &["// yes"]),
            ("s = \"open\n// yes", &["// yes"]),
            ("#error don't\n// yes", &["// yes"]),
            ("/* open\n to the end", &["/* open\n to the end"]),
            ("'abcd' // yes", &["// yes"]),
            ("// a lone\rint x;", &["// a lone"]),
            ("/**/ x /***/", &["/**/", "/***/"]),
        ],
    );
}

#[test]
fn cpp_raw_strings_and_digit_separators() {
    check(
        "C++",
        &[
            ("R\"x( )\" // no )x\" // yes", &["// yes"]),
            ("u8R\"( \" // no )\"; // yes", &["// yes"]),
            ("FOOR\"(\" // yes", &["// yes"]),
            ("1'000'000 + '\"' // yes", &["// yes"]),
        ],
    );
}

#[test]
fn rust_lifetimes_raw_strings_and_nesting() {
    check(
        "Rust",
        &[
            ("fn f<'a>(x: &'a str) {} // yes 'b", &["// yes 'b"]),
            (
                "('\"', b'\"', '\\'', '\\u{22}', '/') /* yes */",
                &["/* yes */"],
            ),
            (
                "r\"\\\" /* yes */ br##\"\"# // no\"## // yes",
                &["/* yes */", "// yes"],
            ),
            ("r#\"\" // no \"# // yes", &["// yes"]),
            ("/* a /* b */ c */ d", &["/* a /* b */ c */"]),
            ("\"a\n// no\n\" /// yes", &["/// yes"]),
            ("let r#type = \"// no\"; // yes", &["// yes"]),
        ],
    );
}

#[test]
fn python_docstrings_are_statements() {
    let kinds = |text: &str| -> Vec<TokenKind> {
        let language = Language::named("Python").unwrap();
        comments(language, text.as_bytes())
            .iter()
            .map(|t| t.kind)
            .collect()
    };
    use TokenKind::{Docstring, Line};
    assert_eq!(kinds("\"\"\"doc\"\"\"\n# c\n"), [Docstring, Line]);
    assert_eq!(
        kinds("def f():\n    r'''doc\n    more'''  # c\n"),
        [Docstring, Line]
    );
    assert_eq!(kinds("def f(): 'doc'\n"), [Docstring]);
    for text in [
        "x = \"\"\"text\"\"\"\n",
        "f(\n    \"\"\"text\"\"\"\n)\n",
        "f(a,\n  b) + \\\n'text'\n",
        "'text'.join(x)\n",
        "f'''text'''\n",
        "b'text'\n",
        "x = lambda: 'text'\n",
        "d = {\n  'k':\n  '''# no'''\n}\n",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
    check(
        "Python",
        &[
            ("x = '# no' # yes", &["# yes"]),
            ("x = '''\n# no\n''' # yes", &["# yes"]),
            ("x = r'\\' # no' # yes", &["# yes"]),
            ("x = 'open\n# yes", &["# yes"]),
        ],
    );
}

#[test]
fn javascript_tells_regex_from_division() {
    check(
        "JavaScript",
        &[
            ("a = /[/]\"\\/'/g; // yes", &["// yes"]),
            ("a = b / c; // yes /", &["// yes /"]),
            ("return /\"/ // yes", &["// yes"]),
            ("f(x) / 2 // yes", &["// yes"]),
            ("a\n/ \"b\" / c // yes", &["// yes"]),
            (
                "x = `a ${ b + `c // ${d} no` /* yes */ } // no` // yes",
                &["/* yes */", "// yes"],
            ),
            ("`${ {a: '}'} } // no`; // yes", &["// yes"]),
            ("a.return / 2 // yes", &["// yes"]),
            ("i++ / 2 // yes", &["// yes"]),
            ("#!/usr/bin/node\n// yes", &["#!/usr/bin/node", "// yes"]),
        ],
    );
}

#[test]
fn elements_hold_text() {
    check(
        "JSX",
        &[
            ("return <p>don't http://x `</p>; // yes", &["// yes"]),
            (
                "x = <a b=\"// no\" c={/* yes */ d}>{/* and */}<br/>'</a> // end",
                &["/* yes */", "/* and */", "// end"],
            ),
            (
                "x = <>// no {f(() => <b>it's</b>)} `</>; // yes",
                &["// yes"],
            ),
            ("a < b; 'x' // yes", &["// yes"]),
            ("f = <T,>(x) => 'y' // yes", &["// yes"]),
        ],
    );
}

#[test]
fn shells_begin_comments_at_words_and_have_heredocs() {
    check(
        "Shell",
        &[
            ("echo a#no ${#x} $# \\# '# no' \"# no\" # yes", &["# yes"]),
            ("cat <<EOF # yes\n# no\nEOF\n# and", &["# yes", "# and"]),
            ("cat <<-'A' <<\\B\n# no\n\tA\n# no\nB\n# yes", &["# yes"]),
            ("cat <<<word\n# yes", &["# yes"]),
            ("x=$((1 << n))\n# yes", &["# yes"]),
            (
                "x=\"$(echo \"a # no\" # yes\n)\" # and",
                &["# yes", "# and"],
            ),
            ("echo 'it'\\''s # no' # yes", &["# yes"]),
            ("x;# yes", &["# yes"]),
            ("cat <<EOF\n# no", &[]),
        ],
    );
}

#[test]
fn ruby_literals() {
    check(
        "Ruby",
        &[
            ("x = \"#{h[\"# no\"]} # no\" # yes", &["# yes"]),
            (
                "x = <<~EOS # yes\n  # no\n  EOS\n# and",
                &["# yes", "# and"],
            ),
            (
                "=begin\nyes\n=end\nx # and",
                &["=begin\nyes\n=end", "# and"],
            ),
            ("x = ?# # yes", &["# yes"]),
            ("x =~ /#\"/ # yes", &["# yes"]),
            ("split /#'/ # yes", &["# yes"]),
            ("%w(# no) # yes", &["# yes"]),
            ("if x? 'a'\n  %(#{no}) # yes", &["# yes"]),
            ("a % b # yes", &["# yes"]),
            ("x << FOO\n", &[]),
        ],
    );
}

#[test]
fn perl_quotes_and_documentation() {
    check(
        "Perl",
        &[
            ("$#array; $x = '#'; # yes", &["# yes"]),
            (
                "=pod\n\nyes\n\n=cut\n\n# and",
                &["=pod\n\nyes\n\n=cut", "# and"],
            ),
            ("s{#}{'} # yes", &["# yes"]),
            ("s#a#b# # yes", &["# yes"]),
            ("s{#}{\n# yes\n}e; # and", &["# yes", "# and"]),
            ("qw(# no\n# no) # yes", &["# yes"]),
            ("$h{s} = m/#/; # yes", &["# yes"]),
            (
                "print <<\"EOF\" . 'x'; # yes\n# no\nEOF\n# and",
                &["# yes", "# and"],
            ),
            ("$x = y => 1; # yes", &["# yes"]),
            ("push @x, 'a'; # it's", &["# it's"]),
        ],
    );
}

#[test]
fn markup_carries_other_languages() {
    check(
        "HTML",
        &[
            ("don't <!-- yes --> // no", &["<!-- yes -->"]),
            ("<script>// yes\n'// no'</script>// no", &["// yes"]),
            (
                "<style>/* yes */ a { b: url(//x) }</style> /* no */",
                &["/* yes */"],
            ),
            ("<script type=\"application/json\">// no</script>", &[]),
            ("<SCRIPT>'</SCRIPT><!-- yes -->", &["<!-- yes -->"]),
        ],
    );
    check(
        "PHP",
        &[
            (
                "# no <?php # yes ?> // no <?= 1 // and\n?>",
                &["# yes ", "// and"],
            ),
            (
                "<?php\n$x = <<<EOT\n// no\n  EOT . '#'; // yes\n#[Attr]\n",
                &["// yes"],
            ),
            (
                "<script>// a\n<?php // b\n?> /* c */</script>",
                &["// a", "// b", "/* c */"],
            ),
        ],
    );
    check(
        "Vue",
        &[(
            "<template>it's // no</template><script lang=\"ts\">// yes\n</script>",
            &["// yes"],
        )],
    );
    check(
        "Ruby HTML",
        &[("<% # yes %># no<%# and %>", &["# yes ", "<%# and %>"])],
    );
}

#[test]
fn functional_languages() {
    check(
        "Haskell",
        &[
            ("a --> b -- yes", &["-- yes"]),
            (
                "{- a {- b -} c -} f' '\"' --- yes",
                &["{- a {- b -} c -}", "--- yes"],
            ),
            ("x |-- y", &[]),
        ],
    );
    check(
        "OCaml",
        &[(
            "(* \"*)\" (* a *) *) 'a' '\"' (* it's *)",
            &["(* \"*)\" (* a *) *)", "(* it's *)"],
        )],
    );
    check(
        "F#",
        &[(
            "(*) \"(* no *)\" (* yes *) // and",
            &["(* yes *)", "// and"],
        )],
    );
    check(
        "Common Lisp",
        &[(
            "#\\\" \"; no\" #\\; ; yes\n#| a #| b |# |#",
            &["; yes", "#| a #| b |# |#"],
        )],
    );
    check("Clojure", &[("\\\" \"; no\" ; yes", &["; yes"])]);
    check("Emacs Lisp", &[("?\" ?\\; \"; no\" ; yes", &["; yes"])]);
    check("Erlang", &[("$\" $% \"% no\" '%' % yes", &["% yes"])]);
    check(
        "Elixir",
        &[("?# \"#{f(\"# no\")}\" ~s(# no) # yes", &["# yes"])],
    );
}

#[test]
fn strings_of_other_languages() {
    check(
        "C#",
        &[
            ("@\"\\\" // yes", &["// yes"]),
            ("@\"\"\" // no\" $\"{f(\"// no\")}\" // yes", &["// yes"]),
        ],
    );
    check(
        "Java",
        &[("\"\"\"\n// no\n\"\"\" '\"' // yes", &["// yes"])],
    );
    check(
        "Go",
        &[("`\\` + \"// no\" + `// no\n` // yes", &["// yes"])],
    );
    check(
        "Kotlin",
        &[(
            "\"${f(\"// no\")} // no\" /* a /* b */ */",
            &["/* a /* b */ */"],
        )],
    );
    check(
        "Swift",
        &[(
            "\"\\(f(\"// no\")) // no\" #\"\"// no\"# // yes",
            &["// yes"],
        )],
    );
    check(
        "Lua",
        &[(
            "[==[ -- no ]] ]==] --[[ yes\n]] -- and",
            &["--[[ yes\n]]", "-- and"],
        )],
    );
    check("SQL", &[("'it''s -- no' E'\\' -- no' -- yes", &["-- yes"])]);
    check("Nix", &[("'' # no ''${x} ''' # no '' # yes", &["# yes"])]);
    check(
        "Julia",
        &[(
            "a' * \"# no\" #= a #= b =# =# # yes",
            &["#= a #= b =# =#", "# yes"],
        )],
    );
    check(
        "PowerShell",
        &[(
            "\"`\" # no\" '# no''' <# yes #> # and",
            &["<# yes #>", "# and"],
        )],
    );
    check("Zig", &[("\\\\ // no\n'\"' // yes", &["// yes"])]);
    check(
        "D",
        &[(
            "/+ a /+ b +/ +/ /* c /* */ `// no` // yes",
            &["/+ a /+ b +/ +/", "/* c /* */", "// yes"],
        )],
    );
    check("Dart", &[("r'\\' '${f('// no')}' // yes", &["// yes"])]);
}

#[test]
fn configuration_and_build_files() {
    check(
        "YAML",
        &[
            ("- -e 's,a,b,' /c\n# don't", &["# don't"]),
            (
                "a: it's a#b # yes\nb: '# no'\nc: \"x\n  # no\" # and",
                &["# yes", "# and"],
            ),
        ],
    );
    check(
        "TOML",
        &[(
            "a = '\\' # yes\nb = '''\n# no\n''' # and",
            &["# yes", "# and"],
        )],
    );
    check(
        "Makefile",
        &[
            ("a = \\# no # yes \\\non\nb", &["# yes \\\non"]),
            ("\tsed 's/ #x//'", &[]),
        ],
    );
    check("Dockerfile", &[("# yes\nRUN echo '# no' # no", &["# yes"])]);
    check(
        "INI",
        &[(
            "; yes\n# and\nurl = a#b ; end",
            &["; yes", "# and", "; end"],
        )],
    );
    check(
        "CMake",
        &[(
            "#[[ yes\n]] x [=[ # no ]=] # and",
            &["#[[ yes\n]]", "# and"],
        )],
    );
    check("TeX", &[("50\\% no % yes", &["% yes"])]);
    check(
        "Batch",
        &[("REM yes\n:: and\necho REMark rem", &["REM yes", ":: and"])],
    );
    check(
        "TCL",
        &[(
            "# yes\nset x a#no ;# and\nset y {\"} \n# end",
            &["# yes", "# and", "# end"],
        )],
    );
    check(
        "Vim Script",
        &[("\" yes\nlet a = \"# no\" \" and", &["\" yes", "\" and"])],
    );
    check(
        "CSS",
        &[("a { b: url(http://x) } // no\n/* yes */", &["/* yes */"])],
    );
    check("LESS", &[("a { b: url(http://x) } // yes", &["// yes"])]);
    check(
        "FORTRAN Legacy",
        &[("C yes\n      x = 'a!b' ! and", &["C yes", "! and"])],
    );
    check("Visual Basic", &[("x = \"'\" ' yes", &["' yes"])]);
    check("JSON", &[("{\"a\": \"// no\"} // no", &[])]);
}

#[test]
fn bodies_are_without_signs() {
    let bodies = |language: &str, text: &'static str| -> Vec<&'static str> {
        let language = Language::named(language).unwrap();
        comments(language, text.as_bytes())
            .iter()
            .map(|t| &text[t.body_start..t.body_end])
            .collect()
    };
    assert_eq!(
        bodies("Rust", "/// a\r\n//! b\n/** c */ /**/"),
        [" a", " b", " c ", ""]
    );
    assert_eq!(bodies("Python", "'''a'''\n## b"), ["a", " b"]);
    assert_eq!(bodies("Shell", "# a"), [" a"]);
}

#[test]
fn prose_has_html_comments() {
    let text = "a <!-- b --> c <!-- d";
    let found = html_comments(text.as_bytes());
    let found: Vec<_> = found.iter().map(|t| &text[t.start..t.end]).collect();
    assert_eq!(found, ["<!-- b -->", "<!-- d"]);
}
