/* How schedule_runner.cpp makes the objects of a composition, and makes them anew to go on from a state. */
#pragma once

#include <deque>
#include <stdexcept>
#include <string>
#include <vector>

#include "handles.h"

namespace tw::test {

/* Throws what the library says where a call fails. */
void must(tw_status status);

/* The words of a line, taken one after another. */
class Words {
 public:
  explicit Words(const std::string &line);
  std::string word();
  double number();
  int64_t integer();
  std::vector<double> numbers(); /* preceded by their count */
  std::vector<double> numbers(size_t count);
  std::vector<int64_t> integers(size_t count);
  std::vector<std::string> rest();

 private:
  std::vector<std::string> words_;
  size_t next_ = 0;
};

struct Recipe {
  std::string optimizer;
  std::vector<Words> groups, schedulers, warmup /* one or none */, steps;
};

/* A function of an epoch: "power", "inverse" or "line", with a number for all groups or one a group. */
struct Function {
  std::string name;
  std::vector<double> numbers;
};

struct Run {
  size_t group_count = 0;
  Handle<tw_optimizer> optimizer;
  std::vector<Handle<tw_tensor>> weights;          /* one a group */
  std::deque<Function> functions;                  /* what the schedulers call; they do not move */
  std::vector<Handle<tw_lr_scheduler>> schedulers; /* those that no other one steps */
  std::vector<std::string> kinds;                  /* of each of them */
  std::vector<size_t> last_stepped;                /* when each of them was, in steps */
  size_t steps = 0;
  Handle<tw_warmup> warmup;

  tw_lr_scheduler *stepped(size_t index);
};

void make_scheduled(Run &run, const Recipe &recipe); /* the optimizer and its schedulers */
void make_warmup(Run &run, const Recipe &recipe);

/* Replaces the run by one made anew with its state. order: warmup_last, warmup_first (whose state is set) or
   warmup_made_last. */
void resume(Run &run, const Recipe &recipe, const std::string &order);

}  // namespace tw::test
