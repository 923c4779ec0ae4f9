// The Shards target.
