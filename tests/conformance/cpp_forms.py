"""Every public function has a form in the C++ headers, or stands here with the reason why it has none.

    cpp_forms.py REPOSITORY          (Python's standard library only)
"""

import glob
import os
import re
import sys

REPOSITORY = sys.argv[1]

# C++ programs have LibTorch's own, whose objects go in and out.
LIBTORCHS = "LibTorch's own C++ does it"
PLAIN = "a C++ program calls it as it is: no handle, no failure"

NONE = {
    r"tw_(op|module|tensor|tensor_list|argument)_\w+": LIBTORCHS,
    r"tw_value_\w+|tw_checkpoint_put_value": "values go in and out by tw::Checkpoint's put and get; others by its handle()",
    r"tw_optimizer_(adam|adamw|sgd|rmsprop|adagrad|add_param_group|zero_grad)": LIBTORCHS,
    r"tw_(?!cyclic|one_cycle|reduce_on_plateau)\w+_options_init": LIBTORCHS,
    r"tw_generator_\w+|tw_checkpoint_(put|restore)_generator|tw_manual_seed": LIBTORCHS,
    r"tw_set_grad_enabled|tw_(get|set)_num_threads|tw_cuda_\w+": LIBTORCHS,
    r"tw_(last_error_copy|status_name|version|version_number|option_name|handle_kind_name|live_handles)": PLAIN,
    r"tw_restart_with_patient_threads": PLAIN,
}


def read(*parts):
    with open(os.path.join(REPOSITORY, *parts)) as file:
        return file.read()


def main():
    functions = set(re.findall(r"^tw_\w+", read("tests", "conformance", "symbols.txt"), re.M))
    headers = "".join(read(path) for path in glob.glob(os.path.join(REPOSITORY, "include", "**", "*.hpp"), recursive=True))
    used = functions & set(re.findall(r"\btw_\w+", headers))
    excused = {name for name in functions - used if any(re.fullmatch(pattern, name) for pattern in NONE)}
    missing = sorted(functions - used - excused)
    idle = [pattern for pattern in NONE if not any(re.fullmatch(pattern, name) for name in functions - used)]
    for name in missing:
        print(f"{name} has no form in include/torch_warmup/cpp/, and no reason here")
    for pattern in idle:
        print(f"no function is excused by {pattern}")
    print(f"{len(used)} functions have a form in C++, {len(excused)} a reason for none")
    return 1 if missing or idle or len(used) < 90 else 0


sys.exit(main())
