/* Dropout. */
#include "module/layer.h"

namespace tw {
namespace {

std::unique_ptr<tw_module> new_dropout(const char *name, Dropout::Body body, double p, int64_t unbatched_dim = -1) {
  return new_module(std::make_shared<Dropout>(name, body, share(p, "p"), unbatched_dim));
}

}  // namespace
}  // namespace tw

tw_status tw_module_dropout(tw_module **out, double p) {
  return tw::guard_new(out, [&] { return tw::new_dropout("Dropout", at::dropout, p); });
}

tw_status tw_module_dropout1d(tw_module **out, double p) {
  return tw::guard_new(out, [&] { return tw::new_dropout("Dropout1d", at::feature_dropout, p, /*unbatched_dim=*/2); });
}

tw_status tw_module_dropout2d(tw_module **out, double p) {
  return tw::guard_new(out, [&] { return tw::new_dropout("Dropout2d", at::feature_dropout, p); });
}

tw_status tw_module_dropout3d(tw_module **out, double p) {
  return tw::guard_new(out, [&] { return tw::new_dropout("Dropout3d", at::feature_dropout, p, /*unbatched_dim=*/4); });
}

tw_status tw_module_alpha_dropout(tw_module **out, double p) {
  return tw::guard_new(out, [&] { return tw::new_dropout("AlphaDropout", at::alpha_dropout, p); });
}
