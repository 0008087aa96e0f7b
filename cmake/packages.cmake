# .deb, .rpm and .tar.gz by CPack. make_packages.sh configures for one after another, for each has its own folders.

set(CPACK_PACKAGE_NAME torch-warmup)
set(CPACK_PACKAGE_VENDOR "torch_warmup")
set(CPACK_PACKAGE_CONTACT "$ENV{DEBFULLNAME} <$ENV{DEBEMAIL}>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_RESOURCE_FILE_LICENSE "${CMAKE_CURRENT_SOURCE_DIR}/LICENSE")
set(CPACK_SYSTEM_NAME "${CMAKE_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR}")
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)

if(TORCH_WARMUP_CORE_ONLY)
  set(CPACK_COMPONENTS_ALL core development)
else()
  set(CPACK_COMPONENTS_ALL core library development)
endif()
set(CPACK_COMPONENTS_GROUPING IGNORE) # a package for each component, where a format knows of dependencies

# Lines of at most 80 characters.
set(about_core "The learning-rate warmups and schedules of PyTorch for any optimizer, in
plain C, without LibTorch.")
set(about_library "Trains neural networks with LibTorch from C: tensors, autograd, modules,
optimizers, every operator by its name, and the learning-rate warmups and
schedules of PyTorch.")
set(about_development "Trains neural networks with LibTorch from C: the headers, static libraries,
manual pages and examples with which programs are written.")
foreach(component IN LISTS CPACK_COMPONENTS_ALL)
  string(TOUPPER ${component} upper)
  set(CPACK_COMPONENT_${upper}_DESCRIPTION "${about_${component}}")
endforeach()

# ---- Debian -------------------------------------------------------------------------------------------------------

set(release 1)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE ${release})
set(CPACK_DEBIAN_PACKAGE_HOMEPAGE "${PROJECT_HOMEPAGE_URL}")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# The core's library is of no package yet that is installed.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS "${CMAKE_CURRENT_BINARY_DIR}")

set(same_version "(= ${PROJECT_VERSION}-${release})")
set(CPACK_DEBIAN_CORE_PACKAGE_NAME libtorch-warmup-core${PROJECT_VERSION_MAJOR})
set(CPACK_DEBIAN_CORE_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME libtorch-warmup${PROJECT_VERSION_MAJOR})
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_DEPENDS "${CPACK_DEBIAN_CORE_PACKAGE_NAME} ${same_version}")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libtorch-warmup-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SHLIBDEPS OFF)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "${CPACK_DEBIAN_CORE_PACKAGE_NAME} ${same_version}")
if(NOT TORCH_WARMUP_CORE_ONLY)
  string(APPEND CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS ", ${CPACK_DEBIAN_LIBRARY_PACKAGE_NAME} ${same_version}")
  # For the static library alone.
  set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SUGGESTS "libtorch-dev, zlib1g-dev")
endif()
# What Debian asks of each package: its licence and its changes, and of a library what a program needs of which release.
# make_packages.sh writes them.
set(debian "${CMAKE_CURRENT_BINARY_DIR}/debian")
set(control_files symbols shlibs triggers)
if(TORCH_WARMUP_PACKAGE STREQUAL "DEB")
  foreach(component IN LISTS CPACK_COMPONENTS_ALL)
    string(TOUPPER ${component} upper)
    install(FILES "${debian}/copyright" "${debian}/changelog.Debian.gz"
      DESTINATION share/doc/${CPACK_DEBIAN_${upper}_PACKAGE_NAME} COMPONENT ${component})
    if(NOT component STREQUAL "development")
      list(TRANSFORM control_files PREPEND "${debian}/${component}/" OUTPUT_VARIABLE CPACK_DEBIAN_${upper}_PACKAGE_CONTROL_EXTRA)
    endif()
  endforeach()
  install(SCRIPT cmake/compress_for_debian.cmake COMPONENT development)
endif()

# ---- RPM ----------------------------------------------------------------------------------------------------------

set(CPACK_RPM_COMPONENT_INSTALL ON)
set(CPACK_RPM_FILE_NAME RPM-DEFAULT)
set(CPACK_RPM_PACKAGE_LICENSE MIT)
set(CPACK_RPM_PACKAGE_URL "${PROJECT_HOMEPAGE_URL}")
set(CPACK_RPM_CORE_PACKAGE_NAME torch-warmup-core)
set(CPACK_RPM_LIBRARY_PACKAGE_NAME torch-warmup)
set(CPACK_RPM_LIBRARY_PACKAGE_REQUIRES "torch-warmup-core = ${PROJECT_VERSION}")
set(CPACK_RPM_DEVELOPMENT_PACKAGE_NAME torch-warmup-devel)
set(CPACK_RPM_DEVELOPMENT_PACKAGE_REQUIRES "torch-warmup-core = ${PROJECT_VERSION}")
# Folders that are the system's.
set(CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION
  /usr/share/man /usr/share/man/man3 /usr/share/man/man7 /usr/lib64/cmake /usr/lib64/pkgconfig)
if(TORCH_WARMUP_PACKAGE STREQUAL "RPM")
  foreach(component core library)
    string(TOUPPER ${component} upper)
    install(FILES LICENSE DESTINATION share/licenses/${CPACK_RPM_${upper}_PACKAGE_NAME} COMPONENT ${component})
  endforeach()
endif()
if(NOT TORCH_WARMUP_CORE_ONLY)
  string(APPEND CPACK_RPM_DEVELOPMENT_PACKAGE_REQUIRES ", torch-warmup = ${PROJECT_VERSION}")
endif()

# ---- Archive ------------------------------------------------------------------------------------------------------

set(CPACK_ARCHIVE_COMPONENT_INSTALL OFF) # one file, with all

include(CPack)
