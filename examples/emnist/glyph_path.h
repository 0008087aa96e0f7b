/* The strokes of glyph_shapes.h's paths, read into points. */
#ifndef EMNIST_GLYPH_PATH_H
#define EMNIST_GLYPH_PATH_H

#include <stdbool.h>
#include <stddef.h>

enum {
  GLYPH_MAX_STROKES = 8,
  GLYPH_MAX_POINTS = 48,
  GLYPH_MAX_STEPS = 6, /* a stroke of n points becomes at most (n - 1) * 6 + 1 */
  GLYPH_MAX_LINE = GLYPH_MAX_POINTS * GLYPH_MAX_STEPS
};

typedef struct {
  float x, y;
} glyph_point;

typedef struct {
  bool smooth;
  int first, count; /* its points in the path's array */
} glyph_stroke;

typedef struct {
  glyph_stroke strokes[GLYPH_MAX_STROKES];
  glyph_point points[GLYPH_MAX_POINTS]; /* in units of the character's height: 0 to 1 */
  int stroke_count, point_count;
} glyph_path;

/* Reads a path. False where it is malformed, too long, or has a stroke of a single point. */
bool glyph_path_parse(glyph_path *path, const char *text);

/* Draws a stroke as a line of points close together; returns how many. All strokes of a path make at most
 * GLYPH_MAX_LINE together. */
int glyph_path_flatten(glyph_point *line, const glyph_path *path, int stroke);

#endif
