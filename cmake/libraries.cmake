# Libraries of ours, shared and static, of objects that are compiled once.
#
# BUILD_SHARED_LIBS chooses what NAME and torch_warmup::EXPORT are, as everywhere. With TORCH_WARMUP_STATIC a static
# NAME_static, torch_warmup::EXPORT_static, is made of the shared one's objects.

include(CheckLinkerFlag)

# The linker and objcopy that make one object of many in which no name is global but ours: GNU's linker can, be it the
# compiler's or not. Elsewhere a static library is a plain archive, and the names inside it are seen.
function(tw_find_joining_linker)
  set(TORCH_WARMUP_JOINING_LINKER "" CACHE INTERNAL "The linker that joins the objects of a static library")
  # Code that the linker is yet to compile cannot be joined so.
  set(flags "${CMAKE_C_FLAGS} ${CMAKE_CXX_FLAGS}")
  if(WIN32 OR APPLE OR CMAKE_CONFIGURATION_TYPES OR CMAKE_INTERPROCEDURAL_OPTIMIZATION OR NOT CMAKE_OBJCOPY OR NOT CMAKE_NM OR
     (flags MATCHES "-flto" AND NOT flags MATCHES "-ffat-lto-objects"))
    return()
  endif()
  set(candidates "${CMAKE_LINKER}")
  if(NOT CMAKE_CROSSCOMPILING)
    list(APPEND candidates ld.bfd ld)
  endif()
  foreach(candidate IN LISTS candidates)
    execute_process(COMMAND "${candidate}" --help OUTPUT_VARIABLE help ERROR_QUIET)
    if(help MATCHES "force-group-allocation")
      set_property(CACHE TORCH_WARMUP_JOINING_LINKER PROPERTY VALUE "${candidate}")
      return()
    endif()
  endforeach()
endfunction()

# A static library of the given objects: one object, whose global names are the public ones.
function(tw_static_library name output_name)
  cmake_parse_arguments(static "" "" "OBJECTS;LIBRARIES" ${ARGN})
  tw_find_joining_linker()
  set(contents ${static_OBJECTS})
  if(TORCH_WARMUP_JOINING_LINKER)
    set(contents "${CMAKE_CURRENT_BINARY_DIR}/${output_name}.o")
    # Groups of sections are what the linker keeps one of, by their name: with a name that is ours alone they would be
    # taken for those of other objects still, so they become sections like any other.
    add_custom_command(OUTPUT "${contents}"
      COMMAND "${TORCH_WARMUP_JOINING_LINKER}" -r --force-group-allocation -o "${contents}" ${static_OBJECTS}
      COMMAND "${CMAKE_COMMAND}" "-DOBJECT=${contents}" "-DNM=${CMAKE_NM}" "-DOBJCOPY=${CMAKE_OBJCOPY}"
              -P "${CMAKE_CURRENT_SOURCE_DIR}/cmake/hide_names.cmake"
      DEPENDS ${static_OBJECTS} cmake/hide_names.cmake COMMENT "Joining ${output_name}.o" VERBATIM COMMAND_EXPAND_LISTS)
  endif()
  add_library(${name} STATIC ${contents})
  tw_public_headers(${name})
  # The language of what links it, which may be C alone; what C++ needs is among its libraries.
  set_target_properties(${name} PROPERTIES LINKER_LANGUAGE C OUTPUT_NAME ${output_name})
  if(WIN32) # where an import library has the same name, and headers say where a function comes from
    set_target_properties(${name} PROPERTIES OUTPUT_NAME ${name})
    target_compile_definitions(${name} INTERFACE TW_API=)
  endif()
  target_link_libraries(${name} INTERFACE ${static_LIBRARIES})
endfunction()

function(tw_public_headers name)
  target_include_directories(${name} INTERFACE
    $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
endfunction()

# What makes a shared library one of ours: its version, and no names but those of its map.
function(tw_shared_library name)
  tw_public_headers(${name})
  set_target_properties(${name} PROPERTIES VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR})
  set(map "${CMAKE_CURRENT_SOURCE_DIR}/cmake/${name}.map")
  check_linker_flag(C "-Wl,--version-script=${map}" TORCH_WARMUP_HAS_VERSION_SCRIPT)
  if(TORCH_WARMUP_HAS_VERSION_SCRIPT)
    target_link_options(${name} PRIVATE "-Wl,--version-script=${map}")
    set_target_properties(${name} PROPERTIES LINK_DEPENDS "${map}")
  elseif(APPLE)
    # The core's own names for the library over it have no version that would set them apart there.
    target_link_options(${name} PRIVATE "-Wl,-exported_symbol,_tw_*" "-Wl,-exported_symbol,_twi_*")
  endif()
  check_linker_flag(C "-Wl,--no-undefined" TORCH_WARMUP_HAS_NO_UNDEFINED)
  if(TORCH_WARMUP_HAS_NO_UNDEFINED AND NOT TORCH_WARMUP_SANITIZE) # whose runtime may be the program's
    target_link_options(${name} PRIVATE -Wl,--no-undefined)
  endif()
endfunction()

# The library by the names that programs know it by: the shared one, or the static one where there is no other.
function(tw_name_library name export_name)
  if(TARGET ${name}_static)
    add_library(torch_warmup::${export_name}_static ALIAS ${name}_static)
    set_target_properties(${name}_static PROPERTIES EXPORT_NAME ${export_name}_static)
  endif()
  if(TARGET ${name})
    add_library(torch_warmup::${export_name} ALIAS ${name})
    set_target_properties(${name} PROPERTIES EXPORT_NAME ${export_name})
  else()
    add_library(${name} ALIAS ${name}_static)
    add_library(torch_warmup::${export_name} ALIAS ${name}_static)
  endif()
endfunction()
