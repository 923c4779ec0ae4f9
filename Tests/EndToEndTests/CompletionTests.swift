import Foundation
import TestSupport
import Testing

/// What a shell offers after the completions of `make install`.
@Suite struct CompletionTests {
  /// Asks bash's completion function, as a press of Tab does, with the binary as `$0`.
  private static let script = #"""
    source <("$0" --generate-completion-script bash)
    COMP_WORDS=(cuvee "$@")
    COMP_CWORD=$#
    COMP_LINE="${COMP_WORDS[*]}"
    COMP_POINT=${#COMP_LINE}
    _cuvee cuvee "${COMP_WORDS[-1]}" "${COMP_WORDS[-2]}"
    echo "${COMPREPLY[*]}"
    """#

  /// Words of a command line whose last is unfinished, and what it becomes in the repository's root.
  @Test(arguments: [
    ("bui", "build"), ("cache pru", "prune"), ("build x.yaml --rep", "--replace"),
    ("check Mixt", "Mixtures"), ("check Mixtures/sam", "Mixtures/sample.yaml"),
    ("build x.yaml --output Docu", "Documentation"),
    ("tokenize a.jsonl --tokenizer LIC", "LICENSE"),
  ])
  func bashCompletes(_ line: String, _ expected: String) throws {
    let words = line.split(separator: " ").map(String.init)
    let outcome = try Cuvee.run(words, wrapper: ["/bin/bash", "-c", Self.script])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output == expected + "\n")
  }
}
