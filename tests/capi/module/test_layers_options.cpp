/* The structures of the layers' options: how they lie in memory, and that each says which it is. */
#include <cstring>
#include <functional>
#include <map>

#include "failure.h"
#include "modules.h"

using namespace tw::test;

namespace {

constexpr int64_t ones[] = {1, 1, 1};

/* A structure of options, for checks that are the same for all. */
struct Structure {
  std::string name;
  tw_options_kind kind;
  size_t size, end; /* of the structure, and of its last member */
  std::function<tw_status(void *options)> init;
  std::function<tw_status(tw_module **out, const void *options)> make;
};

template <class Options, class Make>
Structure structure(const char *name, tw_options_kind kind, size_t end, tw_status (*init)(Options *, size_t),
                    Make make) {
  return {name,
          kind,
          sizeof(Options),
          end,
          [=](void *options) { return init(static_cast<Options *>(options), sizeof(Options)); },
          [=](tw_module **out, const void *options) { return make(out, static_cast<const Options *>(options)); }};
}

#define END(type, last) (offsetof(type, last) + sizeof(type::last))
#define STRUCTURE(name, kind, last, call)                                                       \
  structure(#name, TW_OPTIONS_##kind, END(tw_##name##_options, last), tw_##name##_options_init, \
            [](tw_module **out, const tw_##name##_options *o) { return call; })

const std::vector<Structure> &structures() {
  static const std::vector<Structure> table = {
      STRUCTURE(linear, LINEAR, bias, tw_module_linear(out, 1, 1, o)),
      STRUCTURE(embedding, EMBEDDING, reserved, tw_module_embedding(out, 1, 1, o)),
      STRUCTURE(batch_norm, BATCH_NORM, track_running_stats, tw_module_batch_norm2d(out, 1, o)),
      STRUCTURE(layer_norm, LAYER_NORM, eps, tw_module_layer_norm(out, ones, 1, o)),
      STRUCTURE(group_norm, GROUP_NORM, eps, tw_module_group_norm(out, 1, 1, o)),
      STRUCTURE(conv1d, CONV1D, padding_mode, tw_module_conv1d(out, 1, 1, 1, o)),
      STRUCTURE(conv2d, CONV2D, padding_mode, tw_module_conv2d(out, 1, 1, ones, o)),
      STRUCTURE(conv3d, CONV3D, padding_mode, tw_module_conv3d(out, 1, 1, ones, o)),
      STRUCTURE(conv_transpose1d, CONV_TRANSPOSE1D, groups, tw_module_conv_transpose1d(out, 1, 1, 1, o)),
      STRUCTURE(conv_transpose2d, CONV_TRANSPOSE2D, groups, tw_module_conv_transpose2d(out, 1, 1, ones, o)),
      STRUCTURE(conv_transpose3d, CONV_TRANSPOSE3D, groups, tw_module_conv_transpose3d(out, 1, 1, ones, o)),
      STRUCTURE(max_pool1d, MAX_POOL1D, dilation, tw_module_max_pool1d(out, 1, o)),
      STRUCTURE(max_pool2d, MAX_POOL2D, dilation, tw_module_max_pool2d(out, ones, o)),
      STRUCTURE(avg_pool1d, AVG_POOL1D, count_include_pad, tw_module_avg_pool1d(out, 1, o)),
      STRUCTURE(avg_pool2d, AVG_POOL2D, divisor_override, tw_module_avg_pool2d(out, ones, o)),
      STRUCTURE(lstm, LSTM, bidirectional, tw_module_lstm(out, 1, 1, o)),
      STRUCTURE(gru, GRU, bidirectional, tw_module_gru(out, 1, 1, o)),
      STRUCTURE(multihead_attention, MULTIHEAD_ATTENTION, batch_first, tw_module_multihead_attention(out, 1, 1, o)),
      STRUCTURE(transformer_encoder_layer, TRANSFORMER_ENCODER_LAYER, norm_first,
                tw_module_transformer_encoder_layer(out, 1, 1, o)),
      STRUCTURE(prelu, PRELU, init, tw_module_prelu(out, o)),
      STRUCTURE(softplus, SOFTPLUS, threshold, tw_module_softplus(out, o)),
      STRUCTURE(gelu, GELU, approximate, tw_module_gelu(out, o)),
  };
  return table;
}

/* Room for any of them, as init leaves it. */
struct alignas(8) Filled {
  unsigned char bytes[256] = {};

  explicit Filled(const Structure &structure) { REQUIRE(structure.init(bytes) == TW_OK); }

  int32_t number_at(size_t offset) const {
    int32_t out = 0;
    std::memcpy(&out, bytes + offset, sizeof out);
    return out;
  }
};

constexpr size_t kind_offset = sizeof(size_t);

void check_refused(const Structure &structure, const Filled &options, tw_status status,
                   std::initializer_list<std::string> texts) {
  auto *out = rubbish<tw_module>();
  check_failure(structure.make(&out, options.bytes), status, texts);
  CHECK(out == nullptr);
}

}  // namespace

TEST_CASE("no structure of options ends in padding, where a later member could hide", "[layers]") {
  for (const Structure &each : structures()) {
    INFO(each.name);
    CHECK(each.size == each.end);
    CHECK(each.size % sizeof(size_t) == 0);
  }
}

TEST_CASE("init says which structure it is, and makes the layer take it", "[layers]") {
  for (const Structure &each : structures()) {
    INFO(each.name);
    const Filled options(each);
    Handle<tw_module> made;
    CHECK(options.number_at(kind_offset) == each.kind);
    CHECK(each.make(made.out(), options.bytes) == TW_OK);
  }
}

TEST_CASE("a structure given for another is refused, whatever their sizes", "[layers]") {
  for (const Structure &each : structures()) {
    for (const Structure &other : structures()) {
      if (each.name == other.name) continue;
      INFO(other.name << " for " << each.name);
      check_refused(each, Filled(other), TW_ERROR_TYPE, {"tw_" + each.name + "_options_init"});
    }
  }
}

TEST_CASE("reserved members must be 0", "[layers]") {
  const std::map<std::string, size_t> reserved = {
      {"embedding", offsetof(tw_embedding_options, reserved)},
      {"conv1d", offsetof(tw_conv1d_options, reserved)},
      {"conv2d", offsetof(tw_conv2d_options, reserved)},
      {"conv3d", offsetof(tw_conv3d_options, reserved)},
      {"avg_pool1d", offsetof(tw_avg_pool1d_options, reserved)},
      {"avg_pool2d", offsetof(tw_avg_pool2d_options, reserved)},
      {"multihead_attention", offsetof(tw_multihead_attention_options, reserved)},
      {"prelu", offsetof(tw_prelu_options, reserved)},
      {"softplus", offsetof(tw_softplus_options, reserved)}};
  for (const Structure &each : structures()) {
    const auto found = reserved.find(each.name);
    if (found == reserved.end()) continue;
    INFO(each.name);
    Filled options(each);
    options.bytes[found->second] = 1;
    check_refused(each, options, TW_ERROR_ARGUMENT, {"reserved is 1"});
  }
}
