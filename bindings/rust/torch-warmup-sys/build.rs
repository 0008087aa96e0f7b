//! Compiles the core that this package carries or, with the feature `torch`, finds the installed library over LibTorch.

use std::env;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // docs.rs has neither a need for the library nor LibTorch.
    if env::var_os("DOCS_RS").is_some() {
        return;
    }
    link();
}

#[cfg(not(feature = "torch"))]
fn link() {
    println!("cargo:rerun-if-changed=core");
    let mut build = cc::Build::new();
    build
        .file("core/torch_warmup_core.c")
        .include("core")
        .opt_level(2)
        .warnings(false)
        .flag_if_supported("-std=c11")
        // A fused multiply-add would change the last bit of a rate.
        .flag_if_supported("-ffp-contract=off")
        .flag_if_supported("-fvisibility=hidden");
    build.compile("torch_warmup_core");
    if env::var("CARGO_CFG_TARGET_FAMILY").as_deref() == Ok("unix") {
        println!("cargo:rustc-link-lib=m");
        println!("cargo:rustc-link-lib=pthread");
    }
}

#[cfg(feature = "torch")]
mod installed {
    use std::env;
    use std::path::{Path, PathBuf};

    /// The library over LibTorch. Its archive holds the core as well.
    const LIBRARY: &str = "torch_warmup";
    const CORE: &str = "torch_warmup_core";

    fn wants_shared() -> bool {
        println!("cargo:rerun-if-env-changed=TORCH_WARMUP_DYNAMIC");
        cfg!(feature = "dynamic") || env::var("TORCH_WARMUP_DYNAMIC").as_deref() == Ok("1")
    }

    fn probe(shared: bool) -> Result<pkg_config::Library, pkg_config::Error> {
        pkg_config::Config::new()
            .atleast_version(env!("CARGO_PKG_VERSION"))
            .cargo_metadata(false)
            .env_metadata(true)
            .statik(!shared)
            .probe(LIBRARY)
    }

    /// Whether there is an archive. A newer one is to be linked anew, which cargo would not see by itself.
    fn has_archive(folders: &[PathBuf]) -> bool {
        let archive = folders.iter().map(|folder| folder.join("libtorch_warmup.a")).find(|path| path.exists());
        if let Some(path) = &archive {
            println!("cargo:rerun-if-changed={}", path.display());
        }
        archive.is_some()
    }

    /// Folders that the system's linker searches by itself: a program finds its libraries there without being told.
    fn is_systems(folder: &Path) -> bool {
        let text = folder.to_string_lossy();
        text.starts_with("/usr/lib") || text.starts_with("/lib")
    }

    /// Where a program that links this package finds the shared libraries when it runs: a library package cannot say so to
    /// the linker, so its dependents are told by `DEP_TORCH_WARMUP_RPATH`.
    fn tell_folders(folders: &[PathBuf]) {
        for folder in folders {
            println!("cargo:rustc-link-search=native={}", folder.display());
        }
        let own: Vec<_> = folders.iter().filter(|folder| !is_systems(folder)).collect();
        if let Ok(joined) = env::join_paths(own) {
            println!("cargo:rpath={}", joined.to_string_lossy());
        }
    }

    /// pkg-config keeps the folder of a library of the system's to itself.
    fn folders_of(library: &pkg_config::Library) -> Vec<PathBuf> {
        let mut folders = library.link_paths.clone();
        if let Ok(own) = pkg_config::get_variable(LIBRARY, "libdir") {
            folders.insert(0, PathBuf::from(own));
        }
        folders.dedup();
        folders
    }

    fn tell_libraries(library: &pkg_config::Library, archive: bool) {
        if archive {
            println!("cargo:rustc-link-lib=static={}", LIBRARY);
        }
        for name in &library.libs {
            if !archive || (name != LIBRARY && name != CORE) {
                println!("cargo:rustc-link-lib={}", name);
            }
        }
        // The linker's own words, such as those that keep a library that nothing names, reach the program by no other way.
        for path in &library.link_files {
            println!("cargo:rustc-link-arg={}", path.display());
        }
    }

    fn is_missing(error: &pkg_config::Error) -> ! {
        eprintln!(
            "torch-warmup-sys: the feature `torch` needs torch_warmup {} or newer and its pkg-config file torch_warmup.pc: \
             install torch_warmup (its README says how; on Debian the package libtorch-warmup-dev) and, where it is not \
             in the system's folders, name its lib/pkgconfig in PKG_CONFIG_PATH.\n\n{}",
            env!("CARGO_PKG_VERSION"),
            error
        );
        std::process::exit(1)
    }

    pub fn link() {
        let shared = wants_shared();
        let library = probe(shared).unwrap_or_else(|error| is_missing(&error));
        let folders = folders_of(&library);
        tell_folders(&folders);
        tell_libraries(&library, !shared && has_archive(&folders));
    }
}

#[cfg(feature = "torch")]
fn link() {
    installed::link();
}
