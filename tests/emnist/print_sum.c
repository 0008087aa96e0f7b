/* Prints the checksums of the generated test part: of its images and its labels. */
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "glyphs.h"

int main(void) {
  const size_t count = glyphs_count(GLYPHS_TEST);
  uint8_t *images = malloc(count * GLYPHS_PIXELS), *labels = malloc(count);
  char error[100];
  if (images == NULL || labels == NULL) return EXIT_FAILURE;
  if (!glyphs_generate(images, labels, GLYPHS_TEST, GLYPHS_DEFAULT_SEED, 0, error, sizeof error)) return EXIT_FAILURE;
  printf("%08lx %08lx\n", crc32(0, images, (uInt)(count * GLYPHS_PIXELS)), crc32(0, labels, (uInt)count));
  free(images);
  free(labels);
  return EXIT_SUCCESS;
}
