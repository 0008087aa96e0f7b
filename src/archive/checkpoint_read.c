#include "archive/checkpoint_read.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/pickle_read.h"

enum {
  LARGEST_PICKLE = 64 << 20, /* of some 600 000 tensors */
  LARGEST_RECORD = 64,       /* of the small ones, such as version */
  LONGEST_NAME = 1024,
  NEWEST_VERSION = 10 /* of the format, that is known: what PyTorch itself reads */
};

typedef struct reading {
  twi_zip_reader zip;
  const char *folder; /* the archive's name, with the slash behind it */
  size_t folder_length;
  twi_storage **storages; /* one for each entry: NULL where the pickle has not named it yet */
  int is_swapped;         /* whether its numbers are of the other byte order than this machine's */
  twi_fault *fault;
} reading;

/* The entry of that name in the archive's folder. */
static const twi_zip_entry *find_entry(const reading *r, const char *folder, const char *name, size_t length) {
  char full[LONGEST_NAME];
  const size_t middle = strlen(folder);
  if (length > sizeof full || r->folder_length + middle >= sizeof full - length) return NULL;
  memcpy(full, r->folder, r->folder_length);
  memcpy(full + r->folder_length, folder, middle + 1);
  memcpy(full + r->folder_length + middle, name, length);
  return twi_zip_find(&r->zip, full, r->folder_length + middle + length);
}

/* ---- storages ---- */

static twi_storage *new_storage(reading *r, const twi_zip_entry *entry, twi_element element, uint64_t count) {
  const uint64_t size = twi_element_size(element);
  if (entry->size / size != count) {
    twi_fault_format(r->fault,
                     "the storage %s has %" PRIu64 " bytes, but %" PRIu64 " elements of %" PRIu64 " bytes are expected",
                     twi_quote(entry->name, entry->name_length).text, entry->size, count, size);
    return NULL;
  }
  twi_storage *storage = twi_storage_new(element, entry->size, NULL, NULL);
  if (storage == NULL) {
    twi_fault_memory(r->fault);
    return NULL;
  }
  storage->offset = entry->data;
  storage->swapped = r->is_swapped ? (size_t)twi_element_number_size(element) : 0;
  return storage;
}

static twi_storage *find_storage(void *context, const char *key, size_t length, twi_element element, uint64_t count,
                                 twi_fault *fault) {
  reading *r = context;
  const twi_zip_entry *entry = find_entry(r, "data/", key, length);
  if (entry == NULL) {
    twi_fault_format(fault, "the storage %s, of which a tensor is part, is missing", twi_quote(key, length).text);
    return NULL;
  }
  twi_storage **place = &r->storages[entry - r->zip.entries];
  if (*place != NULL && (*place)->element == element && (*place)->bytes / twi_element_size(element) == count)
    return twi_storage_retain(*place);
  twi_storage *made = new_storage(r, entry, element, count);
  if (made == NULL || *place != NULL) return made; /* of another type: empty ones are seen so */
  *place = made;
  return twi_storage_retain(made);
}

/* ---- the small records ---- */

/* The text of a small record, "" where there is none; its end of line is left out. */
static int read_record(const reading *r, const char *name, char out[LARGEST_RECORD + 1]) {
  out[0] = 0;
  const twi_zip_entry *entry = find_entry(r, "", name, strlen(name));
  if (entry == NULL) return 1;
  unsigned char *bytes = twi_zip_load(&r->zip, entry, LARGEST_RECORD, r->fault);
  if (bytes == NULL) return 0;
  memcpy(out, bytes, (size_t)entry->size);
  out[entry->size] = 0;
  out[strcspn(out, "\r\n")] = 0;
  free(bytes);
  return 1;
}

static int check_version(const reading *r) {
  char text[LARGEST_RECORD + 1];
  if (!read_record(r, "version", text)) return 0;
  char *end;
  const long version = strtol(text, &end, 10);
  if (text[0] == 0 || (*end == 0 && version >= 1 && version <= NEWEST_VERSION)) return 1;
  return twi_fault_unsupported(r->fault, "its format is of version %s; versions 1 to %d are known",
                               twi_quote(text, strlen(text)).text, NEWEST_VERSION);
}

static int read_byte_order(reading *r) {
  char text[LARGEST_RECORD + 1];
  const uint16_t one = 1;
  const char *own = *(const unsigned char *)&one == 1 ? "little" : "big";
  if (!read_record(r, "byteorder", text)) return 0;
  r->is_swapped = text[0] != 0 && strcmp(text, own) != 0;
  if (!r->is_swapped || strcmp(text, "big") == 0 || strcmp(text, "little") == 0) return 1;
  return twi_fault_unsupported(r->fault, "its numbers are of the byte order \"%s\"; it must be little or big",
                               twi_quote(text, strlen(text)).text);
}

/* ---- the whole ---- */

/* The folder that all entries lie in; the first entry's is taken for it. */
static int find_folder(reading *r) {
  const twi_zip_entry *first = &r->zip.entries[r->zip.first];
  const char *slash = memchr(first->name, '/', first->name_length);
  if (slash == NULL) return twi_fault_format(r->fault, "the zip archive has no folder, as files of torch.save have");
  r->folder = first->name;
  r->folder_length = (size_t)(slash - first->name) + 1;
  return 1;
}

static unsigned char *load_pickle(const reading *r, size_t *length) {
  const twi_zip_entry *entry = find_entry(r, "", "data.pkl", strlen("data.pkl"));
  if (entry == NULL) {
    twi_fault_format(r->fault, "the zip archive has no data.pkl, as files of torch.save have");
    return NULL;
  }
  *length = (size_t)entry->size;
  return twi_zip_load(&r->zip, entry, LARGEST_PICKLE, r->fault);
}

static twi_value *read_pickle(reading *r) {
  size_t length = 0;
  unsigned char *bytes = load_pickle(r, &length);
  if (bytes == NULL) return NULL;
  const twi_pickle_storages storages = {find_storage, r};
  twi_value *root = twi_pickle_read(bytes, length, &storages, r->fault);
  free(bytes);
  return root;
}

static twi_value *read_archive(reading *r) {
  if (!find_folder(r)) return NULL;
  if (find_entry(r, "", "constants.pkl", strlen("constants.pkl")) != NULL) {
    twi_fault_unsupported(r->fault, "it is a TorchScript module; load it with tw_module_load_torchscript");
    return NULL;
  }
  if (!check_version(r) || !read_byte_order(r)) return NULL;
  r->storages = calloc(r->zip.count, sizeof(twi_storage *));
  if (r->storages == NULL) {
    twi_fault_memory(r->fault);
    return NULL;
  }
  twi_value *root = read_pickle(r);
  if (root != NULL && !twi_zip_verify(&r->zip, r->fault)) {
    twi_value_release(root);
    root = NULL;
  }
  for (size_t i = 0; i < r->zip.count; ++i) twi_storage_release(r->storages[i]);
  return root;
}

/* What is not known may be what has been damaged: of a damaged file that is said. */
static void look_for_damage(const reading *r) {
  twi_fault damage = {.kind = TWI_FAULT_NONE};
  if (!twi_zip_verify(&r->zip, &damage)) *r->fault = damage;
}

twi_value *twi_checkpoint_read(const twi_zip_source *source, twi_fault *fault) {
  reading r = {.fault = fault};
  if (!twi_zip_open(&r.zip, source, fault)) return NULL;
  twi_value *root = read_archive(&r);
  if (fault->kind == TWI_FAULT_UNSUPPORTED) look_for_damage(&r);
  free(r.storages);
  twi_zip_close(&r.zip);
  return root;
}
