/* Optimizers of a program that has LibTorch and knows nothing of torch_warmup, as tch, gotch or TorchSharp are. It is
   built on its own and loaded with dlopen, so that it shares no more with us than LibTorch. */
#pragma once

#include <stddef.h>

/* Owns an optimizer and its parameters: one number a group, which starts at 1 and whose gradient is always 1. */
struct foreign_owner;

struct foreign_api {
  foreign_owner *(*make_adamw)();   /* rates 0.5, 0.1; betas (0.9, 0.95), (0.9, 0.99) */
  foreign_owner *(*make_sgd)();     /* rates 0.5, 0.1 */
  foreign_owner *(*make_adagrad)(); /* rate 0.5 */
  foreign_owner *(*make_lbfgs)();   /* rate 1 */
  foreign_owner *(*make_own)();     /* a class of its own with options of its own; rates 0.5, 0.1 */
  foreign_owner *(
      *make_stubborn)();          /* its first group has SGD's options; the second's rate refuses to fall below 0.05 */
  foreign_owner *(*make_empty)(); /* Adam without groups */
  foreign_owner *(*make_rateless)(); /* of a class whose options have no get_lr and set_lr */
  void *(*torch_optimizer)(foreign_owner *owner);
  void (*step)(foreign_owner *owner);                     /* the owner's own step */
  double (*lr)(const foreign_owner *owner, size_t group); /* read from the concrete options, where the step looks */
  double (*parameter)(const foreign_owner *owner, size_t group); /* what the steps have made of it */
  void (*free)(foreign_owner *owner);
};

/* The one symbol, "foreign_optimizer_api". */
using foreign_api_function = const foreign_api *(*)();
