# Finds a LibTorch and makes the imported target LibTorch::LibTorch of it, from its include/ and lib/.
#
# Looked for in this order:
#   1. what the user names: Torch_DIR, CMAKE_PREFIX_PATH, or the environment's LIBTORCH. A named LibTorch that
#      does not work is an error; nothing else is tried.
#   2. the torch package that python3 can import, where it carries its headers (every wheel does)
#   3. the system's (libtorch-dev)
# A build folder stays with the LibTorch that it was configured with until another is named, so that a configure step
# which the build tool runs by itself, without the user's environment, does not change it.
#
# LibTorch's own TorchConfig.cmake is not used: that of a CUDA build ends the configure step with an error where the
# CUDA toolkit is missing, though the libraries link and run without it.
#
# Sets LibTorch_FOUND, LibTorch_VERSION, LibTorch_ROOT, LibTorch_ORIGIN (who named it), LibTorch_LIBRARY_DIR,
# LibTorch_CXX_STANDARD (17, or 20 where the headers ask for it) and LibTorch_CUDA.

include_guard(GLOBAL)

# ---- Where a LibTorch may lie -------------------------------------------------------------------------------------

# The folders that may hold a LibTorch, best first, as `origin|folder` entries.
function(_libtorch_candidates out)
  set(candidates "")
  if(DEFINED Torch_DIR AND NOT Torch_DIR STREQUAL "" AND NOT Torch_DIR MATCHES "NOTFOUND$")
    _libtorch_root_of_config("${Torch_DIR}" root)
    list(APPEND candidates "Torch_DIR|${root}")
  endif()
  string(REPLACE ":" ";" prefixes "${CMAKE_PREFIX_PATH};$ENV{CMAKE_PREFIX_PATH}")
  foreach(prefix IN LISTS prefixes)
    # The folder itself, or what torch.utils.cmake_prefix_path prints: the share/cmake inside it.
    if(EXISTS "${prefix}/Torch/TorchConfig.cmake")
      _libtorch_root_of_config("${prefix}/Torch" prefix)
    endif()
    _libtorch_has_headers("${prefix}" found)
    if(found)
      list(APPEND candidates "CMAKE_PREFIX_PATH|${prefix}")
    endif()
  endforeach()
  if(NOT "$ENV{LIBTORCH}" STREQUAL "")
    file(TO_CMAKE_PATH "$ENV{LIBTORCH}" root)
    list(APPEND candidates "LIBTORCH|${root}")
  endif()
  if(NOT candidates AND LibTorch_CHOSEN)
    list(APPEND candidates "${LibTorch_CHOSEN}")
  endif()
  _libtorch_of_python(root)
  if(root)
    list(APPEND candidates "python3|${root}")
  endif()
  list(APPEND candidates "system|/usr/local" "system|/usr")
  set(${out} "${candidates}" PARENT_SCOPE)
endfunction()

# The prefix above the folder of a TorchConfig.cmake: share/cmake/Torch, or a distribution's lib/<triplet>/cmake/Torch.
function(_libtorch_root_of_config config_dir out)
  get_filename_component(folder "${config_dir}" ABSOLUTE)
  set(root "${folder}")
  foreach(level RANGE 5)
    get_filename_component(folder "${folder}" DIRECTORY)
    _libtorch_has_headers("${folder}" found)
    if(found)
      set(root "${folder}")
      break()
    endif()
  endforeach()
  set(${out} "${root}" PARENT_SCOPE)
endfunction()

# find_spec does not run torch's own code, so a torch that cannot be imported costs nothing here.
function(_libtorch_of_python out)
  set(${out} "" PARENT_SCOPE)
  find_program(LibTorch_PYTHON python3)
  mark_as_advanced(LibTorch_PYTHON)
  if(NOT LibTorch_PYTHON)
    return()
  endif()
  execute_process(
    COMMAND "${LibTorch_PYTHON}" -c
            "import importlib.util as u; s = u.find_spec('torch'); print(s.submodule_search_locations[0] if s else '')"
    OUTPUT_VARIABLE folder OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE result)
  _libtorch_has_headers("${folder}" found)
  if(result EQUAL 0 AND found)
    set(${out} "${folder}" PARENT_SCOPE)
  endif()
endfunction()

function(_libtorch_has_headers root out)
  if(NOT root STREQUAL "" AND EXISTS "${root}/include/ATen/ATen.h")
    set(${out} TRUE PARENT_SCOPE)
  else()
    set(${out} FALSE PARENT_SCOPE)
  endif()
endfunction()

# The file of a library as it is linked: libtorch_cpu.so, or what another system calls it.
function(_libtorch_file library_dir name out)
  if(WIN32)
    set(${out} "${library_dir}/${CMAKE_IMPORT_LIBRARY_PREFIX}${name}${CMAKE_IMPORT_LIBRARY_SUFFIX}" PARENT_SCOPE)
  else()
    set(${out} "${library_dir}/${CMAKE_SHARED_LIBRARY_PREFIX}${name}${CMAKE_SHARED_LIBRARY_SUFFIX}" PARENT_SCOPE)
  endif()
endfunction()

# ---- Whether it works ---------------------------------------------------------------------------------------------

# Compiles and links a program against the candidate. On success sets <out>_standard and <out>_abi; else <out>_error.
# A success is remembered for as long as the library's file stays the same.
function(_libtorch_try root library_dir out)
  _libtorch_file("${library_dir}" torch_cpu torch_cpu)
  _libtorch_file("${library_dir}" c10 c10)
  file(TIMESTAMP "${torch_cpu}" stamp)
  set(key "${root}|${library_dir}|${stamp}|${CMAKE_CXX_COMPILER}")
  if("${LibTorch_TRIED}" MATCHES "^(17|20)\\|([01])\\|(.*)$" AND CMAKE_MATCH_3 STREQUAL key)
    set(${out}_standard ${CMAKE_MATCH_1} PARENT_SCOPE)
    set(${out}_abi ${CMAKE_MATCH_2} PARENT_SCOPE)
    set(${out}_error "" PARENT_SCOPE)
    return()
  endif()
  set(source "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/try_libtorch.cpp")
  set(libraries "${torch_cpu}" "${c10}")
  set(includes "-DINCLUDE_DIRECTORIES=${root}/include")
  # Wheels before 2.6 were built with the old ABI of std::string; a wrong one does not link.
  foreach(abi 1 0)
    foreach(standard 17 20)
      try_compile(
        works "${CMAKE_BINARY_DIR}/CMakeFiles/try_libtorch" "${source}"
        CMAKE_FLAGS "${includes}"
        COMPILE_DEFINITIONS "-D_GLIBCXX_USE_CXX11_ABI=${abi}"
        LINK_LIBRARIES ${libraries}
        CXX_STANDARD ${standard} CXX_STANDARD_REQUIRED ON CXX_EXTENSIONS OFF
        OUTPUT_VARIABLE output)
      if(works)
        set(${out}_standard ${standard} PARENT_SCOPE)
        set(${out}_abi ${abi} PARENT_SCOPE)
        set(${out}_error "" PARENT_SCOPE)
        set(LibTorch_TRIED "${standard}|${abi}|${key}" CACHE INTERNAL "The last LibTorch that compiled and linked")
        return()
      endif()
    endforeach()
  endforeach()
  set(${out}_error "a program against it does not compile and link:\n${output}" PARENT_SCOPE)
endfunction()

function(_libtorch_version root out)
  set(${out} "unknown" PARENT_SCOPE)
  foreach(header torch/headeronly/version.h torch/csrc/api/include/torch/version.h)
    if(EXISTS "${root}/include/${header}")
      file(STRINGS "${root}/include/${header}" lines REGEX "define TORCH_VERSION_(MAJOR|MINOR|PATCH) ")
      string(REGEX MATCHALL "[0-9]+" numbers "${lines}")
      string(REPLACE ";" "." version "${numbers}")
      set(${out} "${version}" PARENT_SCOPE)
      return()
    endif()
  endforeach()
endfunction()

# The CUDA operators register themselves when libtorch_cuda.so is loaded. It is linked only where everything that it
# needs is there: a wheel installed without its CUDA siblings would otherwise not start at all.
function(_libtorch_cuda library_dir out_libraries out_note)
  set(${out_libraries} "" PARENT_SCOPE)
  set(${out_note} "no CUDA" PARENT_SCOPE)
  if(NOT CMAKE_SYSTEM_NAME STREQUAL "Linux" OR NOT EXISTS "${library_dir}/libtorch_cuda.so")
    return()
  endif()
  execute_process(COMMAND ldd "${library_dir}/libtorch_cuda.so" OUTPUT_VARIABLE needed ERROR_QUIET)
  string(REGEX MATCHALL "[^ \t\n]+ => not found" missing "${needed}")
  list(FILTER missing EXCLUDE REGEX "^libcuda\\.so") # the driver's, absent on a machine that only builds
  if(missing)
    list(TRANSFORM missing REPLACE " => not found" "")
    list(JOIN missing " " missing)
    set(${out_note} "CUDA left out, for libtorch_cuda.so does not find ${missing}" PARENT_SCOPE)
    return()
  endif()
  set(${out_libraries} "${library_dir}/libtorch_cuda.so;${library_dir}/libc10_cuda.so" PARENT_SCOPE)
  set(${out_note} "with CUDA" PARENT_SCOPE)
endfunction()

# ---- The target ---------------------------------------------------------------------------------------------------

function(_libtorch_make_target root library_dir abi cuda_libraries)
  add_library(LibTorch::LibTorch INTERFACE IMPORTED GLOBAL)
  _libtorch_file("${library_dir}" torch_cpu torch_cpu)
  _libtorch_file("${library_dir}" c10 c10)
  set(links "${torch_cpu}" "${c10}")
  if(cuda_libraries)
    # Nothing refers to them by name, so the linker would drop them.
    list(JOIN cuda_libraries "," joined)
    list(APPEND links "-Wl,--push-state,--no-as-needed,${joined},--pop-state")
  endif()
  target_link_libraries(LibTorch::LibTorch INTERFACE ${links})
  target_include_directories(LibTorch::LibTorch SYSTEM INTERFACE
    "${root}/include" "${root}/include/torch/csrc/api/include")
  if(abi EQUAL 0)
    target_compile_definitions(LibTorch::LibTorch INTERFACE _GLIBCXX_USE_CXX11_ABI=0)
  endif()
endfunction()

# The folder of libtorch_cpu.so under root: lib/, or a distribution's lib/<triplet>/. Links are followed, so that
# Debian's python3-torch, which links to libtorch-dev's files, counts as the same LibTorch.
function(_libtorch_library_dir root out)
  set(${out} "" PARENT_SCOPE)
  foreach(folder "${root}/lib" "${root}/lib/${CMAKE_LIBRARY_ARCHITECTURE}")
    _libtorch_file("${folder}" torch_cpu library)
    if(EXISTS "${library}")
      get_filename_component(library "${library}" REALPATH)
      get_filename_component(folder "${library}" DIRECTORY)
      set(${out} "${folder}" PARENT_SCOPE)
      return()
    endif()
  endforeach()
endfunction()

# The folder whose include/ holds the headers, links followed.
function(_libtorch_real_root root out)
  get_filename_component(headers "${root}/include/ATen" REALPATH)
  get_filename_component(${out} "${headers}/../.." ABSOLUTE)
  set(${out} "${${out}}" PARENT_SCOPE)
endfunction()

# Sets <out>_root, _library_dir, _version, _standard and _abi of a candidate, or <out>_error.
macro(_libtorch_examine candidate_root out)
  _libtorch_has_headers("${candidate_root}" _libtorch_headers)
  _libtorch_library_dir("${candidate_root}" ${out}_library_dir)
  if(NOT _libtorch_headers)
    set(${out}_error "${candidate_root} has no include/ATen/ATen.h")
  elseif(NOT ${out}_library_dir)
    set(${out}_error "${candidate_root} has no libtorch_cpu in lib/")
  else()
    _libtorch_real_root("${candidate_root}" ${out}_root)
    _libtorch_version("${${out}_root}" ${out}_version)
    if(${out}_version VERSION_LESS 1.13)
      set(${out}_error "it is LibTorch ${${out}_version}; 1.13 or newer is needed")
    else()
      _libtorch_try("${${out}_root}" "${${out}_library_dir}" ${out})
    endif()
  endif()
endmacro()

# The first candidate that works. One that the user named must work; of the others the next is tried.
macro(_libtorch_find)
  _libtorch_candidates(_libtorch_list)
  foreach(_libtorch_candidate IN LISTS _libtorch_list)
    string(REGEX MATCH "^([^|]*)\\|(.*)$" _ "${_libtorch_candidate}")
    set(_libtorch_origin "${CMAKE_MATCH_1}")
    _libtorch_examine("${CMAKE_MATCH_2}" _libtorch)
    if(NOT _libtorch_error)
      set(LibTorch_FOUND TRUE)
      set(_libtorch_taken "${_libtorch_candidate}")
      break()
    elseif(NOT _libtorch_origin MATCHES "^(python3|system)$" AND NOT _libtorch_candidate STREQUAL LibTorch_CHOSEN)
      message(FATAL_ERROR "The LibTorch that ${_libtorch_origin} names cannot be used: ${_libtorch_error}")
    elseif(_libtorch_headers)
      message(WARNING "The LibTorch of ${_libtorch_origin} is passed over: ${_libtorch_error}")
    endif()
  endforeach()
endmacro()

if(NOT TARGET LibTorch::LibTorch)
  _libtorch_find()
  if(LibTorch_FOUND)
    set(LibTorch_CHOSEN "${_libtorch_taken}" CACHE INTERNAL "Who named this build's LibTorch, and its folder")
    set(LibTorch_ROOT "${_libtorch_root}")
    set(LibTorch_ORIGIN "${_libtorch_origin}")
    set(LibTorch_LIBRARY_DIR "${_libtorch_library_dir}")
    set(LibTorch_VERSION "${_libtorch_version}")
    set(LibTorch_CXX_STANDARD ${_libtorch_standard})
    _libtorch_cuda("${LibTorch_LIBRARY_DIR}" LibTorch_CUDA _libtorch_note)
    _libtorch_make_target("${LibTorch_ROOT}" "${LibTorch_LIBRARY_DIR}" ${_libtorch_abi} "${LibTorch_CUDA}")
    message(STATUS "LibTorch ${LibTorch_VERSION} from ${LibTorch_ORIGIN}: ${LibTorch_ROOT} "
                   "(C++${LibTorch_CXX_STANDARD}, ${_libtorch_note})")
  elseif(LibTorch_FIND_REQUIRED)
    message(FATAL_ERROR "No LibTorch found. Name one with -DCMAKE_PREFIX_PATH=FOLDER or LIBTORCH=FOLDER, or install "
                        "one: `apt install libtorch-dev`, or `pip install torch`.")
  endif()
endif()
