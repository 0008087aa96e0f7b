/* The objects that calls work on, and what can be seen of them. */
#pragma once

#include <torch_warmup.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "random.h"

namespace tw::fuzz {

class World;

/* The context of a callback: what it does, and whether it has been let go. */
struct Doing {
  World *world;
  uint64_t seed;
  int released = 0;
  int running = 0;
};

/* Handles of a kind. The numbers name them in messages. */
template <class Object>
struct Pool {
  struct Member {
    Object *handle;
    size_t number;
  };
  std::vector<Member> members;
  std::vector<Object *> freed; /* to be given to calls where the library looks after handles */
  size_t made = 0;
};

class World {
 public:
  World();
  ~World();
  World(const World &) = delete;
  World &operator=(const World &) = delete;

  template <class Object>
  Pool<Object> &pool() {
    return std::get<Pool<Object>>(pools_);
  }

  /* A handle: one that is alive, seldom NULL, and one that has been freed where the library can tell. */
  template <class Object>
  Object *any(Random &random);
  template <class Object>
  void add(Object *handle);
  template <class Object>
  void free_one(Random &random);
  /* Takes it out, as a call that consumes or frees it does. */
  template <class Object>
  bool take(const Object *handle);

  Doing *new_doing(uint64_t seed);

  /* What can be seen of everything, by name: "optimizer 3". */
  std::map<std::string, std::string> look();

  /* A callback's doing: calls back into the library, and what it returns. */
  tw_status within(Doing &doing);

  bool has_checks() const { return has_checks_; }
  bool changed_within = false; /* a callback has changed something, rightly */
  std::vector<std::string> faults;

 private:
  void call_back(Random &random);

  std::tuple<Pool<tw_optimizer>, Pool<tw_lr_scheduler>, Pool<tw_warmup>, Pool<tw_tensor>, Pool<tw_tensor_list>,
             Pool<tw_generator>, Pool<tw_module>, Pool<tw_module_differences>, Pool<tw_value>, Pool<tw_checkpoint>>
      pools_;
  std::vector<std::unique_ptr<Doing>> doings_;
  bool has_checks_ = false;
  int depth_ = 0;
};

inline void free_handle(tw_optimizer *handle) { tw_optimizer_free(handle); }
inline void free_handle(tw_lr_scheduler *handle) { tw_lr_scheduler_free(handle); }
inline void free_handle(tw_warmup *handle) { tw_warmup_free(handle); }
inline void free_handle(tw_tensor *handle) { tw_tensor_free(handle); }
inline void free_handle(tw_tensor_list *handle) { tw_tensor_list_free(handle); }
inline void free_handle(tw_generator *handle) { tw_generator_free(handle); }
inline void free_handle(tw_module *handle) { tw_module_free(handle); }
inline void free_handle(tw_module_differences *handle) { tw_module_differences_free(handle); }
inline void free_handle(tw_value *handle) { tw_value_free(handle); }
inline void free_handle(tw_checkpoint *handle) { tw_checkpoint_free(handle); }

constexpr size_t most_alive = 6; /* of a kind */

template <class Object>
Object *World::any(Random &random) {
  Pool<Object> &all = pool<Object>();
  if (all.members.empty() || random.one_in(40)) return nullptr;
  if (has_checks_ && !all.freed.empty() && random.one_in(60)) return random.of(all.freed);
  return random.of(all.members).handle;
}

template <class Object>
void World::add(Object *handle) {
  if (handle == nullptr) return;
  Pool<Object> &all = pool<Object>();
  for (auto &member : all.members)
    if (member.handle == handle) { /* an optimizer that is borrowed twice */
      free_handle(handle);
      return;
    }
  for (auto it = all.freed.begin(); it != all.freed.end();) it = *it == handle ? all.freed.erase(it) : it + 1;
  all.members.push_back({handle, all.made++});
}

template <class Object>
bool World::take(const Object *handle) {
  Pool<Object> &all = pool<Object>();
  for (auto it = all.members.begin(); it != all.members.end(); ++it)
    if (it->handle == handle) {
      if (all.freed.size() < 4) all.freed.push_back(it->handle);
      all.members.erase(it);
      return true;
    }
  return false;
}

template <class Object>
void World::free_one(Random &random) {
  Pool<Object> &all = pool<Object>();
  if (all.members.empty()) return;
  Object *handle = random.of(all.members).handle;
  take(handle);
  free_handle(handle);
}

}  // namespace tw::fuzz
