# What every target of Gokajo is compiled with: C++20, warnings as errors, hardening in release. No global flags. Flags of GCC and Clang below;
# those of Microsoft's compiler in options_msvc.cmake.
add_library(gokajo_options INTERFACE)
add_library(gokajo::options ALIAS gokajo_options)
target_compile_features(gokajo_options INTERFACE cxx_std_20)
target_include_directories(gokajo_options INTERFACE ${PROJECT_SOURCE_DIR})
option(GOKAJO_WERROR "Warnings are errors; off where a visitor builds with a compiler nobody has tried yet" ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
if(MSVC)
  include(${CMAKE_CURRENT_LIST_DIR}/options_msvc.cmake)
  return()
endif()
target_compile_options(gokajo_options INTERFACE -Wall -Wextra $<$<BOOL:${GOKAJO_WERROR}>:-Werror> -fno-strict-aliasing -fstack-protector-strong)
# -Wno-missing-field-initializers: ReadFile{.path = ...} leaves the rest to its defaults on purpose. -Wno-psabi: notes about GCC 10.1 only.
target_compile_options(gokajo_options INTERFACE -Wno-missing-field-initializers -Wno-psabi)
# g++ 12 reports out-of-bounds copies inside its own std::string (GCC bugs 105329, 105651); clang and ASan still watch.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(gokajo_options INTERFACE -Wshadow=local -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread -Wno-restrict -Wno-maybe-uninitialized)
else()
  # clang++ tells of a deprecated call inside libstdc++ 12's own std::stable_sort.
  target_compile_options(gokajo_options INTERFACE -Wshadow -Wno-deprecated-declarations)
endif()
target_compile_definitions(gokajo_options INTERFACE BOOST_PROCESS_USE_STD_FS _GLIBCXX_ASSERTIONS JSON_USE_IMPLICIT_CONVERSIONS=0)

# Every library counts which of its branches an input reached; only clang++ can (tests/fuzz).
option(GOKAJO_FUZZ "Build the libraries and the fuzz programs for libFuzzer" OFF)
if(GOKAJO_FUZZ)
  target_compile_options(gokajo_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
option(GOKAJO_SANITIZE "AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
option(GOKAJO_SANITIZE_THREADS "ThreadSanitizer" OFF)
if(GOKAJO_SANITIZE)
  target_compile_options(gokajo_options INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(gokajo_options INTERFACE -fsanitize=address,undefined)
elseif(GOKAJO_SANITIZE_THREADS)
  target_compile_options(gokajo_options INTERFACE -fsanitize=thread -fno-omit-frame-pointer)
  # g++ tells of each fence that ThreadSanitizer does not see. Boost.Asio's stand beside its mutexes, which it does see.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(gokajo_options INTERFACE -Wno-tsan)
  endif()
  target_link_options(gokajo_options INTERFACE -fsanitize=thread)
elseif(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_definitions(gokajo_options INTERFACE _FORTIFY_SOURCE=2)
  target_compile_options(gokajo_options INTERFACE -ffunction-sections -fdata-sections)
  # g++ 14 knows at -O3 that the names Boost.Describe compares in enum_from_string differ, and warns of it.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(gokajo_options INTERFACE -Wno-string-compare)
  endif()
  target_link_options(gokajo_options INTERFACE -Wl,--gc-sections)
  if(WIN32)
    target_link_options(gokajo_options INTERFACE -Wl,--dynamicbase,--nxcompat,--high-entropy-va)
  else()
    target_link_options(gokajo_options INTERFACE -Wl,-z,relro,-z,now -Wl,--as-needed)
  endif()
endif()
# mingw-w64: its windows.h warns of casts of GetProcAddress that cannot be written otherwise; large tables of templates need big objects.
if(WIN32)
  target_compile_options(gokajo_options INTERFACE -Wa,-mbig-obj -Wno-cast-function-type -Wno-attributes)
  target_link_options(gokajo_options INTERFACE -fstack-protector-strong)
  target_link_libraries(gokajo_options INTERFACE ssp)  # also what _FORTIFY_SOURCE calls
  # What is not in KnownDLLs is loaded when it is first called, from System32 alone: a DLL planted beside the program is not (delayed.sh).
  execute_process(COMMAND sh ${PROJECT_SOURCE_DIR}/packaging/windows/delayed.sh ${PROJECT_BINARY_DIR}/delayed
      bcrypt crypt32 iphlpapi mswsock netapi32 powrprof secur32 userenv version wevtapi winhttp wtsapi32 COMMAND_ERROR_IS_FATAL ANY)
  target_link_options(gokajo_options INTERFACE -L${PROJECT_BINARY_DIR}/delayed -Wl,-u,__delayLoadHelper2)
  target_link_libraries(gokajo_options INTERFACE delayimp)
endif()
include(CheckPIESupported)
check_pie_supported()
