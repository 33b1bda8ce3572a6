"""What the review screen does, without a screen: state, rules of the keys, and the words shown."""
