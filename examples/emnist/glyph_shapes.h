/* How each character is drawn: the table behind glyphs.h. */
#ifndef EMNIST_GLYPH_SHAPES_H
#define EMNIST_GLYPH_SHAPES_H

#include <stddef.h>

/* One way to draw a character.
 *
 * The path is a list of strokes. A stroke is '-' (straight from point to point) or '~' (a smooth curve through its
 * points, closed smoothly where the last point is the first), followed by its points as x,y: x to the right and y
 * down, in a square of about 100 by 100. Size and place do not matter, for the drawing is fitted to the image.
 */
typedef struct {
  char character;
  int weight; /* how often, against the character's other shapes */
  const char *path;
} glyph_shape;

extern const glyph_shape glyph_shapes[]; /* all shapes of a character stand together */
extern const size_t glyph_shape_count;

#endif
