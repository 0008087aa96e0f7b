/* An optimizer of the caller's own functions. */
#include "base/check.h"
#include "optimizer/optimizer.h"

static tw_status check_interface(const tw_optimizer_interface *interface) {
  if (interface->struct_size != sizeof *interface)
    return twi_fail(TW_ERROR_ARGUMENT, "struct_size is %zu; a tw_optimizer_interface has %zu bytes",
                    interface->struct_size, sizeof *interface);
  if (interface->group_count == NULL) return twi_fail(TW_ERROR_ARGUMENT, "group_count is NULL");
  if (interface->get == NULL) return twi_fail(TW_ERROR_ARGUMENT, "get is NULL");
  if (interface->set == NULL) return twi_fail(TW_ERROR_ARGUMENT, "set is NULL");
  return TW_OK;
}

tw_status tw_optimizer_custom(tw_optimizer **out, const tw_optimizer_interface *interface, void *context) {
  if (out != NULL) *out = NULL;
  tw_status status = twi_check_pointer(interface, "interface");
  if (status != TW_OK) return status;
  status = check_interface(interface);
  /* A release that may not lie there is not called. */
  if (status != TW_OK && interface->struct_size != sizeof *interface) return status;
  if (status == TW_OK) status = twi_check_pointer(out, "out");
  if (status == TW_OK) return twi_optimizer_new(out, interface, context, 1);
  twi_release(interface->release, context);
  return status;
}
