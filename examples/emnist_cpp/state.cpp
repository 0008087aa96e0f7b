/* What a run needs to go on as if it had never ended: checkpoint.pt in its folder, as the C example writes it, so that
 * either program goes on from the other's. Python's torch.load reads all of it. */
#include <filesystem>

#include "training.hpp"

namespace emnist {

namespace {

/* What a checkpoint of this program is known by; another layout gets another number. */
const char layout[] = "emnist run 1";

std::string key_of(size_t option) { return std::string("--") + kept_option_name(option); }

}  // namespace

/* ---- where ---- */

void Training::choose_folder() {
  namespace fs = std::filesystem;
  if (settings_.resume == nullptr) {
    folder_ = settings_.output != nullptr ? settings_.output : std::string("output_") + settings_.warmup_name;
    return;
  }
  const fs::path parent = fs::path(settings_.resume).parent_path();
  folder_ = parent.empty() ? "." : parent.string();
  std::error_code ignored;
  if (settings_.output != nullptr && !fs::equivalent(settings_.output, folder_, ignored))
    throw Failure(std::string("--output is ") + settings_.output +
                  ", but --resume goes on in the folder of its checkpoint, " + folder_);
}

/* ---- saving ---- */

void Training::save() {
  /* The rows first: a checkpoint must never mark more of a table than there is. */
  EMNIST_TRY(records_sync, &files_);
  tw::Checkpoint to;
  to.put_string("layout", layout);
  to.put_int64("epoch", epoch_);
  to.put_int64("batches_done", static_cast<int64_t>(done_));
  to.put_int64("warned_not_finite", warned_not_finite_ ? 1 : 0);
  to.put_int64("train_checksum", train_checksum_);
  to.put_int64("test_checksum", test_checksum_);
  to.put_string("torch_version", tw_torch_version());
  to.put_string("device", device_.str());
  for (size_t i = 0; i < KEPT_OPTIONS; ++i) {
    char text[KEPT_TEXT_SIZE];
    if (!kept_option_text(text, &settings_, i)) continue;
    try {
      to.put_string(key_of(i), text);
    } catch (const tw::Error &error) {
      /* Only a folder's name can be no UTF-8: then --data has to be given when the run goes on. */
      if (error.status() != TW_ERROR_ARGUMENT || kept_option_is_required(i)) throw;
    }
  }
  for (int i = 0; i < TABLES; ++i) {
    to.put_int64(std::string(records_names[i]) + " bytes", files_.tables[i].written.bytes);
    to.put_int64(std::string(records_names[i]) + " checksum", files_.tables[i].written.checksum);
  }
  to.put_module("model", *network_);
  to.put_optimizer("optimizer", learning_->optimizer);
  to.put_lr_scheduler("lr_scheduler", learning_->scheduler);
  to.put_warmup("warmup", learning_->warmup);
  to.put_rng_state("rng_state");
  to.save(checkpoint_path());
}

/* ---- loading ---- */

/* Takes from the checkpoint of --resume the options that the command line does not give. */
void Training::load_options() {
  const std::string resume = settings_.resume;
  saved_ = std::make_unique<tw::Checkpoint>(tw::Checkpoint::load(resume));
  if (!saved_->has("layout") || saved_->kind("layout") != TW_KIND_STRING || saved_->get_string("layout") != layout)
    throw Failure(resume + " was not saved by a run of this program, or by one of another version");
  kept_texts_.resize(KEPT_OPTIONS);
  for (size_t i = 0; i < KEPT_OPTIONS; ++i) {
    const char *name = kept_option_name(i);
    const bool there = saved_->has(key_of(i));
    if (there || kept_option_is_required(i)) kept_texts_[i] = saved_->get_string(key_of(i));
    const std::string &text = kept_texts_[i];
    if (!options_given(&settings_, name)) {
      if (there && !options_set(&settings_, name, text.c_str())) throw Failure(resume + " has no valid --" + name);
    } else if (kept_option_is_fixed(i)) {
      char buffer[KEPT_TEXT_SIZE];
      const std::string given = kept_option_text(buffer, &settings_, i) ? buffer : settings_.split->name;
      if (given != text)
        throw Failure(std::string("--") + name + " is " + given + ", but the run of " + resume + " has " +
                      (text.empty() ? "none" : text) + ": leave --" + name + " out, or start a new run");
    }
  }
}

/* Where the run goes on with other means, it goes on, but no longer to the last bit. */
void Training::say_if_other(const char *key, const char *what, const std::string &now) const {
  if (!saved_->has(key) || saved_->kind(key) != TW_KIND_STRING) return;
  const std::string before = saved_->get_string(key);
  if (before != now)
    progress_warn(&shown_, "the run had %s %s and goes on with %s: its last digits may come out otherwise", what,
                  before.c_str(), now.c_str());
}

/* Puts the run into the state that was loaded, and opens its tables. Nothing on the disk is changed where this fails. */
void Training::restore() {
  const std::string resume = settings_.resume;
  for (const bool training : {true, false}) {
    const auto then = static_cast<uint32_t>(saved_->get_int64(training ? "train_checksum" : "test_checksum"));
    const uint32_t now = training ? train_checksum_ : test_checksum_;
    char numbers[64];
    std::snprintf(numbers, sizeof numbers, "(checksum %08x, not %08x)", now, then);
    if (then != now)
      throw Failure(std::string("the ") + (training ? "training" : "test") + " images " +
                    (settings_.data != nullptr ? std::string("in ") + settings_.data : "generated here") +
                    " are not those of the run of " + resume + " " + numbers + ": give its own with --data");
  }
  const int64_t epoch = saved_->get_int64("epoch"), done = saved_->get_int64("batches_done");
  if (epoch < 1 || epoch > settings_.epochs + 1 || done < 0 ||
      done > static_cast<int64_t>(batches_per_epoch(train_batches_.get())))
    throw Failure(resume + " is at batch " + std::to_string(done) + " of epoch " + std::to_string(epoch) +
                  ", which the run does not have");
  epoch_ = static_cast<int>(epoch);
  done_ = static_cast<size_t>(done);
  warned_not_finite_ = saved_->get_int64("warned_not_finite") != 0;

  saved_->restore_module(*network_, "model");
  saved_->restore_optimizer(learning_->optimizer, "optimizer");
  saved_->restore_lr_scheduler(learning_->scheduler, "lr_scheduler");
  saved_->restore_warmup(learning_->warmup, "warmup");
  saved_->restore_rng_state("rng_state"); /* last: what comes before might draw numbers */

  table_mark marks[TABLES];
  for (int i = 0; i < TABLES; ++i) {
    marks[i].bytes = saved_->get_int64(std::string(records_names[i]) + " bytes");
    marks[i].checksum = static_cast<uint32_t>(saved_->get_int64(std::string(records_names[i]) + " checksum"));
  }
  EMNIST_TRY(records_reopen, &files_, folder_.c_str(), marks);
  say_if_other("--threads", "--threads", std::to_string(settings_.threads));
  say_if_other("device", "device", device_.str());
  say_if_other("torch_version", "LibTorch", tw_torch_version());
}

}  // namespace emnist
