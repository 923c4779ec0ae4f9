// The Deduplication target.
