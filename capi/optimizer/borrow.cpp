/* Optimizers that were made elsewhere. Handles to the same one share what is bound to it, so each is known by its
   address for as long as a handle, or what is bound, holds it. */
#include <mutex>
#include <unordered_map>

#include "optimizer/torch_optimizer.h"

namespace tw {
namespace {

using torch::optim::Optimizer;

struct Borrowed {
  std::mutex mutex;
  std::unordered_map<const Optimizer *, std::pair<tw_optimizer *, const TorchOptimizer *>> known;
};

Borrowed &borrowed() {
  static auto *all = new Borrowed; /* never destroyed: a handle may be freed as late as the process ends */
  return *all;
}

tw_optimizer *borrow(Optimizer &optimizer) {
  Borrowed &all = borrowed();
  const std::lock_guard<std::mutex> lock(all.mutex);
  auto &[known, context] = all.known[&optimizer];
  if (known != nullptr && twi_optimizer_share_if_alive(known)) {
    twi_handle_open(known, TW_HANDLE_OPTIMIZER);
    return known;
  }
  auto torch = std::make_unique<TorchOptimizer>();
  torch->torch = std::shared_ptr<Optimizer>(std::shared_ptr<void>(), &optimizer);
  context = torch.get();
  return known = new_optimizer(std::move(torch)).release();
}

}  // namespace

void release_torch(void *context) {
  const std::unique_ptr<TorchOptimizer> self(static_cast<TorchOptimizer *>(context));
  if (self->kind != nullptr) return;
  Borrowed &all = borrowed();
  const std::lock_guard<std::mutex> lock(all.mutex);
  const auto found = all.known.find(self->torch.get());
  if (found != all.known.end() && found->second.second == self.get()) all.known.erase(found);
}

}  // namespace tw

tw_status tw_optimizer_borrow(tw_optimizer **out, void *torch_optimizer) {
  if (out != nullptr) *out = nullptr;
  return tw::guard([&] {
    tw::require(out, "out");
    *out = tw::borrow(tw::require(static_cast<torch::optim::Optimizer *>(torch_optimizer), "torch_optimizer"));
  });
}
