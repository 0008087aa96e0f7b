# What is installed: the libraries, their headers, a CMake package and a pkg-config file each.

include(CMakePackageConfigHelpers)
set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/torch_warmup")

# The headers of the core are those that its umbrella includes.
set(core_headers base handle lr_scheduler lr_schedules optimizer options warmup)
list(TRANSFORM core_headers REPLACE "(.+)" "include/torch_warmup/\\1.h")

install(TARGETS torch_warmup_core EXPORT torch_warmup_core-targets
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT torch_warmup_core-targets NAMESPACE torch_warmup:: DESTINATION ${package_dir})
install(FILES include/torch_warmup_core.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES ${core_headers} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/torch_warmup)
if(NOT TORCH_WARMUP_CORE_ONLY)
  install(TARGETS torch_warmup EXPORT torch_warmup-targets
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
  install(EXPORT torch_warmup-targets NAMESPACE torch_warmup:: DESTINATION ${package_dir})
  install(DIRECTORY include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
endif()

configure_package_config_file(cmake/torch_warmup-config.cmake.in torch_warmup-config.cmake
  INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(torch_warmup-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES
  ${CMAKE_CURRENT_BINARY_DIR}/torch_warmup-config.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/torch_warmup-config-version.cmake
  DESTINATION ${package_dir})
if(NOT BUILD_SHARED_LIBS AND NOT TORCH_WARMUP_CORE_ONLY)
  install(FILES cmake/FindLibTorch.cmake cmake/try_libtorch.cpp DESTINATION ${package_dir})
endif()

# A shared library names what it needs itself; a static one leaves it to the program's link. Paths are relative to the
# file itself, so that an installed folder can be moved.
file(RELATIVE_PATH pkgconfig_to_prefix "/prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/prefix")
function(tw_pkgconfig name description requires private_libs)
  if(BUILD_SHARED_LIBS)
    set(private_libs)
  endif()
  configure_file(cmake/library.pc.in ${name}.pc @ONLY)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/${name}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endfunction()
tw_pkgconfig(torch_warmup_core "Learning-rate warmup and schedules for any optimizer, from C" "" "-pthread -lm")
if(NOT TORCH_WARMUP_CORE_ONLY)
  tw_pkgconfig(torch_warmup "${PROJECT_DESCRIPTION}" "torch_warmup_core = ${PROJECT_VERSION}"
    "-L${LibTorch_LIBRARY_DIR} -Wl,-rpath,${LibTorch_LIBRARY_DIR} -ltorch_cpu -lc10 -lz -lstdc++ -lm")
endif()
