"""Every problem code with what it means and what to do; the table behind the page of problems.

Only a table. A code is stable: tools and people search for it.
"""

CODES: dict[str, str] = {
    # texts and files
    "unreadable-file": "The file cannot be opened or read. Check the path and the permissions.",
    "file-too-large": "The file is larger than the limit for its kind. Split it.",
    "not-utf-8": "The file holds bytes that are not UTF-8. Save it as UTF-8.",
    "empty-file": "The file holds nothing. Write the document that is expected there.",
    "yaml-syntax": "The text is not YAML. The message says what the parser expected.",
    "yaml-feature": "Anchors, aliases, tags, merge keys and several documents in one file are not accepted: "
    "they make a text mean something else than it shows. Write the value out.",
    "json-syntax": "The text is not JSON, or holds a number or text that JSON forbids.",
    "csv-syntax": "The text is not CSV as RFC 4180 has it: a quote is not closed, or a line break is not in quotes. "
    "Where rows end cannot be told any more, so that nothing of the file is taken.",
    "too-deep": "The structure is nested deeper than the limit. Flatten it.",
    "duplicate-key": "A key stands twice in one mapping. Remove one.",
    "wrong-shape": "A value has another shape than the key asks for (a mapping, a list, a text, a number).",
    "unknown-key": "The key is not part of the format. Correct its spelling or remove it.",
    "missing-key": "A required key is absent. Add it.",
    "bad-identifier": "The identifier is empty, too long or holds characters that identifiers may not hold.",
    "bad-word": "The value is not one of the words that the key allows.",
    "bad-value": "The value is outside what its type allows.",
    "reversed-interval": "The interval ends before it starts. Exchange or correct the bounds.",
    # expressions
    "expression-syntax": "The expression cannot be read. The caret shows where reading stopped.",
    "expression-too-large": "The expression is longer or nested deeper than the limit. Split the rule.",
    "unsupported-feature": "The feature exists in CEL, but not in version 1 of this language.",
    # names and types
    "unknown-name": "The name is not declared in the vocabulary, the package or the language.",
    "unknown-code": "The code is not a node of its taxonomy, or not a code of its standard.",
    "type-error": "An operator or function meets a value of a type that it does not take.",
    "graded-inside-atom": "`has`, `exists`, `all` and `in` on a many-valued fact weigh claims; they stand only between "
    "`&&`, `||` and `!`, never inside a comparison, a call or the body of another.",
    "many-valued-fact": "A many-valued fact is read only through `exists`, `all`, `has` or `value in fact`.",
    "wrong-subject": "The fact belongs to another kind of subject than the rule or claim speaks of.",
    # vocabularies, packages, claims, cases
    "unsupported-language": "The package names a language version that this program does not evaluate.",
    "vocabulary-mismatch": "The package names another vocabulary than the one it is read with.",
    "duplicate-id": "Two different things carry one identifier. Rename one.",
    "override-circle": "The overrides and exemptions form a circle, so that no rule of it could prevail.",
    "override-across-kinds": "A rule overrides or exempts a rule about another kind of subject.",
    "unknown-rule": "A rule is named that the package does not have.",
    "exemption-shape": "An exemption names the rules that it exempts and has no measure; other kinds have a measure.",
    "overlapping-entries": "Two entries of one dated list or parameter are in force at the same instant.",
    "unknown-fact": "The claim speaks of a fact that the vocabulary does not declare.",
    "unknown-document": "A document is named that the case does not hold.",
    "unknown-subject": "A subject is named that is not known here.",
    "unknown-case": "A case of a test is named that is not there, or not above the one that names it.",
    "unknown-claim": "A claim is to be left out that is not there.",
    "not-one-change": "A case beside another differs from it by exactly one change: `with`, `without`, `at`, "
    "`known_at` or `territory`.",
    "not-in-force": "The rule does not apply at that instant in that territory, so there is nothing to explain.",
    "unknown-package": "No package of that name and date was found.",
    "unknown-population": "No population of that name was found.",
    "no-tests": "The policy has no tests to run. Write the first into its folder `tests`.",
    "already-there": "Something is there already under that name, and nothing is overwritten. Choose another name.",
    "not-a-case": "The folder holds no `case.yaml`.",
    "not-a-population": "The folder holds no `population.yaml`.",
    "empty-population": "The population holds no subject, so that nothing can be asked of it.",
    "passage-not-found": "The statement marks a passage that the text does not hold word for word. Copy it "
    "from the text.",
    "missing-handling": "The case does not say how it was handled (`handling` in case.yaml), which a statement of "
    "reasons must say.",
    "contradicted-handling": "The case says of its handling (`handling` in case.yaml) what the rules or the outcome "
    "exclude, such as a decision without a person where a rule asks for one. Correct it.",
    "informed-too-early": "The addressee would be informed before what the statement tells was known. Correct "
    "the dates.",
    "measure-after-rule": "A measure would begin when its rule is no longer in force, and cannot rest on it then. "
    "Ask for the day on which the addressee is informed.",
    "no-measure": "No measure follows from the outcome, so that there is nothing to state reasons for.",
    "digest-mismatch": "The sealed file's content does not give the digest that it states: it was altered.",
    # data brought in and exported
    "not-data": "The folder holds no export of data, or one in a layout that is not read here.",
    "too-many-claims": "The data hold more claims than are read one by one. Ask `adjudge bulk` for the verdicts of "
    "everybody, or `adjudge backtest` for what a version would do.",
    "altered-data": "A table is not what the manifest says: changed, cut off or exchanged. Take the export anew.",
    "synthetic-data": "The data are invented, by `adjudge synth`, and would stand beside what is about somebody. Take "
    "them into an institution for trials, with `--synthetic`.",
    "wrong-column": "A column of a table is missing, unknown, or of another type than the layout has.",
    # logs and receipts
    "not-a-log": "The file is no exported log, receipt or checkpoint, or it is damaged at its very beginning.",
    "not-a-key": "There is no public key of a log, `name+hash+base64`, in the text, nor in a file of that name.",
    "not-a-checkpoint": "The file holds no checkpoint in a signed note. Keep it exactly as the log published it.",
    "not-comparable": "Without the log, only what is of the same size can be held against a checkpoint. Verify it.",
    "not-verified": "The log is not what was signed. `adjudge verify` says what is wrong with it.",
    "unknown-decision": "The log holds no issued decision of this id.",
    "unfit-machine": "The machine, its disk, its database or the keys are not as running the program needs them.",
    # lint (LANGUAGE.md 6.5)
    "no-ground": "The rule cites neither a law nor a clause of the terms, so nobody can check what it rests on.",
    "no-definition": "A prohibition uses a fact that has no observable definition, so nobody can test or contest it.",
    "protected-fact": "A prohibition turns on a protected fact without a ground in law.",
    "never-met": "The rule can never be met, whatever the claims.",
    "always-met": "The rule is met without a claim, or whatever the claims.",
    "met-without-claim": "The rule can be met without any claim or complete fact, so its measure would have no ground.",
    "shadowed-rule": "Another rule reaches all that this one reaches and is at least as severe.",
    "no-recourse": "No fact of the rule can be changed by the advertiser and no exception can be proven.",
    "unless-repeats-when": "An exception repeats the condition of its rule.",
    "split-range": "A range test on one fact is split over two atoms, which contradictory values can satisfy by "
    "halves.",
    "negation-inside-atom": "A negation or comparison with a truth value stands inside an atom, where silence and "
    "denials may break the laws of logic.",
    "constant-error": "A part without facts can only fail when it is evaluated.",
    "unknown-list-code": "An entry of a list or parameter is no code of the type that it is compared with.",
    "gap-in-entries": "A dated list or parameter has a gap in which no entry is in force.",
    "missing-translation": "A text is present in one language of the package and absent in another.",
    "text-to-write": "A text of the rule, its clause or the definition of a fact that it uses still begins with "
    "TO WRITE. Write it before anyone is told of it.",
    "unused-definition": "A list or parameter is declared and never read.",
    # lint with a population (LANGUAGE.md 6.5)
    "reaches-nobody": "The rule reaches nobody in the population.",
    "reaches-one": "The rule reaches exactly one subject of the population: a ban by name in the dress of a rule.",
    "shadowed-in-population": "Everyone in the population whom the rule reaches is reached by another that is at "
    "least as severe.",
    "no-recourse-in-population": "Nobody in the population whom the rule reaches can end its measure by what is in "
    "their own power.",
}
