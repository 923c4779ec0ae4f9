// Tests of Readers.
