import Bytes

extension OutputVerifier {
  /// Reads the list of input files.
  mutating func checkInputs(_ progress: (String) -> Void) -> [InputRecord]? {
    let name = OutputLayout.inputs
    let (path, display) = ("\(folder)/\(name)", "\(displayPath)/\(name)")
    let inputs = attempt(name) { (_) throws(CuveeError) in
      try InputsFile.read(path: path, displayPath: display)
    }
    guard let inputs else { return nil }
    report.counts.inputs = UInt64(inputs.count)
    for source in manifest.sources {
      let files = UInt64(inputs.count { $0.source == source.name })
      if files != source.files {
        note("source \(source.name)", "\(source.files) files, \(name) lists \(files)")
      }
    }
    return inputs
  }

  /// Reads a source's table of documents, where it has one.
  mutating func checkDocuments(
    of source: ManifestSource, inputs: [InputRecord]?, _ progress: (String) -> Void
  ) -> DocumentLengths? {
    let name = OutputLayout.documentsFolder(source: source.name)
    let table = "\(name)/\(OutputLayout.documents)"
    guard manifest.files.contains(where: { $0.file == table }) else { return nil }
    progress(table)
    let (path, display) = ("\(folder)/\(name)", "\(displayPath)/\(name)")
    let lengths = attempt(table) { (report) throws(CuveeError) in
      var reader = try DocumentsReader(folder: path, displayPath: display)
      var lengths = DocumentLengths()
      var idEnd: UInt64 = 0
      var editEnd: UInt64 = 0
      for index in 0..<reader.count {
        let stored = try reader.stored(at: index)
        let document = stored.fields
        if !lengths.add(ordinal: document.ordinal, tokens: document.tokens) {
          report.add(table, "document \(document.ordinal) is out of order")
        }
        if stored.idOffset != idEnd {
          report.add(table, "the id of document \(document.ordinal) is not where the last one ends")
        }
        idEnd = stored.idOffset &+ UInt64(stored.idBytes) &+ 1
        if stored.editOffset != editEnd {
          report.add(
            table, "the edits of document \(document.ordinal) are not where the last ones end")
        }
        editEnd = stored.editOffset &+ UInt64(stored.editBytes)
        if let inputs,
          Int(document.file) >= inputs.count || inputs[Int(document.file)].source != source.name
        {
          report.add(
            table, "document \(document.ordinal) is of file \(document.file), not one of its source"
          )
        }
      }
      if editEnd != reader.editBytes {
        report.add(table, "its edits do not end where the last document's do")
      }
      if idEnd != reader.idBytes { report.add(table, "its ids do not end where the last one does") }
      return lengths
    }
    report.counts.documents += UInt64(lengths?.count ?? 0)
    if let lengths, UInt64(lengths.count) > source.documents.kept {
      note(
        "source \(source.name)",
        "\(source.documents.kept) documents kept, but \(table) has \(lengths.count)")
    }
    return lengths
  }

  /// Computes the digests of the files that are not a phase's.
  mutating func checkOtherFiles(_ progress: (String) -> Void) {
    let (folder, displayPath) = (folder, displayPath)
    for entry in manifest.files + (manifest.evidence ?? []) {
      progress(entry.file)
      attempt(entry.file) { (report) throws(CuveeError) in
        var file = try VerifiedFile(entry, folder: folder, displayPath: displayPath)
        try file.finish(&report)
      }
    }
  }
}
