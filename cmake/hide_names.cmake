# Makes the public names the only global ones of an object.
#
#   cmake -DOBJECT=FILE -DNM=PROGRAM -DOBJCOPY=PROGRAM -P hide_names.cmake
cmake_minimum_required(VERSION 3.22)

function(run)
  execute_process(COMMAND ${ARGV} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# Names that are one in a whole process, those of variables in inline functions, are made local by objcopy only when they
# are weak before. Weakened are those alone, since a weak name that is undefined asks for no library.
execute_process(COMMAND "${NM}" --defined-only "${OBJECT}" OUTPUT_VARIABLE names COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL " u [^\n]+" unique "${names}")
list(TRANSFORM unique REPLACE "^ u " "")
list(JOIN unique "\n" unique)
file(WRITE "${OBJECT}.unique" "${unique}\n")
run("${OBJCOPY}" "--weaken-symbols=${OBJECT}.unique" "--remove-section=.gnu.lto_*" "${OBJECT}")
run("${OBJCOPY}" --wildcard "--keep-global-symbol=tw_*" "${OBJECT}")
file(REMOVE "${OBJECT}.unique")
