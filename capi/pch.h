/* Precompiled: what nearly every file of this folder includes. The optim and nn headers stay with the files that
   need them. */
#include <ATen/ATen.h>

#include "guard.h"
#include "handles.h"
