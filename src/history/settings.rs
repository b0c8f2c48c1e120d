//! The settings of libgit2, which are one for the whole process.

use std::cell::Cell;
use std::ffi::{c_char, c_int, c_void};
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

thread_local! {
    /// The largest piece of memory that libgit2 gets in this thread.
    static LARGEST: Cell<usize> = const { Cell::new(usize::MAX) };
}

/// Lets libgit2 have no piece of memory in this thread, while `work` runs, that an object of more
/// than [`MAX_OBJECT`] would need: it then says that there is no memory.
///
/// The limit of libgit2 is one for what deltas are put together to. An object that a pack holds
/// whole, or that deltas begin with, is unpacked whatever its size, and to look at the size of each
/// object first would cost a second look into the pack.
pub(super) fn within_limit<T>(work: impl FnOnce() -> T) -> T {
    /// Takes the limit back, also where `work` panics.
    struct Back(usize);
    impl Drop for Back {
        fn drop(&mut self) {
            LARGEST.set(self.0);
        }
    }
    // libgit2 puts its header before a loose object, and a zero behind any.
    let _back = Back(LARGEST.replace(MAX_OBJECT + 4_096));
    work()
}

/// What libgit2 takes memory with: `git_allocator` of its `sys/alloc.h`.
#[repr(C)]
struct Allocator {
    malloc: extern "C" fn(usize, *const c_char, c_int) -> *mut c_void,
    realloc: extern "C" fn(*mut c_void, usize, *const c_char, c_int) -> *mut c_void,
    free: extern "C" fn(*mut c_void),
}

mod system {
    //! The C library, that libgit2 would ask itself.
    use std::ffi::c_void;

    unsafe extern "C" {
        pub(super) fn malloc(size: usize) -> *mut c_void;
        pub(super) fn realloc(old: *mut c_void, size: usize) -> *mut c_void;
        pub(super) fn free(old: *mut c_void);
    }
}

extern "C" fn malloc(size: usize, _: *const c_char, _: c_int) -> *mut c_void {
    if size > LARGEST.get() {
        return std::ptr::null_mut();
    }
    // SAFETY: any size may be asked for. None at all is one byte, as libgit2's own allocator has it.
    unsafe { system::malloc(size.max(1)) }
}

extern "C" fn realloc(old: *mut c_void, size: usize, _: *const c_char, _: c_int) -> *mut c_void {
    if size > LARGEST.get() {
        return std::ptr::null_mut();
    }
    // SAFETY: libgit2 hands in what it got from here, or nothing.
    unsafe { system::realloc(old, size.max(1)) }
}

extern "C" fn free(old: *mut c_void) {
    // SAFETY: libgit2 hands in what it got from here, or nothing.
    unsafe { system::free(old) }
}

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
                libgit2_sys::GIT_OPT_SET_PACK_MAX_OBJECT_SIZE as c_int,
                MAX_OBJECT,
            );
            // What libgit2 took before came from the same C library, so it can be freed by this.
            let ours = Allocator {
                malloc,
                realloc,
                free,
            };
            libgit2_sys::git_libgit2_opts(
                libgit2_sys::GIT_OPT_SET_ALLOCATOR as c_int,
                &raw const ours,
            );
        }
    });
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_delta_cannot_claim_more_than_the_limit() {
        settle();
        let mut limit = 0_usize;
        // SAFETY: the option writes one size_t through the pointer.
        unsafe {
            libgit2_sys::git_libgit2_opts(
                libgit2_sys::GIT_OPT_GET_PACK_MAX_OBJECT_SIZE as c_int,
                &raw mut limit,
            );
        }
        assert_eq!(limit, MAX_OBJECT);
    }

    #[test]
    fn a_large_piece_is_refused_within_the_limit_alone() {
        settle();
        let directory = tempfile::tempdir().unwrap();
        let git = git2::Repository::init_bare(directory.path()).unwrap();
        let odb = git.odb().unwrap();
        let id = odb
            .write(git2::ObjectType::Blob, &vec![0; MAX_OBJECT + 5_000])
            .unwrap();
        let refused = within_limit(|| odb.read(id).map(|object| object.len()));
        let class = refused.map_err(|error| error.class());
        assert_eq!(class, Err(git2::ErrorClass::NoMemory));
        assert_eq!(odb.read(id).unwrap().len(), MAX_OBJECT + 5_000);
    }

    #[test]
    fn the_owner_is_still_checked() {
        settle();
        let mut checked: c_int = 0;
        // SAFETY: the option writes one int through the pointer.
        unsafe {
            libgit2_sys::git_libgit2_opts(
                libgit2_sys::GIT_OPT_GET_OWNER_VALIDATION as c_int,
                &raw mut checked,
            );
        }
        assert_eq!(checked, 1);
    }
}
