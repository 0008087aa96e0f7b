/* LSTM and GRU. */
#include <torch/nn/modules/rnn.h>

#include "module/layer.h"

namespace tw {
namespace {

constexpr tw_lstm_options lstm_defaults{0, 0, 1, 1, 0, 0, 0};
constexpr twi_options_type lstm_type{TW_OPTIONS_LSTM, sizeof(tw_lstm_options), 0, &lstm_defaults,
                                     "tw_lstm_options_init"};

constexpr tw_gru_options gru_defaults{0, 0, 1, 1, 0, 0, 0};
constexpr twi_options_type gru_type{TW_OPTIONS_GRU, sizeof(tw_gru_options), 0, &gru_defaults, "tw_gru_options_init"};

Tensors call(torch::nn::LSTMImpl &lstm, const Tensors &inputs) {
  const auto [output, states] =
      inputs.size() == 1 ? lstm.forward(inputs[0]) : lstm.forward(inputs[0], std::make_tuple(inputs[1], inputs[2]));
  return {output, std::get<0>(states), std::get<1>(states)};
}

Tensors call(torch::nn::GRUImpl &gru, const Tensors &inputs) {
  const auto [output, state] = inputs.size() == 1 ? gru.forward(inputs[0]) : gru.forward(inputs[0], inputs[1]);
  return {output, state};
}

/* States is how many the layer has: it takes none of them or all, and gives all. */
template <class Impl, size_t States>
class Recurrent final : public Impl, public Forward {
 public:
  using Impl::Impl;

  /* LibTorch's classes know batches alone. */
  Tensors forward_all(const Tensors &inputs) override {
    check(inputs.size() == 1 || inputs.size() == 1 + States, TW_ERROR_ARGUMENT, "count is ", inputs.size(),
          "; this module takes 1 tensor, or ", 1 + States, " with its states: ", *this);
    const int64_t dim = inputs[0].dim();
    check(dim == 2 || dim == 3, TW_ERROR_TORCH, "input has ", dim, " dimensions; it must have 3, or 2 without a batch");
    if (dim == 3) return call(*this, inputs);
    const int64_t batch = this->options.batch_first() ? 0 : 1;
    Tensors batched{inputs[0].unsqueeze(batch)};
    for (size_t i = 1; i < inputs.size(); ++i) batched.push_back(inputs[i].unsqueeze(1));
    Tensors results = call(*this, batched);
    results[0] = results[0].squeeze(batch);
    for (size_t i = 1; i < results.size(); ++i) results[i] = results[i].squeeze(1);
    return results;
  }

  /* CUDA's kernels want the weights in one piece of memory. */
  void tensors_moved() override { this->flatten_parameters(); }
};

/* Made is LibTorch's structure, Options one of ours. */
template <class Made, class Options>
Made recurrent_options(int64_t input_size, int64_t hidden_size, const Options &options) {
  Made made(require_at_least(input_size, 1, "input_size"), require_at_least(hidden_size, 1, "hidden_size"));
  made.num_layers(require_at_least(options.num_layers, 1, "num_layers")).bias(require_bool(options.bias, "bias"));
  made.batch_first(require_bool(options.batch_first, "batch_first"));
  made.bidirectional(require_bool(options.bidirectional, "bidirectional"));
  const double dropout = share(options.dropout, "dropout");
  return made.dropout(options.num_layers > 1 ? dropout : 0); /* between layers: LibTorch warns where there are none */
}

template <class Impl, size_t States, class Made, class Options>
tw_status new_recurrent(tw_module **out, int64_t input_size, int64_t hidden_size, const Options *options,
                        const twi_options_type &type) {
  return guard_new(out, [&] {
    const auto made = recurrent_options<Made>(input_size, hidden_size, read_options(options, type));
    return new_module(std::make_shared<Recurrent<Impl, States>>(made));
  });
}

}  // namespace
}  // namespace tw

tw_status tw_lstm_options_init(tw_lstm_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &tw::lstm_type);
}

tw_status tw_module_lstm(tw_module **out, int64_t input_size, int64_t hidden_size, const tw_lstm_options *options) {
  return tw::new_recurrent<torch::nn::LSTMImpl, 2, torch::nn::LSTMOptions>(out, input_size, hidden_size, options,
                                                                           tw::lstm_type);
}

tw_status tw_gru_options_init(tw_gru_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &tw::gru_type);
}

tw_status tw_module_gru(tw_module **out, int64_t input_size, int64_t hidden_size, const tw_gru_options *options) {
  return tw::new_recurrent<torch::nn::GRUImpl, 1, torch::nn::GRUOptions>(out, input_size, hidden_size, options,
                                                                         tw::gru_type);
}
