/* Checkpoints of a user's own torch::nn modules and torch::optim optimizers, and tensors across the boundary. */
#include "cpp_support.h"
#include "small_network.h"

#include <unistd.h>

#include <filesystem>

using namespace tw::test;

namespace {

/* All that a run needs to go on. */
struct Run {
  SmallNetwork network;
  torch::optim::AdamW optimizer{network->parameters(), torch::optim::AdamWOptions(1e-2)};
  tw::CosineAnnealingLR scheduler{optimizer, 50};
  tw::RAdamWarmup warmup{optimizer};

  double step() {
    const double loss = learn(network, optimizer);
    warmup.step(scheduler);
    return loss;
  }
  tw::Checkpoint saved() const {
    tw::Checkpoint out;
    out.put_module("model", *network);
    out.put_optimizer("optimizer", scheduler.optimizer());
    out.put_lr_scheduler("scheduler", scheduler);
    out.put_warmup("warmup", warmup);
    out.put_int64("epoch", 7);
    return out;
  }
  void restore(const tw::Checkpoint &from) {
    from.restore_module(*network, "model");
    from.restore_optimizer(optimizer, "optimizer");
    from.restore_lr_scheduler(scheduler, "scheduler");
    from.restore_warmup(warmup, "warmup");
  }
};

std::string path_of(const std::string &name) { return (std::filesystem::temp_directory_path() / name).string(); }

struct File {
  std::string path;
  explicit File(const std::string &name) : path(path_of(std::to_string(getpid()) + name)) {}
  ~File() { std::filesystem::remove(path); }
};

}  // namespace

TEST_CASE("a run goes on from a checkpoint as if it had never stopped, to the last bit") {
  const File file("_cpp_run.pt");
  torch::manual_seed(3);
  Run first;
  for (int i = 0; i < 10; ++i) first.step();
  first.saved().save(file.path);
  std::vector<double> expected, found;
  for (int i = 0; i < 10; ++i) expected.push_back(first.step());

  Run second;
  const auto loaded = tw::Checkpoint::load(file.path);
  CHECK(loaded.get_int64("epoch") == 7);
  second.restore(loaded);
  for (int i = 0; i < 10; ++i) found.push_back(second.step());
  CHECK(found == expected);
  CHECK(second.warmup.last_step() == 20);
}

TEST_CASE("a module's state_dict has PyTorch's names in PyTorch's order, and a frozen parameter stays frozen") {
  SmallNetwork network;
  network->first->weight.set_requires_grad(false);
  tw::Checkpoint checkpoint;
  checkpoint.put_module(nullptr, *network);
  CHECK(checkpoint.keys() == std::vector<std::string>{"first.weight", "first.bias", "norm.weight", "norm.bias",
                                                      "norm.running_mean", "norm.running_var",
                                                      "norm.num_batches_tracked", "last.weight"});
  CHECK_FALSE(network->first->weight.requires_grad());
  CHECK(network->first->bias.requires_grad());
  SmallNetwork other;
  checkpoint.restore_module(*other);
  CHECK(torch::equal(other->first->weight, network->first->weight));
  CHECK(other->first->weight.requires_grad());
  CHECK(other->first->weight.is_leaf());
}

TEST_CASE("what a state_dict lacks or has too much is named, and a strict restore changes nothing") {
  SmallNetwork network;
  const torch::Tensor before = network->first->weight.clone();
  tw::Checkpoint checkpoint;
  checkpoint.put_tensor("first.weight", torch::ones({16, 2}));
  checkpoint.put_tensor("first.bias", torch::ones({3}));
  checkpoint.put_tensor("stranger", torch::ones({1}));
  const tw::ModuleDifferences differences = checkpoint.compare_module(*network);
  /* Without num_batches_tracked, which files of PyTorch before 0.4.1 lack: checkpoint.h says when. */
  CHECK(differences.missing ==
        std::vector<std::string>{"norm.weight", "norm.bias", "norm.running_mean", "norm.running_var", "last.weight"});
  CHECK(differences.unexpected == std::vector<std::string>{"stranger"});
  CHECK(differences.mismatched == std::vector<std::string>{"first.bias"});
  check_error(TW_ERROR_ARGUMENT, {"stranger", "last.weight", "first.bias"},
              [&] { checkpoint.restore_module(*network); });
  CHECK(torch::equal(network->first->weight, before));
  checkpoint.put_tensor("first.bias", torch::ones({16}));
  checkpoint.restore_module(*network, nullptr, /*strict=*/false);
  CHECK(torch::equal(network->first->weight, torch::ones({16, 2})));
}

TEST_CASE("values go in and come out under their keys") {
  const File file("_cpp_values.pt"), tensors("_cpp_values.safetensors");
  tw::Checkpoint checkpoint;
  const torch::Tensor tensor = torch::arange(6).reshape({2, 3});
  checkpoint.put_double("loss", 0.1);
  checkpoint.put_string("name", "emnist");
  checkpoint.put_tensor("order", tensor);
  checkpoint.put_rng_state("rng");
  checkpoint.save(file.path);
  auto loaded = tw::Checkpoint::load(file.path);
  CHECK(loaded.keys() == std::vector<std::string>{"loss", "name", "order", "rng"});
  CHECK(loaded.has("loss"));
  CHECK_FALSE(loaded.has("lost"));
  CHECK(loaded.kind("order") == TW_KIND_TENSOR);
  CHECK(loaded.get_double("loss") == 0.1);
  CHECK(loaded.get_string("name") == "emnist");
  CHECK(torch::equal(loaded.get_tensor("order"), tensor));
  torch::Tensor into = torch::zeros({2, 3}, torch::kInt64);
  const std::string key = "order";
  loaded.copy_tensor(into, key);
  CHECK(torch::equal(into, tensor));
  check_error(TW_ERROR_NOT_FOUND, {"lost", "loss"}, [&] { (void)loaded.get_double("lost"); });
  check_error(TW_ERROR_TYPE, {}, [&] { (void)loaded.get_int64("name"); });
  check_error(TW_ERROR_IO, {"nowhere"}, [] { (void)tw::Checkpoint::load("/nowhere/at/all.pt"); });

  const torch::Tensor drawn = torch::rand({4});
  loaded.restore_rng_state("rng");
  CHECK(torch::equal(torch::rand({4}), drawn));

  tw::Checkpoint weights;
  weights.put_tensor("module.w", tensor);
  weights.save_safetensors(tensors.path);
  const auto part = tw::Checkpoint::load_safetensors(tensors.path).part(nullptr, "module.");
  CHECK(part.keys() == std::vector<std::string>{"w"});
  const tw::Checkpoint clone = weights.clone();
  CHECK(torch::equal(loaded.part("order").get_tensor(nullptr), tensor));
  tensor.fill_(0);
  CHECK(clone.get_tensor("module.w").sum().item<int64_t>() == 15);
}

TEST_CASE("a tensor crosses with its memory, its gradient and its graph") {
  const torch::Tensor tensor = torch::ones({3}, torch::requires_grad());
  const tw::TensorHandle handle = tw::to_handle(tensor * 2);
  torch::Tensor back = tw::to_tensor(handle.get());
  back.sum().backward();
  CHECK(torch::equal(tensor.grad(), torch::full({3}, 2.0)));
  const tw::TensorHandle same = tw::to_handle(tensor);
  CHECK(tw::to_tensor(same.get()).is_same(tensor));
  check_error(TW_ERROR_ARGUMENT, {"undefined"}, [] { (void)tw::to_handle(torch::Tensor()); });
  check_error(TW_ERROR_ARGUMENT, {"NULL"}, [] { (void)tw::to_tensor(nullptr); });
}

TEST_CASE("no handle is left behind by many rounds of binding and saving") {
  Run run;
  const auto handles = [] {
    size_t out = 0;
    for (const auto kind : {TW_HANDLE_OPTIMIZER, TW_HANDLE_TENSOR, TW_HANDLE_MODULE, TW_HANDLE_CHECKPOINT,
                            TW_HANDLE_LR_SCHEDULER, TW_HANDLE_WARMUP, TW_HANDLE_VALUE}) {
      size_t count = 0;
      if (tw_live_handles(&count, kind) == TW_OK) out += count;
    }
    return out;
  };
  const size_t before = handles();
  for (int i = 0; i < 100; ++i) {
    const tw::Checkpoint checkpoint = run.saved();
    run.restore(checkpoint);
    (void)tw::Optimizer(run.optimizer).get_lrs();
  }
  CHECK(handles() == before);
}
