#include "archive/zip_write.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "archive/zip_format.h"

typedef struct entry {
  char *name;
  uint64_t size;
  uint64_t offset; /* of its local header */
  uint32_t crc;
} entry;

struct twi_zip_writer {
  twi_zip_sink sink;
  void *context;
  uint64_t position;
  entry *entries;
  size_t count, capacity;
  uint64_t missing; /* of the open entry's bytes */
};

/* A header under construction; every one fits. */
typedef struct block {
  unsigned char bytes[256];
  size_t length;
} block;

static void add(block *b, uint64_t number, size_t bytes) {
  for (size_t i = 0; i < bytes; ++i) b->bytes[b->length++] = (unsigned char)(number >> (8 * i));
}

/* What a 32-bit field says of a number that needs 64. */
static uint64_t low(uint64_t number) { return number < UINT32_MAX ? number : UINT32_MAX; }

static int is_large(uint64_t number) { return number >= UINT32_MAX; }

static int emit(twi_zip_writer *writer, const void *bytes, size_t count) {
  writer->position += count;
  return writer->sink(writer->context, bytes, count);
}

static int emit_block(twi_zip_writer *writer, const block *b) { return emit(writer, b->bytes, b->length); }

twi_zip_writer *twi_zip_writer_new(twi_zip_sink sink, void *context) {
  twi_zip_writer *writer = calloc(1, sizeof *writer);
  if (writer == NULL) return NULL;
  writer->sink = sink;
  writer->context = context;
  return writer;
}

void twi_zip_writer_free(twi_zip_writer *writer) {
  if (writer == NULL) return;
  for (size_t i = 0; i < writer->count; ++i) free(writer->entries[i].name);
  free(writer->entries);
  free(writer);
}

/* ---- entries ---- */

static int add_entry(twi_zip_writer *writer, const char *name, uint64_t size) {
  if (writer->count == writer->capacity) {
    const size_t capacity = 2 * writer->capacity + 64;
    entry *entries = realloc(writer->entries, capacity * sizeof *entries);
    if (entries == NULL) return ENOMEM;
    writer->entries = entries;
    writer->capacity = capacity;
  }
  const size_t length = strlen(name);
  if (length > UINT16_MAX) return EINVAL;
  char *copy = malloc(length + 1);
  if (copy == NULL) return ENOMEM;
  memcpy(copy, name, length + 1);
  writer->entries[writer->count++] = (entry){copy, size, writer->position, (uint32_t)crc32_z(0, NULL, 0)};
  return 0;
}

/* The extra fields of a local header: 64-bit sizes where they are needed, and the padding that aligns the data. */
static void add_local_extra(block *b, uint64_t size, uint64_t data_position) {
  if (is_large(size)) {
    add(b, TWI_ZIP64_EXTRA, 2);
    add(b, 16, 2);
    add(b, size, 8);
    add(b, size, 8);
  }
  const uint64_t start = data_position + b->length + 4; /* with no padding yet, but its head */
  const uint64_t padding = (TWI_ZIP_ALIGNMENT - start % TWI_ZIP_ALIGNMENT) % TWI_ZIP_ALIGNMENT;
  add(b, TWI_ZIP_PADDING, 2);
  add(b, padding, 2);
  for (uint64_t i = 0; i < padding; ++i) add(b, 'Z', 1);
}

/* CRC and sizes are known only behind the data, which is why the local header leaves them open as torch.save's do. */
static void add_common(block *b, const entry *e, int in_directory) {
  add(b, 0, 2); /* the version needed, as torch.save has it */
  add(b, TWI_ZIP_FLAG_DESCRIPTOR | TWI_ZIP_FLAG_UTF8, 2);
  add(b, 0, 2); /* stored */
  add(b, 0, 4); /* no time, no date: equal contents give equal files */
  add(b, in_directory ? e->crc : 0, 4);
  const uint64_t size = in_directory || is_large(e->size) ? low(e->size) : 0;
  add(b, size, 4);
  add(b, size, 4);
  add(b, strlen(e->name), 2);
}

int twi_zip_writer_begin(twi_zip_writer *writer, const char *name, uint64_t size) {
  int error = add_entry(writer, name, size);
  if (error != 0) return error;
  const entry *e = &writer->entries[writer->count - 1];
  block extra = {.length = 0};
  add_local_extra(&extra, size, writer->position + TWI_ZIP_LOCAL_HEADER_SIZE + strlen(name));
  block header = {.length = 0};
  add(&header, TWI_ZIP_LOCAL_HEADER, 4);
  add_common(&header, e, 0);
  add(&header, extra.length, 2);
  writer->missing = size;
  error = emit_block(writer, &header);
  if (error == 0) error = emit(writer, name, strlen(name));
  return error != 0 ? error : emit_block(writer, &extra);
}

int twi_zip_writer_write(twi_zip_writer *writer, const void *bytes, size_t count) {
  if (count > writer->missing) return EINVAL;
  if (count == 0) return 0;
  entry *e = &writer->entries[writer->count - 1];
  e->crc = (uint32_t)crc32_z(e->crc, bytes, count);
  writer->missing -= count;
  return emit(writer, bytes, count);
}

int twi_zip_writer_end(twi_zip_writer *writer) {
  if (writer->missing != 0) return EINVAL;
  const entry *e = &writer->entries[writer->count - 1];
  block b = {.length = 0};
  add(&b, TWI_ZIP_DESCRIPTOR, 4);
  add(&b, e->crc, 4);
  const size_t width = is_large(e->size) ? 8 : 4;
  add(&b, e->size, width);
  add(&b, e->size, width);
  return emit_block(writer, &b);
}

int twi_zip_writer_entry(twi_zip_writer *writer, const char *name, const void *bytes, size_t count) {
  int error = twi_zip_writer_begin(writer, name, count);
  if (error == 0) error = twi_zip_writer_write(writer, bytes, count);
  return error != 0 ? error : twi_zip_writer_end(writer);
}

/* ---- the directory ---- */

static void add_directory_extra(block *b, const entry *e) {
  const int sizes = is_large(e->size), offset = is_large(e->offset);
  if (!sizes && !offset) return;
  add(b, TWI_ZIP64_EXTRA, 2);
  add(b, 16 * (uint64_t)sizes + 8 * (uint64_t)offset, 2);
  if (sizes) add(b, e->size, 8);
  if (sizes) add(b, e->size, 8);
  if (offset) add(b, e->offset, 8);
}

static int emit_directory_entry(twi_zip_writer *writer, const entry *e) {
  block extra = {.length = 0};
  add_directory_extra(&extra, e);
  block header = {.length = 0};
  add(&header, TWI_ZIP_CENTRAL_HEADER, 4);
  add(&header, 0, 2); /* made by */
  add_common(&header, e, 1);
  add(&header, extra.length, 2);
  add(&header, 0, 2); /* no comment */
  add(&header, 0, 2); /* the only disk */
  add(&header, 0, 2); /* attributes, inside */
  add(&header, 0, 4); /* and outside */
  add(&header, low(e->offset), 4);
  int error = emit_block(writer, &header);
  if (error == 0) error = emit(writer, e->name, strlen(e->name));
  return error != 0 ? error : emit_block(writer, &extra);
}

static int emit_end(twi_zip_writer *writer, uint64_t start, uint64_t size) {
  const uint64_t end = writer->position;
  block b = {.length = 0};
  add(&b, TWI_ZIP64_END, 4);
  add(&b, TWI_ZIP64_END_SIZE - 12, 8); /* of what follows */
  add(&b, 45, 2);                      /* made by, and needed: the version of the format that has 64 bits */
  add(&b, 45, 2);
  add(&b, 0, 8); /* the only disk */
  add(&b, writer->count, 8);
  add(&b, writer->count, 8);
  add(&b, size, 8);
  add(&b, start, 8);

  add(&b, TWI_ZIP64_LOCATOR, 4);
  add(&b, 0, 4);
  add(&b, end, 8);
  add(&b, 1, 4);

  const uint64_t count = writer->count < UINT16_MAX ? writer->count : UINT16_MAX;
  add(&b, TWI_ZIP_END, 4);
  add(&b, 0, 4);
  add(&b, count, 2);
  add(&b, count, 2);
  add(&b, low(size), 4);
  add(&b, low(start), 4);
  add(&b, 0, 2); /* no comment */
  return emit_block(writer, &b);
}

int twi_zip_writer_finish(twi_zip_writer *writer) {
  const uint64_t start = writer->position;
  for (size_t i = 0; i < writer->count; ++i) {
    const int error = emit_directory_entry(writer, &writer->entries[i]);
    if (error != 0) return error;
  }
  return emit_end(writer, start, writer->position - start);
}
