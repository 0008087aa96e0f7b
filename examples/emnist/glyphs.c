#define _POSIX_C_SOURCE 200809L

#include "exact_float.h"

#include "glyphs.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "counter_rng.h"
#include "fail.h"
#include "glyph_draw.h"
#include "glyph_shapes.h"

const char glyphs_class_names[GLYPHS_CLASS_COUNT + 1] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabdefghnqrt";

/* What a random stream is for; the part is added, so that training and test share nothing. */
enum { STREAM_ORDER = 0x100, STREAM_IMAGE = 0x200 };

enum { MAX_THREADS = 64 };

size_t glyphs_count(glyphs_part part) {
  return (size_t)GLYPHS_CLASS_COUNT * (part == GLYPHS_TRAIN ? GLYPHS_TRAIN_PER_CLASS : GLYPHS_TEST_PER_CLASS);
}

/* The shapes of each class, parsed. */
typedef struct {
  glyph_path *paths; /* as many as glyph_shapes */
  size_t first[GLYPHS_CLASS_COUNT], count[GLYPHS_CLASS_COUNT];
  uint32_t weight[GLYPHS_CLASS_COUNT]; /* of all its shapes */
} alphabet;

static bool alphabet_make(alphabet *a) {
  memset(a, 0, sizeof *a);
  a->paths = malloc(glyph_shape_count * sizeof *a->paths);
  if (a->paths == NULL) return false;
  for (size_t i = 0; i < glyph_shape_count; ++i) {
    const size_t label = (size_t)(strchr(glyphs_class_names, glyph_shapes[i].character) - glyphs_class_names);
    if (!glyph_path_parse(&a->paths[i], glyph_shapes[i].path)) abort(); /* the table is ours: a test reads it all */
    if (a->count[label]++ == 0) a->first[label] = i;
    a->weight[label] += (uint32_t)glyph_shapes[i].weight;
  }
  return true;
}

static const glyph_path *alphabet_choose(const alphabet *a, size_t label, counter_rng *rng) {
  int left = (int)counter_rng_below(rng, a->weight[label]);
  size_t shape = a->first[label];
  while ((left -= glyph_shapes[shape].weight) >= 0) ++shape;
  return &a->paths[shape];
}

/* A stretch of a part's images, for one thread. */
typedef struct {
  const alphabet *letters;
  uint8_t *images;
  const uint8_t *labels;
  size_t begin, end;
  uint64_t seed;
  glyphs_part part;
} stretch;

static void *draw_stretch(void *argument) {
  const stretch *work = argument;
  for (size_t i = work->begin; i < work->end; ++i) {
    counter_rng rng = counter_rng_make(work->seed, STREAM_IMAGE + (uint64_t)work->part, i);
    const glyph_path *path = alphabet_choose(work->letters, work->labels[i], &rng);
    glyph_draw(&work->images[i * GLYPHS_PIXELS], path, &rng);
  }
  return NULL;
}

/* Each class as often as every other, in an order that depends on the seed alone. */
static bool choose_labels(uint8_t *labels, glyphs_part part, uint64_t seed) {
  const uint32_t count = (uint32_t)glyphs_count(part);
  uint32_t *order = malloc(count * sizeof *order);
  if (order == NULL) return false;
  for (uint32_t i = 0; i < count; ++i) order[i] = i % GLYPHS_CLASS_COUNT;
  counter_rng rng = counter_rng_make(seed, STREAM_ORDER + (uint64_t)part, 0);
  counter_rng_shuffle(&rng, order, count);
  for (uint32_t i = 0; i < count; ++i) labels[i] = (uint8_t)order[i];
  free(order);
  return true;
}

static size_t thread_count(int wanted) {
  const long available = wanted > 0 ? wanted : sysconf(_SC_NPROCESSORS_ONLN);
  return available < 1 ? 1 : available > MAX_THREADS ? MAX_THREADS : (size_t)available;
}

/* Cuts the images up among threads. A stretch whose thread does not start is drawn here instead. */
static void draw_all(const stretch *all, size_t threads) {
  stretch work[MAX_THREADS];
  pthread_t ids[MAX_THREADS];
  bool started[MAX_THREADS] = {false};
  for (size_t t = 0; t < threads; ++t) {
    work[t] = *all;
    work[t].begin = all->end * t / threads;
    work[t].end = all->end * (t + 1) / threads;
    started[t] = t > 0 && pthread_create(&ids[t], NULL, draw_stretch, &work[t]) == 0;
  }
  for (size_t t = 0; t < threads; ++t) {
    if (!started[t]) draw_stretch(&work[t]);
  }
  for (size_t t = 0; t < threads; ++t) {
    if (started[t]) pthread_join(ids[t], NULL);
  }
}

bool glyphs_generate(uint8_t *images, uint8_t *labels, glyphs_part part, uint64_t seed, int threads, char *error,
                     size_t error_size) {
  alphabet letters;
  if (!choose_labels(labels, part, seed) || !alphabet_make(&letters))
    return fail(error, error_size, "no memory to generate %zu images", glyphs_count(part));
  const stretch all = {&letters, images, labels, 0, glyphs_count(part), seed, part};
  draw_all(&all, thread_count(threads));
  free(letters.paths);
  return true;
}
