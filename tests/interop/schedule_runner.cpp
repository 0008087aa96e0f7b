/* Runs compositions of LR schedulers and a warmup that it reads as lines, and prints the rates and momentums that they
   give an optimizer, and the last epoch and last rates of each scheduler: a row after construction and after each step,
   in hexadecimal. live_schedules.py, which writes the
   lines, runs the same in Python. A composition is

     optimizer KIND            adam (with amsgrad), adamw, sgd, rmsprop or adagrad
     group LR FIRST SECOND     its betas, or its momentum; one a parameter group
     scheduler KIND NUMBER...  in the order of construction; chained and sequential take the last COUNT made so far
     warmup KIND COUNT NUMBER...
     step MASK | begin_step MASK | at INDEX EPOCH | at_dampen INDEX EPOCH | metric INDEX VALUE | skip | add_group LR |
     resume ORDER
     end

   A list is preceded by its length. What fails ends the composition with a row that begins with "error". */
#include "schedule_steps.h"

int main() { return tw::test::run_compositions(tw::test::perform); }
