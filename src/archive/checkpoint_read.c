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
  tw_zip_reader zip;
  const char *folder; /* the archive's name, with the slash behind it */
  size_t folder_length;
  tw_storage **storages; /* one for each entry: NULL where the pickle has not named it yet */
  tw_fault *fault;
} reading;

/* The entry of that name in the archive's folder. */
static const tw_zip_entry *find_entry(const reading *r, const char *folder, const char *name, size_t length) {
  char full[LONGEST_NAME];
  const size_t middle = strlen(folder);
  if (length > sizeof full || r->folder_length + middle >= sizeof full - length) return NULL;
  memcpy(full, r->folder, r->folder_length);
  memcpy(full + r->folder_length, folder, middle + 1);
  memcpy(full + r->folder_length + middle, name, length);
  return tw_zip_find(&r->zip, full, r->folder_length + middle + length);
}

/* ---- storages ---- */

static tw_storage *new_storage(reading *r, const tw_zip_entry *entry, tw_element element, uint64_t count) {
  const uint64_t size = tw_element_size(element);
  if (entry->size / size != count) {
    tw_fault_format(r->fault,
                    "the storage %s has %" PRIu64 " bytes, but %" PRIu64 " elements of %" PRIu64 " bytes are expected",
                    tw_quote(entry->name, entry->name_length).text, entry->size, count, size);
    return NULL;
  }
  tw_storage *storage = tw_storage_new(element, entry->size, NULL, NULL);
  if (storage == NULL) {
    tw_fault_memory(r->fault);
    return NULL;
  }
  storage->offset = entry->data;
  return storage;
}

static tw_storage *find_storage(void *context, const char *key, size_t length, tw_element element, uint64_t count,
                                tw_fault *fault) {
  reading *r = context;
  const tw_zip_entry *entry = find_entry(r, "data/", key, length);
  if (entry == NULL) {
    tw_fault_format(fault, "the storage %s, of which a tensor is part, is missing", tw_quote(key, length).text);
    return NULL;
  }
  tw_storage **place = &r->storages[entry - r->zip.entries];
  if (*place == NULL) *place = new_storage(r, entry, element, count);
  if (*place == NULL) return NULL;
  if ((*place)->element == element && (*place)->bytes / tw_element_size(element) == count)
    return tw_storage_retain(*place);
  tw_fault_format(fault, "the storage %s is named twice, as of different types or sizes", tw_quote(key, length).text);
  return NULL;
}

/* ---- the small records ---- */

/* The text of a small record, "" where there is none; its end of line is left out. */
static int read_record(const reading *r, const char *name, char out[LARGEST_RECORD + 1]) {
  out[0] = 0;
  const tw_zip_entry *entry = find_entry(r, "", name, strlen(name));
  if (entry == NULL) return 1;
  unsigned char *bytes = tw_zip_load(&r->zip, entry, LARGEST_RECORD, r->fault);
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
  return tw_fault_format(r->fault, "its format is of version %s; versions 1 to %d are known",
                         tw_quote(text, strlen(text)).text, NEWEST_VERSION);
}

static int check_byte_order(const reading *r) {
  char text[LARGEST_RECORD + 1];
  const uint16_t one = 1;
  const char *own = *(const unsigned char *)&one == 1 ? "little" : "big";
  if (!read_record(r, "byteorder", text)) return 0;
  if (text[0] == 0 || strcmp(text, own) == 0) return 1;
  return tw_fault_format(r->fault, "its numbers are of byte order \"%s\"; this machine's is \"%s\"",
                         tw_quote(text, strlen(text)).text, own);
}

/* ---- the whole ---- */

/* The folder that all entries lie in; the first entry's is taken for it. */
static int find_folder(reading *r) {
  const tw_zip_entry *first = &r->zip.entries[r->zip.first];
  const char *slash = memchr(first->name, '/', first->name_length);
  if (slash == NULL) return tw_fault_format(r->fault, "the zip archive has no folder, as files of torch.save have");
  r->folder = first->name;
  r->folder_length = (size_t)(slash - first->name) + 1;
  return 1;
}

static unsigned char *load_pickle(const reading *r, size_t *length) {
  const tw_zip_entry *entry = find_entry(r, "", "data.pkl", strlen("data.pkl"));
  if (entry == NULL) {
    tw_fault_format(r->fault, "the zip archive has no data.pkl, as files of torch.save have");
    return NULL;
  }
  *length = (size_t)entry->size;
  return tw_zip_load(&r->zip, entry, LARGEST_PICKLE, r->fault);
}

static tw_value *read_pickle(reading *r) {
  size_t length = 0;
  unsigned char *bytes = load_pickle(r, &length);
  if (bytes == NULL) return NULL;
  const tw_pickle_storages storages = {find_storage, r};
  tw_value *root = tw_pickle_read(bytes, length, &storages, r->fault);
  free(bytes);
  if (root == NULL || tw_value_is_dict(root)) return root;
  tw_value_release(root);
  tw_fault_format(r->fault, "it does not hold a dict, as a checkpoint does");
  return NULL;
}

static tw_value *read_archive(reading *r) {
  if (!find_folder(r)) return NULL;
  if (find_entry(r, "", "constants.pkl", strlen("constants.pkl")) != NULL) {
    tw_fault_format(r->fault, "it is a TorchScript module; load it with tw_module_load_torchscript");
    return NULL;
  }
  if (!check_version(r) || !check_byte_order(r)) return NULL;
  r->storages = calloc(r->zip.count, sizeof(tw_storage *));
  if (r->storages == NULL) {
    tw_fault_memory(r->fault);
    return NULL;
  }
  tw_value *root = read_pickle(r);
  if (root != NULL && !tw_zip_verify(&r->zip, r->fault)) {
    tw_value_release(root);
    root = NULL;
  }
  for (size_t i = 0; i < r->zip.count; ++i) tw_storage_release(r->storages[i]);
  return root;
}

tw_value *tw_checkpoint_read(const tw_zip_source *source, tw_fault *fault) {
  reading r = {.fault = fault};
  if (!tw_zip_open(&r.zip, source, fault)) return NULL;
  tw_value *root = read_archive(&r);
  free(r.storages);
  tw_zip_close(&r.zip);
  return root;
}
