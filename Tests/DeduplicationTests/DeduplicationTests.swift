// Tests of Deduplication.
