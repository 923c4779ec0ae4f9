import Bytes
import Streams

/// Reads bytes as a compressed file, and checks what must hold whatever they are.
struct StreamReading: Sendable {
  /// Content that is read at most: a bomb is no finding.
  private static let enough = 4 << 20

  private let file = ScratchFile()

  /// Checks that the sizes of reads make no difference and that errors stay errors.
  ///
  /// - Returns: The content, or nil where there was an error.
  func check(_ bytes: [UInt8], name: String) -> [UInt8]? {
    file.write(bytes)
    let whole = read(name, pieces: [1 << 20])
    let pieces = read(name, pieces: [1, 7, 1000, 70_000])
    require((whole == nil) == (pieces == nil), "only one reading failed")
    require(whole == pieces, "two readings differ")
    return whole
  }

  private func read(_ name: String, pieces: [Int]) -> [UInt8]? {
    var content: [UInt8] = []
    do throws(CuveeError) {
      var input = try ByteInput(path: file.path, displayPath: name)
      var turn = 0
      while content.count < Self.enough {
        let wanted = min(pieces[turn % pieces.count], Self.enough - content.count)
        let count: Int
        do throws(CuveeError) {
          count = try input.read(into: &content, atMost: wanted)
        } catch {
          requireTheSame(error, of: &input)
          throw error
        }
        require(input.position == UInt64(content.count), "position")
        if count == 0 { return content }
        require(count <= wanted, "more than was wanted")
        turn += 1
      }
    } catch {
      require(error.kind == .badData && error.message.hasPrefix(name + ": "), error.message)
      return nil
    }
    return content
  }

  private func requireTheSame(_ error: CuveeError, of input: inout ByteInput) {
    var more: [UInt8] = []
    do throws(CuveeError) {
      _ = try input.read(into: &more, atMost: 1)
      fatalError("went on after \(error.message)")
    } catch let again {
      require(again == error && more.isEmpty, again.message)
    }
  }
}
