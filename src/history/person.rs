//! Whom git takes the user for.

use super::open::Repository;

/// A person as the configuration of git names them; what is not set is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct User {
    /// `user.name`.
    pub name: Option<String>,
    /// `user.email`.
    pub mail: Option<String>,
}

impl Repository {
    /// Returns the user as a commit in this repository would name them, from the configuration of
    /// the repository, the user and the machine. `GIT_AUTHOR_NAME` and its like are not asked; what
    /// cannot be read is not set.
    pub fn user(&self) -> User {
        let Ok(config) = self.git().config().and_then(|mut config| config.snapshot()) else {
            return User::default();
        };
        let get = |key| {
            let value = config.get_str(key).ok()?.trim();
            (!value.is_empty()).then(|| value.to_owned())
        };
        User {
            name: get("user.name"),
            mail: get("user.email"),
        }
    }
}
