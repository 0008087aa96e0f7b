#define _POSIX_C_SOURCE 200809L

#include "batches.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "counter_rng.h"

enum { STREAM_EPOCH = 1, MAX_WORKERS = 64, ALIGNMENT = 64 };

/* Room for one batch. Batch number n of an epoch is made in slot n modulo slot_count. */
typedef struct {
  float *images;
  int64_t *labels;
  bool ready; /* made, and not yet given back */
} slot;

struct batches {
  const dataset *set;
  batches_options options;
  size_t per_epoch;
  uint32_t *order; /* of the images in this epoch */
  float table[256];

  slot *slots;
  size_t slot_count;
  size_t given;  /* batches handed out in this epoch; the last of them is still the caller's */
  size_t filled; /* batches taken up by workers */

  pthread_t workers[MAX_WORKERS];
  int started, busy; /* workers running; of them at work on a batch */
  bool paused, ending;
  pthread_mutex_t lock; /* guards all that changes after batches_create, but what a busy worker's slot holds */
  pthread_cond_t work, done;
};

void batches_normalisation(float table[256]) {
  for (int i = 0; i < 256; ++i) table[i] = ((float)i / 255.0f - 0.1751f) / 0.3332f;
}

static size_t size_of_batch(const batches *loader, size_t number) {
  const size_t begin = number * loader->options.batch_size, left = loader->set->count - begin;
  return left < loader->options.batch_size ? left : loader->options.batch_size;
}

/* Asks for an image that is needed soon: in random order the memory is what takes the time. */
static void fetch_ahead(const uint8_t *image) {
#if defined(__GNUC__)
  for (size_t line = 0; line < DATASET_PIXELS; line += 64) __builtin_prefetch(image + line);
#else
  (void)image;
#endif
}

static void fill(const batches *loader, size_t number, slot *place) {
  const size_t begin = number * loader->options.batch_size, count = size_of_batch(loader, number);
  for (size_t i = 0; i < count; ++i) {
    const size_t index = loader->order[begin + i];
    if (i + 1 < count) fetch_ahead(&loader->set->images[loader->order[begin + i + 1] * (size_t)DATASET_PIXELS]);
    const uint8_t *pixels = &loader->set->images[index * DATASET_PIXELS];
    float *values = &place->images[i * DATASET_PIXELS];
    for (size_t p = 0; p < DATASET_PIXELS; ++p) values[p] = loader->table[pixels[p]];
    place->labels[i] = loader->set->labels[index];
  }
}

/* The caller's batch keeps its slot until the next call, so workers stay one short of going round to it. */
static bool has_work(const batches *loader) {
  const size_t kept = loader->given > 0 ? loader->given - 1 : 0;
  return !loader->paused && loader->filled < loader->per_epoch && loader->filled < kept + loader->slot_count;
}

static void *run_worker(void *argument) {
  batches *loader = argument;
  pthread_mutex_lock(&loader->lock);
  for (;;) {
    while (!loader->ending && !has_work(loader)) pthread_cond_wait(&loader->work, &loader->lock);
    if (loader->ending) break;
    const size_t number = loader->filled++;
    slot *place = &loader->slots[number % loader->slot_count];
    ++loader->busy;
    pthread_mutex_unlock(&loader->lock);
    fill(loader, number, place);
    pthread_mutex_lock(&loader->lock);
    place->ready = true;
    --loader->busy;
    pthread_cond_broadcast(&loader->done);
  }
  pthread_mutex_unlock(&loader->lock);
  return NULL;
}

void batches_enter_epoch(batches *loader, uint64_t epoch, size_t first) {
  pthread_mutex_lock(&loader->lock);
  loader->paused = true;
  while (loader->busy > 0) pthread_cond_wait(&loader->done, &loader->lock);
  const uint32_t count = (uint32_t)loader->set->count;
  for (uint32_t i = 0; i < count; ++i) loader->order[i] = i;
  if (loader->options.shuffle) {
    counter_rng rng = counter_rng_make(loader->options.seed, STREAM_EPOCH, epoch);
    counter_rng_shuffle(&rng, loader->order, count);
  }
  for (size_t i = 0; i < loader->slot_count; ++i) loader->slots[i].ready = false;
  loader->given = loader->filled = first < loader->per_epoch ? first : loader->per_epoch;
  loader->paused = false;
  pthread_cond_broadcast(&loader->work);
  pthread_mutex_unlock(&loader->lock);
}

void batches_start_epoch(batches *loader, uint64_t epoch) { batches_enter_epoch(loader, epoch, 0); }

/* Waits for a worker to have made a batch; takes the one before it back. */
static void wait_for(batches *loader, size_t number) {
  slot *place = &loader->slots[number % loader->slot_count];
  pthread_mutex_lock(&loader->lock);
  if (number > 0) loader->slots[(number - 1) % loader->slot_count].ready = false;
  loader->given = number + 1;
  pthread_cond_broadcast(&loader->work);
  while (!place->ready) pthread_cond_wait(&loader->done, &loader->lock);
  pthread_mutex_unlock(&loader->lock);
}

bool batches_next(batches *loader, batch *out) {
  const size_t number = loader->given; /* changed by this thread alone */
  *out = (batch){0};
  if (number >= loader->per_epoch) return false;
  slot *place = &loader->slots[number % loader->slot_count];
  if (loader->started > 0) {
    wait_for(loader, number);
  } else {
    fill(loader, number, place);
    loader->given = number + 1;
  }
  *out = (batch){place->images, place->labels, size_of_batch(loader, number)};
  return true;
}

size_t batches_per_epoch(const batches *loader) { return loader->per_epoch; }

static bool check_options(const dataset *set, const batches_options *o, char *error, size_t error_size) {
  if (o->batch_size < 1) return fail(error, error_size, "batch size is 0; it must be at least 1");
  if (o->workers < 0 || o->workers > MAX_WORKERS)
    return fail(error, error_size, "workers is %d; it must be 0 to %d", o->workers, MAX_WORKERS);
  if (set->count < 1 || set->count > UINT32_MAX)
    return fail(error, error_size, "the data set has %zu images; it must have 1 to %lu", set->count,
                (unsigned long)UINT32_MAX);
  if (o->drop_last && o->batch_size > set->count)
    return fail(error, error_size,
                "batch size %zu is larger than the data set of %zu images, and the last batch is dropped",
                o->batch_size, set->count);
  return true;
}

/* aligned_alloc wants a multiple of the alignment. */
static void *aligned(size_t size) { return aligned_alloc(ALIGNMENT, (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT); }

static bool allocate(batches *loader) {
  const size_t most = loader->options.batch_size < loader->set->count ? loader->options.batch_size : loader->set->count;
  loader->order = malloc(loader->set->count * sizeof *loader->order);
  loader->slots = calloc(loader->slot_count, sizeof *loader->slots);
  if (loader->order == NULL || loader->slots == NULL) return false;
  for (size_t i = 0; i < loader->slot_count; ++i) {
    loader->slots[i].images = aligned(most * DATASET_PIXELS * sizeof(float));
    loader->slots[i].labels = aligned(most * sizeof(int64_t));
    if (loader->slots[i].images == NULL || loader->slots[i].labels == NULL) return false;
  }
  return true;
}

batches *batches_create(const dataset *set, const batches_options *options, char *error, size_t error_size) {
  if (!check_options(set, options, error, error_size)) return NULL;
  batches *loader = calloc(1, sizeof *loader);
  if (loader == NULL) {
    fail(error, error_size, "no memory for a batch loader");
    return NULL;
  }
  loader->set = set;
  loader->options = *options;
  loader->per_epoch = (set->count + (options->drop_last ? 0 : options->batch_size - 1)) / options->batch_size;
  loader->slot_count = options->workers > 0 ? (size_t)options->workers + 2 : 1; /* one is the caller's, one is next */
  loader->given = loader->filled = loader->per_epoch;                           /* nothing before the first epoch */
  batches_normalisation(loader->table);
  pthread_mutex_init(&loader->lock, NULL);
  pthread_cond_init(&loader->work, NULL);
  pthread_cond_init(&loader->done, NULL);
  bool ok = allocate(loader);
  if (!ok) fail(error, error_size, "no memory for batches of %zu images", options->batch_size);
  for (; ok && loader->started < options->workers; loader->started += ok) {
    ok = pthread_create(&loader->workers[loader->started], NULL, run_worker, loader) == 0;
    if (!ok) fail(error, error_size, "cannot start worker %d of %d", loader->started + 1, options->workers);
  }
  if (ok) return loader;
  batches_free(loader);
  return NULL;
}

static void end_workers(batches *loader) {
  pthread_mutex_lock(&loader->lock);
  loader->ending = true;
  pthread_cond_broadcast(&loader->work);
  pthread_mutex_unlock(&loader->lock);
  for (int i = 0; i < loader->started; ++i) pthread_join(loader->workers[i], NULL);
}

void batches_free(batches *loader) {
  if (loader == NULL) return;
  end_workers(loader);
  for (size_t i = 0; loader->slots != NULL && i < loader->slot_count; ++i) {
    free(loader->slots[i].images);
    free(loader->slots[i].labels);
  }
  free(loader->slots);
  free(loader->order);
  pthread_mutex_destroy(&loader->lock);
  pthread_cond_destroy(&loader->work);
  pthread_cond_destroy(&loader->done);
  free(loader);
}
