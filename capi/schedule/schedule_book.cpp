#include "schedule/schedule_book.h"

#include <mutex>
#include <unordered_map>

#include "optimizer/optimizer.h"
#include "schedule/warmup.h"

namespace tw {

std::shared_ptr<ScheduleBook> schedule_book_of(const std::shared_ptr<torch::optim::Optimizer> &torch) {
  static std::mutex mutex;
  static auto *books = new std::unordered_map<const torch::optim::Optimizer *, std::weak_ptr<ScheduleBook>>();
  const std::lock_guard<std::mutex> lock(mutex);
  for (auto it = books->begin(); it != books->end();) it = it->second.expired() ? books->erase(it) : std::next(it);
  std::weak_ptr<ScheduleBook> &entry = (*books)[torch.get()];
  std::shared_ptr<ScheduleBook> book = entry.lock();
  if (!book) entry = book = std::make_shared<ScheduleBook>();
  return book;
}

std::vector<std::pair<const char *, double>> scheduled_entries(const ScheduleBook &book, size_t group) {
  std::vector<std::pair<const char *, double>> entries;
  const auto add = [&](const char *name, const std::vector<double> &values) {
    if (group < values.size()) entries.emplace_back(name, values[group]);
  };
  add("initial_lr", book.initial_lrs);
  add("max_lr", book.max_lrs);
  add("min_lr", book.min_lrs);
  add("max_momentum", book.max_momentums);
  add("base_momentum", book.base_momentums);
  return entries;
}

void require_groups(const torch::optim::Optimizer &torch, size_t made_for, const char *what) {
  const size_t count = group_count(torch);
  check(count == made_for, TW_ERROR_STATE, "the optimizer has ", count, " parameter groups; ", what, " was made for ",
        made_for);
}

void require_undampened(const ScheduleBook &book, const char *what) {
  check(book.warmup == nullptr || book.warmup->dampening.begun != 0, TW_ERROR_STATE,
        "a warmup has dampened the optimizer's rates, so ", what,
        "; do it between tw_warmup_dampening_begin and tw_warmup_dampening_end");
}

}  // namespace tw
