# What is installed: the libraries, their headers, a CMake package and a pkg-config file each, manual pages, documentation.
#
# Three components: core and library, what programs need of the core and of the library over LibTorch when they run, and
# development, all else.

include(CMakePackageConfigHelpers)
set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/torch_warmup")

# A library in its forms. installed lists the targets whose files are installed.
set(installed "")
function(tw_install_library name component)
  set(forms "")
  foreach(form ${name} ${name}_static)
    if(TARGET ${form})
      get_target_property(real ${form} ALIASED_TARGET)
      if(NOT real)
        list(APPEND forms ${form})
      endif()
    endif()
  endforeach()
  list(APPEND installed ${forms})
  set(installed ${installed} PARENT_SCOPE)
  install(TARGETS ${forms} EXPORT ${name}-targets
    RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT ${component}
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT ${component} NAMELINK_COMPONENT development
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
  install(EXPORT ${name}-targets NAMESPACE torch_warmup:: DESTINATION ${package_dir} COMPONENT development)
endfunction()

# The headers of the core are those that its umbrella includes.
set(core_headers base handle lr_scheduler lr_schedules optimizer options warmup)
list(TRANSFORM core_headers REPLACE "(.+)" "include/torch_warmup/\\1.h")

tw_install_library(torch_warmup_core core)
install(FILES include/torch_warmup_core.h include/torch_warmup_core.hpp
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)
install(FILES ${core_headers} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/torch_warmup COMPONENT development)
# And those of C++ that its C++ umbrella includes.
set(core_cpp_headers arguments error lr_scheduler lr_schedules optimizer warmup)
list(TRANSFORM core_cpp_headers REPLACE "(.+)" "include/torch_warmup/cpp/\\1.hpp")
install(FILES ${core_cpp_headers} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/torch_warmup/cpp COMPONENT development)
if(NOT TORCH_WARMUP_CORE_ONLY)
  tw_install_library(torch_warmup library)
  install(DIRECTORY include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development
    FILES_MATCHING PATTERN "*.h" PATTERN "*.hpp")
endif()

configure_package_config_file(cmake/torch_warmup-config.cmake.in torch_warmup-config.cmake
  INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(torch_warmup-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES
  ${CMAKE_CURRENT_BINARY_DIR}/torch_warmup-config.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/torch_warmup-config-version.cmake
  DESTINATION ${package_dir} COMPONENT development)

# ---- pkg-config ---------------------------------------------------------------------------------------------------

# Its prefix is written when it is installed, for `cmake --install --prefix` may name another. It is a path of its own,
# and not one relative to the file, since it becomes the RUNPATH of programs, which outlive the development package. A
# folder that has been moved is read by `pkg-config --define-prefix`.
function(tw_pkgconfig name description libraries private_libraries)
  configure_file(cmake/install_pkgconfig.cmake.in install_${name}.cmake @ONLY)
  install(SCRIPT ${CMAKE_CURRENT_BINARY_DIR}/install_${name}.cmake COMPONENT development)
endfunction()

# Flags that link the given libraries, files named by their paths.
function(tw_link_flags out)
  set(flags "")
  foreach(library IN LISTS ARGN)
    if(library MATCHES "^-")
      list(APPEND flags "${library}")
      continue()
    elseif(NOT IS_ABSOLUTE "${library}")
      list(APPEND flags "-l${library}")
      continue()
    endif()
    get_filename_component(folder "${library}" DIRECTORY)
    get_filename_component(file "${library}" NAME_WE)
    string(REGEX REPLACE "^lib" "" file "${file}")
    if(NOT folder IN_LIST CMAKE_C_IMPLICIT_LINK_DIRECTORIES)
      list(APPEND flags "-L${folder} -Wl,-rpath,${folder}")
    endif()
    list(APPEND flags "-l${file}")
  endforeach()
  list(REMOVE_DUPLICATES flags)
  list(JOIN flags " " flags)
  set(${out} "${flags}" PARENT_SCOPE)
endfunction()

tw_link_flags(math_flag ${maths})
tw_pkgconfig(torch_warmup_core "Learning-rate warmup and schedules for any optimizer, from C"
  "-ltorch_warmup_core" "-pthread ${math_flag}")
if(NOT TORCH_WARMUP_CORE_ONLY)
  tw_link_flags(private_libraries ${torch_libraries} z ${cxx_libraries} ${maths})
  # LibTorch is shared, always: after a -Bstatic of the program's, for our library, it is to be found.
  set(shared_again "")
  if(TORCH_WARMUP_HAS_VERSION_SCRIPT)
    set(shared_again "-Wl,-Bdynamic ")
  endif()
  tw_pkgconfig(torch_warmup "${PROJECT_DESCRIPTION}"
    "-ltorch_warmup -ltorch_warmup_core" "${shared_again}${private_libraries} -pthread")
endif()

# ---- manual pages and documentation -------------------------------------------------------------------------------

if(NOT PROJECT_IS_TOP_LEVEL)
  return()
endif()

install(FILES README.md CHANGELOG.md LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT development)
install(DIRECTORY docs examples DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT development
  # The scripts beside them build the library in its own folder.
  PATTERN "run.sh" EXCLUDE PATTERN "build_and_install.sh" EXCLUDE
  PATTERN "docs/man" EXCLUDE PATTERN "build" EXCLUDE PATTERN "data" EXCLUDE PATTERN "output_*" EXCLUDE)

# They are written from the headers, by a script that needs nothing but Python.
find_package(Python3 COMPONENTS Interpreter)
if(Python3_FOUND)
  set(man "${CMAKE_CURRENT_BINARY_DIR}/man")
  set(script "${CMAKE_CURRENT_SOURCE_DIR}/docs/man/make_man.py")
  file(GLOB_RECURSE man_sources CONFIGURE_DEPENDS include/*.h)
  add_custom_command(OUTPUT "${man}/made"
    COMMAND ${CMAKE_COMMAND} -E rm -rf "${man}"
    COMMAND Python3::Interpreter "${script}" "${CMAKE_CURRENT_SOURCE_DIR}/include" "${man}" $<$<BOOL:${TORCH_WARMUP_CORE_ONLY}>:core>
    COMMAND ${CMAKE_COMMAND} -E touch "${man}/made"
    DEPENDS "${script}" ${man_sources} COMMENT "Writing the manual pages" VERBATIM COMMAND_EXPAND_LISTS)
  add_custom_target(man ALL DEPENDS "${man}/made")
  list(APPEND installed man)
  install(DIRECTORY "${man}/" DESTINATION ${CMAKE_INSTALL_MANDIR} COMPONENT development PATTERN "made" EXCLUDE)
else()
  message(STATUS "No manual pages: they are written by Python, which is not here")
endif()

# All that is installed and nothing else, for a build folder that has tests too.
add_custom_target(installed DEPENDS ${installed})

include(packages)
