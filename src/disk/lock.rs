//! One build at a time in an output folder: whoever writes there holds the lock of a file.
//!
//! The file goes with its lock. So one that a killed build left behind is in nobody's way: the system
//! lets go of the lock, and the next build takes the file for its own.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use same_file::Handle;

use super::Failure;

/// Inside the output folder.
pub const NAME: &str = ".postrej-site.lock";

/// The right to write into a folder; it ends with this value.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    /// `None` where nothing can be written anyway.
    file: Option<File>,
    /// Folders that were made for it, the deepest first.
    made: Vec<PathBuf>,
    /// Whether another build had it first.
    pub has_waited: bool,
}

impl Lock {
    /// Takes the lock along into a folder that will stand in the place of the one it is of.
    pub fn carry(&self, folder: &Path) -> io::Result<()> {
        let Some(_) = self.file else { return Ok(()) };
        fs::hard_link(&self.path, folder.join(NAME))
    }

    /// Takes it out of a folder that it was carried into.
    pub fn forget(&self, folder: &Path) {
        if self.file.is_some() {
            _ = fs::remove_file(folder.join(NAME));
        }
    }

    /// Takes the lock at a path, as soon as nobody has it; `waits` hears when somebody has. Another
    /// build may have changed everything meanwhile.
    pub fn take(path: &Path, waits: &dyn Fn()) -> Result<Self, Failure> {
        let failed = |error| Failure::io("lock", path, &error);
        let parents = path.ancestors().skip(1).take_while(|folder| !folder.as_os_str().is_empty());
        let made = parents.take_while(|folder| !folder.exists()).map(Path::to_owned).collect();
        let mut lock = Self { path: path.to_owned(), file: None, made, has_waited: false };
        if let Some(parent) = lock.made.first() {
            fs::create_dir_all(parent).map_err(failed)?;
        }
        match lock.acquire(waits) {
            Ok(file) => lock.file = Some(file),
            // whoever may not write here writes nothing, and hears of it where there is something
            Err(error) if is_refused(&error) => {}
            Err(error) => return Err(failed(error)),
        }
        Ok(lock)
    }

    fn acquire(&mut self, waits: &dyn Fn()) -> io::Result<File> {
        loop {
            // through a link we would make a file that is not ours
            if self.path.is_symlink() {
                fs::remove_file(&self.path)?;
            }
            let mut options = OpenOptions::new();
            let file = options.create(true).truncate(false).write(true).open(&self.path)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    if !self.has_waited {
                        waits();
                    }
                    self.has_waited = true;
                    file.lock()?;
                }
                Err(TryLockError::Error(error)) => return Err(error),
            }
            // the one who had it has taken the file away, and another may have made the next
            let own = Handle::from_file(file.try_clone()?)?;
            if Handle::from_path(&self.path).is_ok_and(|there| there == own) {
                return Ok(file);
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if self.file.is_some() {
            // while it is locked: who waits for it sees then that it is another, or none
            _ = fs::remove_file(&self.path);
        }
        for folder in &self.made {
            // fails, as it should, where the site is in it
            _ = fs::remove_dir(folder);
        }
    }
}

/// Where the lock of an output folder is: in it, or beside a folder that is not there yet.
pub fn place(folder: &Path) -> PathBuf {
    if folder.symlink_metadata().is_ok() { folder.join(NAME) } else { beside(folder) }
}

/// The same beside the folder.
pub fn beside(folder: &Path) -> PathBuf {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    folder.with_file_name(format!(".{name}{NAME}"))
}

fn is_refused(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem)
}
