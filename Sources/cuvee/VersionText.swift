import Pipeline
import Shards
import Streams

/// What `cuvee --version` prints: the program's version on the first line, then the versions that
/// decide whether outputs and caches of two programs fit together.
enum VersionText {
  static let text = """
    cuvee \(ToolVersion.current)
    output format \(Manifest.currentFormatVersion)
    cache format \(ToolVersion.formats)
    libzstd \(ZstdLibrary.version)
    """
}
