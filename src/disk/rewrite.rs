//! Content that is mended in place: each file whole, or not at all.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Failure;
use crate::mend::Mended;

const MARK: &[u8] = "\u{feff}".as_bytes();

/// Writes the files' new texts. A file that is not as it was read, or no plain file, is a failure,
/// and then none is written. A byte order mark stays.
pub fn rewrite(root: &Path, files: &[Mended<'_>]) -> Result<(), Failure> {
    let marks: Vec<bool> = files.iter().map(|file| check(root, file)).collect::<Result<_, _>>()?;
    for (file, mark) in files.iter().zip(marks) {
        let path = root.join(&file.source.path);
        let mut bytes = if mark { MARK.to_vec() } else { Vec::new() };
        bytes.extend_from_slice(file.text.as_bytes());
        replace(&path, &bytes).map_err(|error| Failure::io("write", &path, &error))?;
    }
    Ok(())
}

/// Whether the file begins with a byte order mark.
fn check(root: &Path, file: &Mended<'_>) -> Result<bool, Failure> {
    let path = root.join(&file.source.path);
    let bytes = fs::read(&path).map_err(|error| Failure::io("read", &path, &error))?;
    let text = bytes.strip_prefix(MARK);
    let plain = path.symlink_metadata().is_ok_and(|metadata| metadata.is_file());
    if !plain || text.unwrap_or(&bytes) != file.source.text.as_bytes() {
        let message = format!("`{}` has changed since it was read", file.source.path);
        return Err(Failure::new(message, "nothing was written; run the command again"));
    }
    Ok(text.is_some())
}

/// The file is written beside and moved: at no moment is it half there.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let draft = draft(path);
    let placed = fs::metadata(path).and_then(|metadata| {
        fs::write(&draft, bytes)?;
        fs::set_permissions(&draft, metadata.permissions())?;
        fs::rename(&draft, path)
    });
    if placed.is_err() {
        _ = fs::remove_file(&draft);
    }
    placed
}

/// A hidden name, which no build takes for content.
fn draft(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.postrej-site"))
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn a_file_that_has_changed_keeps_all_from_being_written() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let folder = folder.path();
        let sources = ["a.md", "b.md"].map(|name| Source::new(name, "one\r\n"));
        fs::write(folder.join("a.md"), "\u{feff}one\r\n").expect("a file");
        fs::write(folder.join("b.md"), "changed\r\n").expect("a file");
        let mended = |source| Mended { source, text: "two\r\n".to_owned(), edits: 1 };
        let files: Vec<_> = sources.iter().map(mended).collect();

        let refused = rewrite(folder, &files).err().map(|failure| failure.message);
        assert_eq!(refused.as_deref(), Some("`b.md` has changed since it was read"));
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert_eq!(read("a.md"), "\u{feff}one\r\n");

        assert_eq!(rewrite(folder, &files[..1]), Ok(()));
        assert_eq!((read("a.md"), read("b.md")), ("\u{feff}two\r\n".into(), "changed\r\n".into()));
        assert_eq!(fs::read_dir(folder).map(Iterator::count).unwrap_or_default(), 2);
    }
}
