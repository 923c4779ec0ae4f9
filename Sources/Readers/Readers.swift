// The Readers target.
