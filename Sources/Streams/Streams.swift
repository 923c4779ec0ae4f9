// The Streams target.
