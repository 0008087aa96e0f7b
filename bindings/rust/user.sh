# Functions of test.sh: a project outside the tree, which has the packages as they would be published.

# user_program FOLDER FEATURE: makes it, builds it, and runs it with an empty environment.
user_program() {
  mkdir -p "$1/src"
  # As of now (-m): cargo gives all files of a package one time of long ago, by which it would not see that they have changed.
  for package in torch-warmup-sys torch-warmup; do tar -C "$1" -xmf "target/package/$package-0.2.0.crate"; done
  cat >"$1/Cargo.toml" <<END
[package]
name = "user"
version = "1.0.0"
edition = "2021"
[dependencies]
torch-warmup = { path = "torch-warmup-0.2.0", features = ["${2}"] }
[patch.crates-io]
torch-warmup-sys = { path = "torch-warmup-sys-0.2.0" }
[workspace]
END
  sed -i 's/features = \[""\]/features = []/' "$1/Cargo.toml"
  user_source "$2" >"$1/src/main.rs"
  # The versions that are here already, for a machine without a registry.
  cp Cargo.lock "$1/Cargo.lock"
  (cd "$1" && cargo build --target-dir "$here/target/user_$2")
  cp "target/user_$2/debug/user" "$1/user"
  env -i "$1/user"
}

user_source() {
  if [ "$1" = torch ]; then
    cat <<'END'
use torch_warmup::torch::{optim::Sgd, Tensor};
use torch_warmup::{schedules::StepLr, Warmup};

fn main() -> torch_warmup::Result<()> {
    let weight = Tensor::ones(&[1])?.with_grad()?;
    let optimizer = Sgd::new().lr(0.2).build([&weight])?;
    let mut steps = StepLr::new(20.0).bind(&optimizer)?;
    let mut warmup = Warmup::linear(&optimizer, 5)?;
    for _ in 0..40 {
        optimizer.zero_grad()?;
        weight.mul(&weight)?.sum()?.backward()?;
        optimizer.step()?;
        warmup.step(&mut steps)?;
    }
    assert!(weight.item()? < 0.01);
    println!("{}: {}", torch_warmup::torch::torch_version(), weight.item()?);
    Ok(())
}
END
    return
  fi
  cat <<'END'
use torch_warmup::{schedules::StepLr, Optimizer, Warmup};

fn main() -> torch_warmup::Result<()> {
    let mut weight = 1.0;
    let rates = Optimizer::rates([0.2])?;
    let mut steps = StepLr::new(20.0).bind(&rates)?;
    let mut warmup = Warmup::linear(&rates, 5)?;
    for _ in 0..40 {
        weight -= rates.lr(0)? * 2.0 * weight;
        warmup.step(&mut steps)?;
    }
    assert!(weight < 0.01);
    println!("{weight}");
    Ok(())
}
END
}

# user_shared_program FOLDER PKGCONFIG LIBRARY: the same over the shared library, which the program is told of when it is linked.
user_shared_program() {
  (cd "$1" && PKG_CONFIG_PATH=$2 TORCH_WARMUP_DYNAMIC=1 RUSTFLAGS="-C link-arg=-Wl,-rpath,$3" \
    cargo build --target-dir "$here/target/user_shared")
  ldd "target/user_shared/debug/user" | grep -q libtorch_warmup.so
  env -i "target/user_shared/debug/user"
}
