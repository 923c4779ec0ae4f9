import Bytes
import Foundation
import Streams

/// A unit of the cache whose files are not what its receipt says.
public struct CacheDamage: Sendable, Codable, Equatable {
  /// The stage.
  public var stage: Stage
  /// The key of the unit.
  public var key: String
  /// What a person reads: the source and the part.
  public var label: String
  /// What is wrong with which of its files.
  public var problem: String

  /// `tokenise/3f2c...: tokens.bin holds other bytes than were written`
  public var line: String {
    "\(stage.rawValue)/\(key)\(label.isEmpty ? "" : " (\(label))"): \(problem)"
  }
}

/// Which units of a cache were found whole in this run. Each is read through once, before anything
/// of it is used; several threads that need the same unit wait for the one that reads it.
// Invariant: every property is only touched under `condition`.
final class CacheChecks: @unchecked Sendable {
  private enum State { case checking, sound }

  private let condition = NSCondition()
  private var states: [String: State] = [:]
  private var found: [CacheDamage] = []

  /// Marks a unit as whole: this run has written it.
  func pass(_ unit: String) {
    condition.lock()
    states[unit] = .sound
    condition.unlock()
  }

  /// Runs a check unless the unit has passed one.
  ///
  /// - Parameters:
  ///   - unit: The unit's folder, relative to the cache's.
  ///   - check: Gives the damage, or nil where there is none.
  /// - Returns: The damage, or nil.
  /// - Throws: What the check throws.
  func check(
    _ unit: String, _ check: () throws(CuveeError) -> CacheDamage?
  ) throws(CuveeError) -> CacheDamage? {
    condition.lock()
    while states[unit] == .checking { condition.wait() }
    if states[unit] == .sound {
      condition.unlock()
      return nil
    }
    states[unit] = .checking
    condition.unlock()
    var passed = false
    defer {
      condition.lock()
      states[unit] = passed ? .sound : nil
      condition.broadcast()
      condition.unlock()
    }
    let damage = try check()
    passed = damage == nil
    return damage
  }

  /// Remembers a unit that was set aside. Threads that waited for its check find it gone: once is
  /// enough.
  func note(_ damage: CacheDamage) {
    condition.lock()
    if !found.contains(where: { $0.stage == damage.stage && $0.key == damage.key }) {
      found.append(damage)
    }
    condition.unlock()
  }

  /// The units that were set aside since the last call.
  func takeDamages() -> [CacheDamage] {
    condition.lock()
    defer {
      found = []
      condition.unlock()
    }
    return found
  }
}

extension CacheDamage {
  /// Holds a unit in the cache against its receipt; nil where it is what its place says.
  ///
  /// - Parameters:
  ///   - stage: The stage whose folder the unit is in.
  ///   - key: The key that its own folder is named after.
  ///   - folder: That folder.
  ///   - receipt: What its receipt says; nil where that is damaged.
  init?(_ stage: Stage, _ key: String, in folder: String, receipt: ReceiptHead?) {
    self.init(
      stage: stage, key: key, label: receipt?.label ?? "", problem: "its receipt is damaged")
    guard let receipt else { return }
    guard receipt.key.hex == key, receipt.stage == stage else {
      problem = "it holds the result of another unit"
      return
    }
    guard let found = receipt.problem(in: folder) else { return nil }
    problem = found
  }
}

extension ReceiptHead {
  /// Holds the files of a unit against its receipt, with one pass over their bytes.
  ///
  /// - Returns: What is wrong, or nil.
  func problem(in folder: String) -> String? {
    for file in files {
      guard let found = try? ReceiptFile(name: file.name, in: folder) else {
        return "\(file.name) cannot be read"
      }
      if found.bytes != file.bytes {
        return "\(file.name) has \(found.bytes) bytes instead of \(file.bytes)"
      }
      if found.xxh3 != file.xxh3 { return "\(file.name) holds other bytes than were written" }
    }
    return nil
  }
}
