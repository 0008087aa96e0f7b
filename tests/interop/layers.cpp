/* What layers.py runs: makes the layers of a table, saves their state_dicts, and runs them on what Python saved. */
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "handles.h"
#include "layers.h"

using tw::test::Handle;
using tw::test::handles_of;

namespace {

using Module = Handle<tw_module>;
using Tensor = Handle<tw_tensor>;
using Checkpoint = Handle<tw_checkpoint>;

void check(tw_status status, const std::string &what) {
  if (status == TW_OK) return;
  std::fprintf(stderr, "%s: %s\n", what.c_str(), tw_last_error());
  std::exit(1);
}

Module make(const Layer &layer) {
  Module made;
  check(layer.make(made.out()), layer.name);
  return made;
}

/* A file for each layer, a bare state_dict, from the given seed. */
void save_states(const std::string &folder, uint64_t seed) {
  for (const Layer &layer : layers()) {
    check(tw_manual_seed(seed), layer.name);
    const Module module = make(layer);
    Checkpoint state;
    check(tw_checkpoint_create(state.out()), layer.name);
    check(tw_checkpoint_put_module(state.get(), nullptr, module.get()), layer.name);
    check(tw_checkpoint_save(state.get(), (folder + "/" + layer.name + ".pt").c_str()), layer.name);
  }
}

bool has(const Checkpoint &checkpoint, const std::string &key) {
  int32_t found = 0;
  check(tw_checkpoint_has(&found, checkpoint.get(), key.c_str()), key);
  return found == 1;
}

Tensor read(const Checkpoint &checkpoint, const std::string &key) {
  Tensor tensor;
  check(tw_checkpoint_get_tensor(tensor.out(), checkpoint.get(), key.c_str()), key);
  return tensor;
}

bool is_floating(const Tensor &tensor) {
  tw_dtype dtype = TW_DTYPE_UNKNOWN;
  check(tw_tensor_get_dtype(&dtype, tensor.get()), "dtype");
  return dtype == TW_FLOAT32;
}

/* The inputs that Python saved; a NULL for each None. */
std::vector<Tensor> read_inputs(const Checkpoint &given, const std::string &run) {
  std::vector<Tensor> inputs;
  for (int i = 0;; ++i) {
    const std::string key = run + "/input." + std::to_string(i);
    if (has(given, key)) {
      inputs.push_back(read(given, key));
      if (is_floating(inputs.back())) check(tw_tensor_set_requires_grad(inputs.back().get(), 1), key);
    } else if (has(given, run + "/none." + std::to_string(i))) {
      inputs.emplace_back();
    } else {
      return inputs;
    }
  }
}

/* The gradient of a leaf, where it has one. */
void put_gradient(const Checkpoint &results, const std::string &key, const tw_tensor *leaf) {
  Tensor gradient;
  check(tw_tensor_get_grad(gradient.out(), leaf), key);
  if (gradient) check(tw_checkpoint_put_tensor(results.get(), key.c_str(), gradient.get()), key);
}

std::vector<Tensor> forward(const Module &module, const std::vector<Tensor> &inputs, const std::string &run) {
  std::vector<tw_tensor *> handles;
  for (const Tensor &input : inputs) handles.push_back(input.get());
  Handle<tw_tensor_list> outputs;
  check(tw_module_forward_all(outputs.out(), module.get(), handles.data(), handles.size()), run);
  return handles_of(outputs);
}

void put_gradients(const Checkpoint &results, const std::string &run, const Module &module,
                   const std::vector<Tensor> &inputs) {
  for (size_t i = 0; i < inputs.size(); ++i)
    if (inputs[i]) put_gradient(results, run + "/input_grad." + std::to_string(i), inputs[i].get());
  Handle<tw_tensor_list> list;
  check(tw_module_get_parameters(list.out(), module.get()), run);
  const std::vector<Tensor> parameters = handles_of(list);
  for (size_t i = 0; i < parameters.size(); ++i) {
    char name[128];
    check(tw_module_get_parameter_name(name, sizeof name, nullptr, module.get(), i), run);
    put_gradient(results, run + "/grad." + name, parameters[i].get());
  }
}

/* One backward pass for all outputs, each with the gradient that Python gave it. */
void backward(const Checkpoint &given, const std::vector<Tensor> &outputs, const std::string &run) {
  Tensor total;
  for (size_t i = 0; i < outputs.size(); ++i) {
    Tensor product, part, sum;
    const Tensor gradient = read(given, run + "/cotangent." + std::to_string(i));
    check(tw_op_mul(product.out(), outputs[i].get(), gradient.get()), run);
    check(tw_op_sum(part.out(), product.get()), run);
    if (total) check(tw_op_add(sum.out(), total.get(), part.get()), run);
    total = std::move(total ? sum : part);
  }
  check(tw_tensor_backward(total.get(), nullptr, 0), run);
}

/* Runs one layer in one mode, from Python's weights, and keeps outputs, gradients and the state afterwards. */
void run_layer(const Checkpoint &given, const Checkpoint &results, const Layer &layer, bool training) {
  const std::string run = layer.name + (training ? "/train" : "/eval");
  const Module module = make(layer);
  check(tw_checkpoint_restore_module(module.get(), given.get(), layer.name.c_str(), 1), layer.name);
  check(tw_module_train(module.get(), training ? 1 : 0), run);
  const std::vector<Tensor> inputs = read_inputs(given, run);
  check(tw_manual_seed(11), run);
  const std::vector<Tensor> outputs = forward(module, inputs, run);
  for (size_t i = 0; i < outputs.size(); ++i)
    check(tw_checkpoint_put_tensor(results.get(), (run + "/output." + std::to_string(i)).c_str(), outputs[i].get()),
          run);
  backward(given, outputs, run);
  put_gradients(results, run, module, inputs);
  check(tw_checkpoint_put_module(results.get(), (run + "/state").c_str(), module.get()), run);
}

void run_layers(const char *from, const char *to) {
  Checkpoint given, results;
  check(tw_checkpoint_load(given.out(), from), from);
  check(tw_checkpoint_create(results.out()), to);
  for (const Layer &layer : layers())
    for (const bool training : {true, false}) run_layer(given, results, layer, training);
  check(tw_checkpoint_save(results.get(), to), to);
}

}  // namespace

int main(int argc, char **argv) {
  const std::string what = argc == 4 ? argv[1] : "";
  if (what == "save") {
    save_states(argv[2], std::strtoull(argv[3], nullptr, 10));
  } else if (what == "run") {
    run_layers(argv[2], argv[3]);
  } else {
    std::fprintf(stderr, "usage: %s save FOLDER SEED | run FROM TO\n", argv[0]);
    return 2;
  }
  return 0;
}
