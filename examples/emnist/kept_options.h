/* The options of a run that its checkpoint keeps: the run goes on with them, and says so where it is told others. */
#ifndef EMNIST_KEPT_OPTIONS_H
#define EMNIST_KEPT_OPTIONS_H

#include <stddef.h>

#include "options.h"

enum { KEPT_OPTIONS = 17, KEPT_TEXT_SIZE = 4096 };

/* Its name as on the command line, without the dashes: "lr". */
const char *kept_option_name(size_t index);

/* Its value as a text that the command line takes, such as "0.01". False where it has none: a flag that is not set, or
   --data and --split of a run on generated images. */
bool kept_option_text(char out[KEPT_TEXT_SIZE], const options *settings, size_t index);

/* Whether a checkpoint that lacks it is none of this program's. */
bool kept_option_is_required(size_t index);

/* Whether the results depend on it, so that a run cannot go on with another value. */
bool kept_option_is_fixed(size_t index);

#endif
