/* Attention. LibTorch's own class lacks batch_first and sequences without a batch, and draws random numbers when it is
   copied: this one is built of operators, with the names and the order of initialisation of Python's. */
#pragma once

#include <memory>

#include "module/module.h"

namespace tw {

/* A linear layer that is initialised when it is told to, so that a copy draws no random numbers. */
class Projection final : public torch::nn::Module, public Forward {
 public:
  Projection(int64_t in_features, int64_t out_features, bool bias);

  void initialise();
  at::Tensor forward(const at::Tensor &input);
  Tensors forward_all(const Tensors &inputs) override;

  at::Tensor weight, bias; /* bias undefined where there is none */
};

struct AttentionOptions {
  int64_t embed_dim, num_heads, kdim, vdim;
  double dropout;
  bool bias, add_bias_kv, add_zero_attn, batch_first;
};

class MultiheadAttention final : public torch::nn::Module, public Forward {
 public:
  explicit MultiheadAttention(const AttentionOptions &options);

  void initialise();

  /* Undefined masks stand for none. */
  struct Inputs {
    at::Tensor query, key, value, key_padding_mask, attn_mask;
  };

  /* The output, and the weights where they are wanted. */
  Tensors attend(const Inputs &given, bool need_weights);

  Tensors forward_all(const Tensors &inputs) override;
  bool takes_none(size_t index) const override { return index >= 3; }

 private:
  /* The same with a batch, and places before sequences; and an output back as the caller has them. */
  Inputs arrange(const Inputs &given) const;
  at::Tensor arrange_back(const at::Tensor &output, bool batched) const;

  Tensors project(const Inputs &inputs) const;
  void add_places(at::Tensor &key, at::Tensor &value) const;
  at::Tensor split_heads(const at::Tensor &projected) const;
  at::Tensor merge_masks(const Inputs &inputs) const;
  at::Tensor scores(const at::Tensor &query, const at::Tensor &key, const at::Tensor &mask) const;

  AttentionOptions options_;
  at::Tensor in_proj_weight_;                                /* of query, key and value below one another */
  at::Tensor q_proj_weight_, k_proj_weight_, v_proj_weight_; /* instead of it where sizes differ */
  at::Tensor in_proj_bias_, bias_k_, bias_v_;                /* undefined where there is none */
  std::shared_ptr<Projection> out_proj_;
};

/* Fails unless both are positive and heads divides features. */
void check_heads(int64_t features, const char *features_name, int64_t heads, const char *heads_name);

}  // namespace tw
