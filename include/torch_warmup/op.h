/**
 * @file op.h
 * Any operator of LibTorch by its name. What has no function of its own in this library is called through here.
 *
 *     tw_tensor *y = NULL;
 *     TW_OP(&y, "conv2d", TW_TENSOR(x), TW_TENSOR(weight), TW_TENSOR(bias), TW_NAMED("stride", TW_INTS(2, 2)));
 *
 *     tw_tensor_list *largest = NULL;
 *     TW_OP_LIST(&largest, "topk", TW_TENSOR(x), TW_INT(5));
 *
 *     TW_OP_INPLACE("zero_", TW_TENSOR(x));
 */
#ifndef TORCH_WARMUP_OP_H
#define TORCH_WARMUP_OP_H

#include "argument.h"
#include "tensor.h"
#include "tensor_list.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Calls an operator.
 *
 * Among the overloads of the name the first whose schema takes the arguments is called, as Python does. Where a number
 * is asked for, an int serves as a float and either as a Scalar; where a list of a fixed length is asked for, a single
 * int or float is repeated. Missing arguments take the schema's defaults.
 *
 * What is refused before the operator runs has changed nothing. An operator that writes into an argument, such as
 * "index_put_", "add_" or "add.out", and fails while it runs (TW_ERROR_TORCH, TW_ERROR_MEMORY) may have written a part;
 * one that draws random numbers may have drawn them. Where that matters call the operator without the underscore, and
 * copy its result.
 *
 * @param out             creates the list of results, in order; NULL on failure. A list of tensors is spread out, a
 *                        number becomes a tensor without dimensions on the CPU, None leaves its place empty. An operator
 *                        that writes into an argument gives another handle to it. out may be NULL where the results are
 *                        not wanted.
 * @param name            borrows: "add", "aten::add", or with the overload "add.out", "aten::add.Tensor". What Python has
 *                        before it may stay: "F.relu", "torch.nn.functional.relu", "torch.add", "Tensor.add",
 *                        "torch.linalg.norm". The arguments are the operator's own, in its order; the few functions of
 *                        torch.nn.functional that take others than their operator, such as F.batch_norm, are
 *                        TW_ERROR_NOT_FOUND, and the message says what to call.
 * @param arguments       borrows: the positional ones first, then the named ones. May be NULL where argument_count is 0.
 * @retval TW_ERROR_NOT_FOUND    no such operator or overload (the message says what Python's name is called here, or has
 *                               the nearest names), or no overload has an argument of that name
 * @retval TW_ERROR_UNSUPPORTED  there is the operator, but it cannot be called by its schema, or this LibTorch does not
 *                               implement it for where the tensors are
 * @retval TW_ERROR_TYPE         an argument is of a kind that no overload takes (the message shows the schemas and the
 *                               argument that does not fit), or a result can be no tensor
 * @retval TW_ERROR_ARGUMENT     no overload takes the arguments for other reasons, such as one that is missing
 * @retval TW_ERROR_TORCH        LibTorch refused them, such as for their shapes
 */
TW_CALL tw_status tw_op_call(tw_tensor_list **out, const char *name, const tw_argument *arguments,
                             size_t argument_count);

/**
 * Calls an operator of one result; otherwise as tw_op_call.
 *
 * @param out  creates the result; NULL on failure, and where the result is None. Free it with tw_tensor_free.
 * @retval TW_ERROR_TYPE  also where the operator has several results, none, or a list of them; it has not run
 */
TW_CALL tw_status tw_op_call_one(tw_tensor **out, const char *name, const tw_argument *arguments,
                                 size_t argument_count);

/** Calls an operator of one result: TW_OP(&y, "relu", TW_TENSOR(x)). Gives a tw_status. */
#define TW_OP(out, name, ...) tw_op_call_one((out), (name), TW_ARGUMENTS(__VA_ARGS__))

/** Calls an operator of several results: TW_OP_LIST(&list, "topk", TW_TENSOR(x), TW_INT(5)). Gives a tw_status. */
#define TW_OP_LIST(out, name, ...) tw_op_call((out), (name), TW_ARGUMENTS(__VA_ARGS__))

/** Calls an operator for what it does to its arguments: TW_OP_INPLACE("zero_", TW_TENSOR(x)). Gives a tw_status. */
#define TW_OP_INPLACE(name, ...) tw_op_call(NULL, (name), TW_ARGUMENTS(__VA_ARGS__))

#ifdef __cplusplus
}
#endif

#endif
