#include "exact_float.h"

#include "glyph_path.h"

enum { STEPS_SMOOTH = GLYPH_MAX_STEPS, STEPS_STRAIGHT = 4 };

/* Reads a whole number from 0 to 999; NULL where there is none. */
static const char *parse_number(const char *text, float *value) {
  int number = 0, digits = 0;
  for (; *text >= '0' && *text <= '9' && digits < 3; ++text, ++digits) number = number * 10 + (*text - '0');
  *value = (float)number / 100.0f;
  return digits > 0 ? text : NULL;
}

static const char *parse_point(const char *text, glyph_point *point) {
  text = parse_number(text, &point->x);
  if (text == NULL || *text != ',') return NULL;
  return parse_number(text + 1, &point->y);
}

static bool begin_stroke(glyph_path *path, bool smooth) {
  if (path->stroke_count > 0 && path->strokes[path->stroke_count - 1].count < 2) return false;
  if (path->stroke_count == GLYPH_MAX_STROKES) return false;
  path->strokes[path->stroke_count++] = (glyph_stroke){smooth, path->point_count, 0};
  return true;
}

bool glyph_path_parse(glyph_path *path, const char *text) {
  path->stroke_count = path->point_count = 0;
  while (*text != '\0') {
    if (*text == '-' || *text == '~') {
      if (!begin_stroke(path, *text++ == '~')) return false;
    }
    if (path->stroke_count == 0 || path->point_count == GLYPH_MAX_POINTS) return false;
    text = parse_point(text, &path->points[path->point_count]);
    if (text == NULL) return false;
    ++path->point_count;
    ++path->strokes[path->stroke_count - 1].count;
    while (*text == ' ') ++text;
  }
  return path->stroke_count > 0 && path->strokes[path->stroke_count - 1].count >= 2;
}

/* The Catmull-Rom spline between b and c, with a before and d behind them. */
static float spline(float a, float b, float c, float d, float t) {
  const float slope = 0.5f * (c - a);
  const float square = a - 2.5f * b + 2.0f * c - 0.5f * d;
  const float cube = 0.5f * (d - a) + 1.5f * (b - c);
  return ((cube * t + square) * t + slope) * t + b;
}

static bool same_point(glyph_point a, glyph_point b) { return a.x == b.x && a.y == b.y; }

static int flatten_smooth(glyph_point *line, const glyph_point *p, int count) {
  const bool closed = same_point(p[0], p[count - 1]);
  int made = 0;
  for (int i = 0; i + 1 < count; ++i) {
    const glyph_point before = i > 0 ? p[i - 1] : closed ? p[count - 2] : p[0];
    const glyph_point behind = i + 2 < count ? p[i + 2] : closed ? p[1] : p[count - 1];
    for (int step = 0; step < STEPS_SMOOTH; ++step) {
      const float t = (float)step / (float)STEPS_SMOOTH;
      line[made++] = (glyph_point){spline(before.x, p[i].x, p[i + 1].x, behind.x, t),
                                   spline(before.y, p[i].y, p[i + 1].y, behind.y, t)};
    }
  }
  line[made++] = p[count - 1];
  return made;
}

/* Straight strokes are cut up too, for they are bent later. */
static int flatten_straight(glyph_point *line, const glyph_point *p, int count) {
  int made = 0;
  for (int i = 0; i + 1 < count; ++i) {
    for (int step = 0; step < STEPS_STRAIGHT; ++step) {
      const float t = (float)step / (float)STEPS_STRAIGHT;
      line[made++] = (glyph_point){p[i].x + (p[i + 1].x - p[i].x) * t, p[i].y + (p[i + 1].y - p[i].y) * t};
    }
  }
  line[made++] = p[count - 1];
  return made;
}

int glyph_path_flatten(glyph_point *line, const glyph_path *path, int stroke) {
  const glyph_stroke s = path->strokes[stroke];
  const glyph_point *points = &path->points[s.first];
  return s.smooth ? flatten_smooth(line, points, s.count) : flatten_straight(line, points, s.count);
}
