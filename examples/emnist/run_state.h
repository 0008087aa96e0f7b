/* What a run needs to go on as if it had never ended: the file checkpoint.pt in its folder.
 *
 * In it are the state_dicts of network, optimizer, LR scheduler and warmup ("model", "optimizer", "lr_scheduler",
 * "warmup"), the random numbers' state ("rng_state"), the place in the run ("epoch", "batches_done"), how far the tables
 * were, the options ("--lr", ...) and by what to know the data again. The order of the images needs no saving: it
 * follows from the seed and the epoch. Python's torch.load reads all of it.
 */
#ifndef EMNIST_RUN_STATE_H
#define EMNIST_RUN_STATE_H

#include "training.h"

enum { RUN_STATE_PATH_SIZE = 4096 };

/* The folder of a run: what --output names, or the default; of one that goes on, its checkpoint's. False, with a message,
   where --output names another one then. */
bool run_state_folder(char out[RUN_STATE_PATH_SIZE], training *run);

/* Where a run saves its state: FOLDER/checkpoint.pt. False, with a message, where the path is too long. */
bool run_state_path(char out[RUN_STATE_PATH_SIZE], training *run, const char *folder);

/* Saves the run's state, in place of the one before, which stays where that fails. */
bool run_state_save(training *run);

/* Loads the checkpoint that --resume names, and takes from it the options that the command line does not give. False
   where one is given that the run cannot go on with. */
bool run_state_load(training *run, options *settings);

/* Puts the run into the state that was loaded, and opens its tables in folder; training_create has run. Nothing is
   changed on the disk where this fails. */
bool run_state_restore(training *run, const char *folder);

#endif
