//! Lets this package's own tests and examples find a LibTorch that lies outside the system's folders.

fn main() {
    println!("cargo:rerun-if-env-changed=DEP_TORCH_WARMUP_RPATH");
    if let Some(folders) = std::env::var_os("DEP_TORCH_WARMUP_RPATH") {
        for folder in std::env::split_paths(&folders) {
            println!("cargo:rustc-link-arg=-Wl,-rpath,{}", folder.display());
        }
    }
}
