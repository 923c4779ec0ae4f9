/// The engine that a pattern was written for; they differ in small things.
enum RegexDialect: String, Sendable {
  /// Rust's, as tiktoken has it.
  case rust
  /// Oniguruma's with Ruby's syntax, as Hugging Face tokenizers have it.
  case oniguruma
}
