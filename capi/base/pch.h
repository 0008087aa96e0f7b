/* Precompiled: what nearly every file of this folder includes. The optim and nn headers stay with the files that
   need them. */
#include <ATen/ATen.h>

#include "base/guard.h"
#include "base/handles.h"
