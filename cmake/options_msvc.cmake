# The same for Microsoft's compiler (cl, clang-cl) and libraries from vcpkg.json. Nobody has built with it yet (docs/proven-where.md).
# /permissive-, /Zc:__cplusplus and /Zc:preprocessor: C++20 as it is written; /utf-8: sources and what is printed; /bigobj: tables of templates;
# /EHsc: what a library throws is caught where it is called. /guard:cf, /sdl and the linker's flags are the hardening that MSVC knows.
target_compile_options(gokajo_options INTERFACE /W4 $<$<BOOL:${GOKAJO_WERROR}>:/WX> /permissive- /Zc:__cplusplus /Zc:preprocessor /utf-8 /bigobj /EHsc /sdl /guard:cf)
# 4100: a parameter nobody reads; GCC's -Wextra is told so by its missing name, as here. 4068: pragmas of other compilers.
target_compile_options(gokajo_options INTERFACE /wd4100 /wd4068)
target_link_options(gokajo_options INTERFACE /guard:cf /DYNAMICBASE /NXCOMPAT /HIGHENTROPYVA)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_options(gokajo_options INTERFACE /Gy /Gw)
  target_link_options(gokajo_options INTERFACE /OPT:REF /OPT:ICF)
endif()
# As cmake/mingw-w64.cmake has them: Windows 10 1607 at least, W functions only.
target_compile_definitions(gokajo_options INTERFACE _WIN32_WINNT=0x0A00 WIN32_LEAN_AND_MEAN NOMINMAX UNICODE _UNICODE CURL_STATICLIB
                           BOOST_PROCESS_USE_STD_FS JSON_USE_IMPLICIT_CONVERSIONS=0)
