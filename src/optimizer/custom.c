/* An optimizer of the caller's own functions. */
#include "base/check.h"
#include "optimizer/optimizer.h"

static tw_status check_functions(const tw_optimizer_interface *functions) {
  if (functions->struct_size != sizeof *functions)
    return twi_fail(TW_ERROR_ARGUMENT, "struct_size is %zu; a tw_optimizer_interface has %zu bytes",
                    functions->struct_size, sizeof *functions);
  if (functions->group_count == NULL) return twi_fail(TW_ERROR_ARGUMENT, "group_count is NULL");
  if (functions->get == NULL) return twi_fail(TW_ERROR_ARGUMENT, "get is NULL");
  if (functions->set == NULL) return twi_fail(TW_ERROR_ARGUMENT, "set is NULL");
  return TW_OK;
}

tw_status tw_optimizer_custom(tw_optimizer **out, const tw_optimizer_interface *functions, void *context) {
  if (out != NULL) *out = NULL;
  tw_status status = twi_check_pointer(functions, "functions");
  if (status != TW_OK) return status;
  status = check_functions(functions);
  /* A release that may not lie there is not called. */
  if (status != TW_OK && functions->struct_size != sizeof *functions) return status;
  if (status == TW_OK) status = twi_check_pointer(out, "out");
  if (status == TW_OK) return twi_optimizer_new(out, functions, context, 1);
  twi_release(functions->release, context);
  return status;
}
