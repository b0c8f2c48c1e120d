//! The settings of libgit2, which are one for the whole process.

use std::sync::Once;

/// The largest object that libgit2 may put together from deltas, in bytes. Its own limit of
/// 2 GiB lets a pack of some kilobytes claim all memory.
pub(super) const MAX_OBJECT: usize = 64 << 20;

/// How much of a pack is mapped at once, in bytes.
const WINDOW: usize = 32 << 20;

/// How much of all packs together is mapped, in bytes. Beyond it the windows out of use go.
const MAPPED: usize = 1 << 30;

/// How many packs are open at once: an unrepacked repository has thousands, and a process may
/// have 256 (macOS) or 1,024 (Linux) files.
const OPEN_PACKS: usize = 128;

/// Sets libgit2 up; the second call and all later ones do nothing. Opening a repository calls it.
///
/// Objects are read once and in bulk, so libgit2 neither caches them nor hashes them again (git
/// itself does not when it reads). The check of the owner stays on.
pub fn settle() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        git2::opts::strict_hash_verification(false);
        git2::opts::enable_caching(false);
        // None of these can fail: libgit2 only stores the numbers.
        // SAFETY: the settings are plain globals of libgit2 that other threads must not read at
        // the same time. `Once` makes every caller wait, and all of this room calls it first.
        unsafe {
            let _ = git2::opts::set_mwindow_size(WINDOW);
            let _ = git2::opts::set_mwindow_mapped_limit(MAPPED);
            let _ = git2::opts::set_mwindow_file_limit(OPEN_PACKS);
            libgit2_sys::git_libgit2_opts(
                libgit2_sys::GIT_OPT_SET_PACK_MAX_OBJECT_SIZE as std::ffi::c_int,
                MAX_OBJECT,
            );
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delta_cannot_claim_more_than_the_limit() {
        settle();
        let mut limit = 0_usize;
        // SAFETY: the option writes one size_t through the pointer.
        unsafe {
            libgit2_sys::git_libgit2_opts(
                libgit2_sys::GIT_OPT_GET_PACK_MAX_OBJECT_SIZE as std::ffi::c_int,
                &raw mut limit,
            );
        }
        assert_eq!(limit, MAX_OBJECT);
    }

    #[test]
    fn the_owner_is_still_checked() {
        settle();
        let mut checked: std::ffi::c_int = 0;
        // SAFETY: the option writes one int through the pointer.
        unsafe {
            libgit2_sys::git_libgit2_opts(
                libgit2_sys::GIT_OPT_GET_OWNER_VALIDATION as std::ffi::c_int,
                &raw mut checked,
            );
        }
        assert_eq!(checked, 1);
    }
}
