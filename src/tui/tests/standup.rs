//! The Standup screen: what each action writes, what it looks like.
