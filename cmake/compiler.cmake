# What every target is compiled with: warnings, standards, ccache.

option(TORCH_WARMUP_WERROR "Treat compiler warnings as errors" OFF)
option(TORCH_WARMUP_CCACHE "Compile through ccache where it is installed" ON)
set(TORCH_WARMUP_SANITIZE "" CACHE STRING "Sanitizers to build with, as -fsanitize= takes them: address,undefined")

include(CheckCCompilerFlag)
add_library(tw_warnings INTERFACE)
if(MSVC)
  target_compile_options(tw_warnings INTERFACE /W3 $<$<BOOL:${TORCH_WARMUP_WERROR}>:/WX>)
else()
  target_compile_options(tw_warnings INTERFACE
    -Wall -Wextra -Wpedantic
    $<$<COMPILE_LANGUAGE:C>:-Wstrict-prototypes -Wmissing-prototypes>
    $<$<BOOL:${TORCH_WARMUP_WERROR}>:-Werror>)
endif()
check_c_compiler_flag(-ffp-contract=off TORCH_WARMUP_HAS_FP_CONTRACT)

if(TORCH_WARMUP_SANITIZE)
  add_compile_options(-fsanitize=${TORCH_WARMUP_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${TORCH_WARMUP_SANITIZE})
  # Instrumented code makes gcc doubt variables of the standard library.
  add_compile_options($<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-maybe-uninitialized>)
  if(TORCH_WARMUP_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize-recover=undefined)
  endif()
endif()

find_program(TORCH_WARMUP_CCACHE_PROGRAM ccache)
mark_as_advanced(TORCH_WARMUP_CCACHE_PROGRAM)
if(TORCH_WARMUP_CCACHE AND TORCH_WARMUP_CCACHE_PROGRAM)
  # With a precompiled header ccache counts a hit only under these two: the header's own macros and __TIME__ are not
  # what decides here.
  set(launcher "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros "${TORCH_WARMUP_CCACHE_PROGRAM}")
  set(CMAKE_C_COMPILER_LAUNCHER "${launcher}")
  set(CMAKE_CXX_COMPILER_LAUNCHER "${launcher}")
endif()
