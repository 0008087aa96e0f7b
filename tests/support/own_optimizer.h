/* An optimizer of the caller's own functions, as a binding would write it: numbers in rows, and what a test asks of it. */
#pragma once

#include <torch_warmup_core.h>

#include <map>
#include <string>
#include <vector>

namespace tw::test {

struct OwnOptimizer {
  std::map<tw_option, std::vector<double>> rows; /* a number a group; an option that has no row is not there */
  int released = 0;
  int *released_too = nullptr; /* where it is counted after the end */
  bool deletes_itself = false;
  /* The call from which on a function fails, counted from 0, with a status and a message. */
  int calls = 0, fail_from = -1;
  tw_status status = TW_ERROR_IO;
  /* What is done within each call, as a callback might. */
  void (*within)(void *) = nullptr;
  void *within_context = nullptr;

  size_t group_count() const { return rows.at(TW_OPTION_LR).size(); }

  tw_status begin() {
    if (within != nullptr) within(within_context);
    if (fail_from < 0 || calls++ < fail_from) return TW_OK;
    tw_set_last_error("the device is gone");
    return status;
  }

  static OwnOptimizer &of(void *context) { return *static_cast<OwnOptimizer *>(context); }

  static tw_status count(size_t *out, void *context) {
    *out = of(context).group_count();
    return TW_OK;
  }
  static tw_status get(double *out, size_t count, tw_option option, void *context) {
    OwnOptimizer &self = of(context);
    const tw_status status = self.begin();
    if (status != TW_OK) return status;
    const auto row = self.rows.find(option);
    if (row == self.rows.end()) return TW_ERROR_NOT_FOUND;
    for (size_t group = 0; group < count; ++group) out[group] = row->second[group];
    return TW_OK;
  }
  static tw_status set(const double *values, size_t count, tw_option option, void *context) {
    OwnOptimizer &self = of(context);
    const tw_status status = self.begin();
    if (status != TW_OK) return status;
    const auto row = self.rows.find(option);
    if (row == self.rows.end()) return TW_ERROR_NOT_FOUND;
    row->second.assign(values, values + count);
    return TW_OK;
  }
  static void release(void *context) {
    OwnOptimizer &self = of(context);
    ++self.released;
    if (self.released_too != nullptr) ++*self.released_too;
    if (self.deletes_itself) delete &self;
  }

  /* The functions, under a class's name. */
  static tw_optimizer_interface interface_of(const char *class_name) {
    return {sizeof(tw_optimizer_interface), class_name, count, get, set, release};
  }
};

}  // namespace tw::test
