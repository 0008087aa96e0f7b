#include "exact_float.h"

#include "glyph_draw.h"

#include <string.h>

enum { SIDE = 28, PIXELS = SIDE * SIDE, SQUARES = 3, BENDS = 7 };

/* What differs from one drawing to the next. Lengths of the bends and the strokes are in heights of the character,
 * those on the image in pixels. */
typedef struct {
  float bend_x[BENDS], bend_y[BENDS]; /* how far a point moves: amounts of its squares xx, xy, yy and cubes */
  float slant, tilt, aspect;
  float size, shift_x, shift_y;
  float radius, pressure; /* of the pen at a stroke's start; how much of it is gained or lost by its end */
  float softness;         /* half the width of a line's grey edge */
  float ink;              /* 0 to 1 */
  float grain;            /* how uneven the ink is */
} hand;

/* The sum of two uniform numbers: mostly small, at most `reach` either way. */
static float around_zero(counter_rng *rng, float reach) {
  const float half = 0.5f * reach;
  const float first = counter_rng_uniform(rng, -half, half); /* named, for C leaves the order of operands open */
  return first + counter_rng_uniform(rng, -half, half);
}

static hand choose_hand(counter_rng *rng) {
  hand h;
  for (int i = 0; i < BENDS; ++i) {
    const float reach = i < SQUARES ? 0.85f : 1.9f;
    h.bend_x[i] = around_zero(rng, reach);
    h.bend_y[i] = around_zero(rng, reach);
  }
  h.slant = 0.08f + around_zero(rng, 0.42f);
  h.tilt = around_zero(rng, 0.26f);
  h.aspect = 0.82f + around_zero(rng, 0.28f);
  h.size = 20.0f + around_zero(rng, 2.5f);
  h.shift_x = around_zero(rng, 2.2f);
  h.shift_y = around_zero(rng, 2.2f);
  h.radius = 1.3f + around_zero(rng, 0.65f);
  h.pressure = around_zero(rng, 0.4f);
  h.softness = counter_rng_uniform(rng, 0.45f, 0.85f);
  h.ink = counter_rng_uniform(rng, 0.85f, 1.0f);
  h.grain = counter_rng_uniform(rng, 0.0f, 0.25f);
  return h;
}

static float bend(const float *amount, float x, float y) {
  const float xx = x * x, xy = x * y, yy = y * y;
  const float squares = amount[0] * xx + amount[1] * xy + amount[2] * yy;
  return squares + (amount[3] * x + amount[4] * y) * xx + (amount[5] * x + amount[6] * y) * yy;
}

static glyph_point deform(const hand *h, glyph_point p) {
  const float x = p.x - 0.5f, y = p.y - 0.5f;
  const float wide = (x + bend(h->bend_x, x, y)) * h->aspect, high = y + bend(h->bend_y, x, y);
  return (glyph_point){wide - h->slant * high, high + h->tilt * wide};
}

/* A character as lines of points: those of stroke s end before point ends[s]. */
typedef struct {
  glyph_point points[GLYPH_MAX_LINE];
  int ends[GLYPH_MAX_STROKES];
  int stroke_count;
} drawing;

/* Every stroke is set down a little off its place, and the whole is bent and slanted. */
static void write_strokes(drawing *d, const glyph_path *path, const hand *h, counter_rng *rng) {
  int made = 0;
  d->stroke_count = path->stroke_count;
  for (int s = 0; s < path->stroke_count; ++s) {
    const int begin = made;
    made += glyph_path_flatten(&d->points[made], path, s);
    d->ends[s] = made;
    const float off_x = around_zero(rng, 0.07f);
    const float off_y = around_zero(rng, 0.07f);
    for (int i = begin; i < made; ++i) {
      d->points[i] = deform(h, (glyph_point){d->points[i].x + off_x, d->points[i].y + off_y});
    }
  }
}

/* Scales the drawing to the hand's size, keeping its proportions, and puts its middle near the image's. */
static void fit(drawing *d, const hand *h) {
  const int count = d->ends[d->stroke_count - 1];
  glyph_point low = d->points[0], high = d->points[0];
  for (int i = 1; i < count; ++i) {
    const glyph_point p = d->points[i];
    if (p.x < low.x) low.x = p.x;
    if (p.y < low.y) low.y = p.y;
    if (p.x > high.x) high.x = p.x;
    if (p.y > high.y) high.y = p.y;
  }
  const float width = high.x - low.x, height = high.y - low.y;
  const float scale = h->size / (width > height ? width : height);
  const float middle = 0.5f * (float)(SIDE - 1);
  const float move_x = middle + h->shift_x - 0.5f * (low.x + high.x) * scale;
  const float move_y = middle + h->shift_y - 0.5f * (low.y + high.y) * scale;
  for (int i = 0; i < count; ++i) {
    d->points[i] = (glyph_point){d->points[i].x * scale + move_x, d->points[i].y * scale + move_y};
  }
}

static int clamp_pixel(float position) {
  return position < 0.0f ? 0 : position > (float)(SIDE - 1) ? SIDE - 1 : (int)position;
}

/* Inks a line from a to b. The grey of its edge falls with the squared distance, which needs no square root. The
 * canvas holds the image transposed. */
static void ink_line(float *canvas, glyph_point a, glyph_point b, float radius, float softness) {
  const float outer = radius + softness, inner = radius > softness ? radius - softness : 0.0f;
  const float full = 1.0f / (outer * outer - inner * inner);
  const float dx = b.x - a.x, dy = b.y - a.y, length2 = dx * dx + dy * dy;
  const float per_length = length2 > 0.0f ? 1.0f / length2 : 0.0f;
  const int left = clamp_pixel((a.x < b.x ? a.x : b.x) - outer),
            right = clamp_pixel((a.x < b.x ? b.x : a.x) + outer + 1.0f);
  const int top = clamp_pixel((a.y < b.y ? a.y : b.y) - outer),
            bottom = clamp_pixel((a.y < b.y ? b.y : a.y) + outer + 1.0f);
  for (int column = left; column <= right; ++column) {
    for (int row = top; row <= bottom; ++row) {
      const float x = (float)column - a.x, y = (float)row - a.y;
      float along = (x * dx + y * dy) * per_length;
      along = along < 0.0f ? 0.0f : along > 1.0f ? 1.0f : along;
      const float off_x = x - along * dx, off_y = y - along * dy;
      const float cover = (outer * outer - (off_x * off_x + off_y * off_y)) * full;
      float *pixel = &canvas[column * SIDE + row];
      if (cover > *pixel) *pixel = cover < 1.0f ? cover : 1.0f;
    }
  }
}

static void ink_strokes(float *canvas, const drawing *d, const hand *h) {
  int begin = 0;
  for (int s = 0; s < d->stroke_count; ++s) {
    const float per_point = 1.0f / (float)(d->ends[s] - begin);
    for (int i = begin; i + 1 < d->ends[s]; ++i) {
      const float done = (float)(i - begin) * per_point;
      ink_line(canvas, d->points[i], d->points[i + 1], h->radius * (1.0f + h->pressure * done), h->softness);
    }
    begin = d->ends[s];
  }
}

/* To bytes, the ink uneven: a random byte a pixel. */
static void develop(uint8_t *image, const float *canvas, const hand *h, counter_rng *rng) {
  uint64_t random = 0;
  for (int i = 0; i < PIXELS; ++i) {
    random = i % 8 == 0 ? counter_rng_next(rng) : random >> 8;
    const float uneven = 1.0f - h->grain * ((float)(random & 255u) * (1.0f / 255.0f));
    image[i] = (uint8_t)(canvas[i] * h->ink * uneven * 255.0f + 0.5f);
  }
}

void glyph_draw(uint8_t *image, const glyph_path *path, counter_rng *rng) {
  const hand h = choose_hand(rng);
  drawing d;
  write_strokes(&d, path, &h, rng);
  fit(&d, &h);
  float canvas[PIXELS];
  memset(canvas, 0, sizeof canvas);
  ink_strokes(canvas, &d, &h);
  develop(image, canvas, &h, rng);
}
