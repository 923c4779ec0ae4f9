// The Mixing target.
