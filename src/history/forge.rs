//! Where a repository is shown to people: the address of its forge, read from its remote.

use super::open::Repository;

impl Repository {
    /// Returns the https address under which the forge of `origin`, or of the only remote, shows
    /// the repository: `https://github.com/owner/name`. User names and passwords are left out.
    /// `None` for no remote, a path, or an address that is none. Whether such a forge exists is
    /// not asked.
    pub fn forge(&self) -> Option<String> {
        let git = self.git();
        let origin = git.find_remote("origin").or_else(|error| {
            let names = git.remotes()?;
            match (names.len(), names.get(0)) {
                (1, Ok(Some(only))) => git.find_remote(only),
                _ => Err(error),
            }
        });
        forge_of(origin.ok()?.url().ok()?)
    }
}

/// The https address that a remote's address speaks of.
fn forge_of(remote: &str) -> Option<String> {
    let (place, keeps_port) = if let Some(rest) = remote.strip_prefix("https://") {
        (rest.to_owned(), true)
    } else if let Some(rest) = remote.strip_prefix("http://") {
        (rest.to_owned(), false)
    } else if let Some(rest) = remote.strip_prefix("ssh://") {
        (rest.to_owned(), false)
    } else {
        // As scp writes it: `git@host:owner/name`. A slash before the colon is a path.
        let (host, path) = remote.split_once(':')?;
        if host.contains('/') || path.starts_with("//") {
            return None;
        }
        (format!("{host}/{}", path.trim_start_matches('/')), false)
    };
    let (host, path) = place.split_once('/')?;
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let (name, port) = match host.split_once(':') {
        Some((name, port)) => (name, Some(port)),
        None => (host, None),
    };
    let host_sound = name.contains('.')
        && name.split('.').all(|label| {
            let sound = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
            !label.is_empty() && label.bytes().all(sound)
        });
    let path = path.trim_end_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    let path_sound = path.contains('/')
        && path.split('/').all(|part| {
            let sound = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
            !matches!(part, "" | "." | "..") && part.bytes().all(sound)
        });
    if !host_sound || !path_sound {
        return None;
    }
    // Only the port of https is one that a browser can use.
    let port = port
        .filter(|port| keeps_port && *port != "443")
        .filter(|port| port.len() <= 5 && port.bytes().all(|byte| byte.is_ascii_digit()))
        .map(|port| format!(":{port}"))
        .unwrap_or_default();
    Some(format!(
        "https://{}{port}/{path}",
        name.to_ascii_lowercase()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remotes_in_all_spellings_lead_to_one_address() {
        for remote in [
            "https://github.com/ann/pay.git",
            "https://github.com/ann/pay",
            "https://github.com:443/ann/pay/",
            "https://ann:token@GitHub.com/ann/pay.git",
            "http://github.com/ann/pay",
            "git@github.com:ann/pay.git",
            "github.com:/ann/pay.git",
            "ssh://git@github.com/ann/pay.git",
            "ssh://git@github.com:22/ann/pay.git",
        ] {
            assert_eq!(
                forge_of(remote).as_deref(),
                Some("https://github.com/ann/pay"),
                "{remote}"
            );
        }
        assert_eq!(
            forge_of("https://gitlab.example.org:8443/a/b/c.git").as_deref(),
            Some("https://gitlab.example.org:8443/a/b/c")
        );
    }

    #[test]
    fn what_is_no_forge_gives_none() {
        for remote in [
            "",
            "/srv/git/pay.git",
            "../pay",
            "./a:b/c",
            "file:///srv/git/pay.git",
            "ext::sh -c evil",
            "javascript://github.com/a/b",
            "https://github.com",
            "https://github.com/pay",
            "https://git hub.com/a/b",
            "https://github.com/a/b\"><script>",
            "https://github.com/a/../b",
            "https://github.com/a/b?x#y",
            "git@localhost:a/b",
            "C:/git/a/b",
        ] {
            assert_eq!(forge_of(remote), None, "{remote}");
        }
    }
}
