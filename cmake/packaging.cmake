# What is installed: the library, its headers, a CMake package and a pkg-config file.

include(CMakePackageConfigHelpers)
set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/torch_warmup")

install(TARGETS torch_warmup_core torch_warmup EXPORT torch_warmup-targets
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
install(EXPORT torch_warmup-targets NAMESPACE torch_warmup:: DESTINATION ${package_dir})

configure_package_config_file(cmake/torch_warmup-config.cmake.in torch_warmup-config.cmake
  INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(torch_warmup-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES
  ${CMAKE_CURRENT_BINARY_DIR}/torch_warmup-config.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/torch_warmup-config-version.cmake
  DESTINATION ${package_dir})
if(NOT BUILD_SHARED_LIBS)
  install(FILES cmake/FindLibTorch.cmake cmake/try_libtorch.cpp DESTINATION ${package_dir})
endif()

# A shared library names what it needs itself; a static one leaves it to the program's link.
if(NOT BUILD_SHARED_LIBS)
  set(pkgconfig_private_libs "-L${LibTorch_LIBRARY_DIR} -Wl,-rpath,${LibTorch_LIBRARY_DIR} -ltorch_cpu -lc10 -lz -lstdc++ -lm")
endif()
# Relative to the file itself, so that an installed folder can be moved.
file(RELATIVE_PATH pkgconfig_to_prefix "/prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/prefix")
configure_file(cmake/torch_warmup.pc.in torch_warmup.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/torch_warmup.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
