#include "archive/torchscript_archive.h"

#include <string.h>

/* Whether there is an entry of that name in the archive's folder. */
static int has_file(const twi_zip_reader *reader, const char *name) {
  const size_t length = strlen(name);
  for (size_t i = 0; i < reader->count; ++i) {
    const twi_zip_entry *entry = &reader->entries[i];
    const char *folder = memchr(entry->name, '/', entry->name_length);
    const size_t start = folder == NULL ? 0 : (size_t)(folder - entry->name) + 1;
    if (entry->name_length - start == length && memcmp(entry->name + start, name, length) == 0) return 1;
  }
  return 0;
}

/* Only what torch.jit.save writes holds constants.pkl, or model.json where it is older than PyTorch 1.4. */
static int check_contents(const twi_zip_reader *reader, twi_fault *fault) {
  if (has_file(reader, "constants.pkl") || has_file(reader, "model.json")) return 1;
  if (has_file(reader, "data.pkl"))
    return twi_fault_format(fault,
                            "it is a file of torch.save, which holds no program; load a state_dict with "
                            "tw_checkpoint_load, or save the model in Python with "
                            "torch.jit.save(torch.jit.script(model), path)");
  return twi_fault_format(fault, "it is a zip archive, but without the constants.pkl that torch.jit.save writes");
}

int twi_torchscript_check(const twi_zip_source *source, twi_fault *fault) {
  twi_zip_reader reader;
  if (!twi_zip_open_packed(&reader, source, fault)) return 0;
  const int good = check_contents(&reader, fault) && twi_zip_verify(&reader, fault);
  twi_zip_close(&reader);
  return good;
}
