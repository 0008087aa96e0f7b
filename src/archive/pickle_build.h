/* What the names of a pickle make of arguments. Each gives a new value, or NULL, with a fault unless memory is out. */
#ifndef TWI_PICKLE_BUILD_H
#define TWI_PICKLE_BUILD_H

#include "archive/pickle_machine.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The item of a tuple, where it is of that kind; NULL otherwise. */
twi_value *twi_pickle_argument(const twi_value *tuple, size_t index, twi_value_kind kind);

/* What this library has no type for, as the pickle has it. */
twi_value *twi_pickle_keep_object(twi_pickle_machine *m, twi_value *function, twi_value *arguments);

twi_value *twi_pickle_rebuild_tensor(twi_pickle_machine *m, twi_value *function, twi_value *arguments);
twi_value *twi_pickle_rebuild_tensor_v3(twi_pickle_machine *m, twi_value *function, twi_value *arguments);
twi_value *twi_pickle_rebuild_parameter(twi_pickle_machine *m, twi_value *function, twi_value *arguments);
twi_value *twi_pickle_rebuild_from_type(twi_pickle_machine *m, twi_value *function, twi_value *arguments);

#ifdef __cplusplus
}
#endif

#endif
