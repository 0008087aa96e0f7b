/* Handwriting-like characters in the form of EMNIST's balanced split, generated instead of downloaded.
 *
 * 47 classes in EMNIST's order (glyphs_class_names), 2400 training and 400 test images of each, 28 x 28 bytes with
 * 0 for paper and 255 for ink, in shuffled order. Each image is stored transposed, as EMNIST's are: the pixel in
 * row y and column x lies at [x * 28 + y].
 *
 * The same seed gives the same bytes on every machine, by any number of threads. For that the sources use only the
 * arithmetic that IEEE 754 fixes (float +, -, *, /; nothing of libm) and take their random numbers from streams named
 * by (seed, part, image). Compile them with -ffp-contract=off and without -ffast-math: see exact_float.h.
 */
#ifndef EMNIST_GLYPHS_H
#define EMNIST_GLYPHS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
  GLYPHS_CLASS_COUNT = 47,
  GLYPHS_SIDE = 28,
  GLYPHS_PIXELS = GLYPHS_SIDE * GLYPHS_SIDE,
  GLYPHS_TRAIN_PER_CLASS = 2400,
  GLYPHS_TEST_PER_CLASS = 400
};

/* The seed of the data that the README's figures and the tests' checksums are for. */
#define GLYPHS_DEFAULT_SEED UINT64_C(1)

typedef enum { GLYPHS_TRAIN = 0, GLYPHS_TEST = 1 } glyphs_part;

/* "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabdefghnqrt": the character of each class. */
extern const char glyphs_class_names[GLYPHS_CLASS_COUNT + 1];

/* Images in a part: 112,800 for training, 18,800 for the test. */
size_t glyphs_count(glyphs_part part);

/* Generates a whole part.
 *
 * images   room for glyphs_count(part) * GLYPHS_PIXELS bytes
 * labels   room for glyphs_count(part) bytes; each is set to a class, 0 to 46
 * threads  how many to use; 0 is one for each processor
 *
 * False, with a message in `error`, only when memory runs out.
 */
bool glyphs_generate(uint8_t *images, uint8_t *labels, glyphs_part part, uint64_t seed, int threads, char *error,
                     size_t error_size);

#endif
