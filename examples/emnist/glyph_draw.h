/* Draws one character as a random hand would. */
#ifndef EMNIST_GLYPH_DRAW_H
#define EMNIST_GLYPH_DRAW_H

#include <stdint.h>

#include "counter_rng.h"
#include "glyph_path.h"

/* Draws the path into 28 x 28 bytes, transposed. All that varies is taken from `rng`. */
void glyph_draw(uint8_t *image, const glyph_path *path, counter_rng *rng);

#endif
