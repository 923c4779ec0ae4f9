import Pipeline

/// `Documentation/Rules.md`, made from the rules' own declarations.
struct RulePage {
  private let rules: [RuleReference]
  private let metrics: [MetricReference]

  /// Takes the rules and the metrics, in the order of the page.
  init(_ rules: [RuleReference], _ metrics: [MetricReference]) {
    self.rules = rules
    self.metrics = metrics
  }

  /// The page, as Markdown.
  var text: String {
    var text = """
      # Rules

      The steps that a filter file can name. Generated from the rules' own declarations by
      `make reference`; `cuvee rules` prints the same. [Adding a filter](AddingAFilter.md) says how a
      filter file composes rules, and how to write a new rule.

      A rule works on documents, on lines or on text. A *documents* rule keeps or drops a whole document; a
      *lines* rule keeps, cuts or rewrites each line, and may drop the document. Rules that follow one another
      on lines share one pass. A *text* rule replaces stretches and leaves the rest as it is. Everything that
      is dropped or cut is counted under the step's `reason`.


      """
    text += "| rule | works on | what it does |\n| --- | --- | --- |\n"
    for rule in rules {
      text += "| [`\(rule.name)`](#\(rule.name)) | \(rule.kind) | \(Self.cell(rule.summary)) |\n"
    }
    return text + rules.map(section).joined() + metricSection + Self.quirks
  }

  private var metricSection: String {
    var text = """

      ## Metrics

      What `drop_if` can measure. Each is computed at most once for a document, however many steps ask.

      | metric | what it is | parameters |
      | --- | --- | --- |

      """
    for metric in metrics {
      let parameters = metric.parameters.map {
        "`\($0.name)`: \($0.form)"
          + ($0.standard.map { ", `\($0)` when absent" } ?? ", **required**")
      }
      let cells = ["`\(metric.name)`", metric.summary, parameters.joined(separator: "; ")]
      text += "| " + cells.map(Self.cell).joined(separator: " | ") + " |\n"
    }
    return text
  }

  /// What is the same as in a reference program and not what one would expect.
  private static let quirks = """

    ## Where published rules surprise

    The filters of published heuristics give the verdict and the first reason of datatrove 0.10.1, held
    against it document by document (`Benchmarks/parity/heuristics.py`). With it they share that:

    - a word is what lies between white space, with the punctuation that touches it. This is Gopher's paper,
      Dolma, and datatrove where it is told so; its own default is spaCy's words, and FineWeb was made with
      NLTK's. Which words are counted changes the verdict of many documents, so each metric of words says it:
      `word_splitting: treebank` takes those of `word_tokenize` of NLTK 3.9.2, with its English sentences.
    - NLTK's words cut marks and clitics off (`do`, `n't`), and turn quotation marks of ASCII into two
      backticks or two apostrophes, which count as two characters; shares of characters are of those of the
      text itself. Of two colons or commas in a row the second stays with what follows, and a period stays
      with its word but at the end of a sentence. NLTK 3.8.1 leaves clitics before a line's end as they are;
      3.10 ends sentences at typographic quotes and sets dashes apart.
    - `words` and `mean_word_length` leave out words of punctuation alone, but shares of words are of all words.
    - stop words are counted once each, and as they are written: `The` and `the,` are not `the`.
    - bullets are `•` and `-`; Dolma takes `*` and `-`.
    - `top_ngram_characters` of a sequence that occurs once is its length, so that very short texts are
      dropped; of sequences that occur as often it takes the first, not the longest.
    - `duplicate_ngram_characters` joins words without spaces, so `a bc` and `ab c` are the same, and passes
      over each sequence that occurred before; the paper and Dolma count all occurrences.
    - duplicates of lines and paragraphs are counted from the second occurrence on.
    - FineWeb's code allows 1 % of the characters in duplicate lines where its paper says 10 %, leaves out
      blank lines, and since December 2024 takes terminal marks of all scripts but no quotation marks.
    - addresses are found as datatrove finds them, without boundaries: of `1234.5.6.7` all but the first digit is
      one. Its replacements go on in turn from one document to the next, Cuvee's begin anew with each document,
      so that a document's text does not depend on which documents came before.
    - texts without a character are records without a text for Cuvee's readers: no filter sees them.

    """

  private func section(_ rule: RuleReference) -> String {
    var text = "\n## \(rule.name)\n\nWorks on \(rule.kind): \(rule.summary).\n"
    if !rule.parameters.isEmpty {
      text += "\n| parameter | value | when absent | meaning |\n| --- | --- | --- | --- |\n"
      for parameter in rule.parameters {
        let standard =
          parameter.standard.map { "`\($0)`" } ?? (parameter.isRequired ? "**required**" : "")
        let cells = ["`\(parameter.name)`", parameter.form, standard, parameter.summary]
        text += "| " + cells.map(Self.cell).joined(separator: " | ") + " |\n"
      }
    }
    text += "\nExample: `\(rule.example.step)` turns\n\n\(Self.block(rule.example.before))\n"
    if let after = rule.example.after {
      return text + "into\n\n\(Self.block(after))"
    }
    return text + "into nothing: the document is dropped.\n"
  }

  private static func block(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)\n" }.joined()
  }

  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
