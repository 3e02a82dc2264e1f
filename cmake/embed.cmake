# gokajo_embed(<target> <symbol> <files...>): compiles data files into the target as
#   namespace gokajo::embedded { std::span<const File> <symbol>(); }   (declared in platform/embedded.h)
# so that packs, wording and tables travel inside the program and may still be replaced by newer files at run time.
function(gokajo_embed target symbol)
  set(output "${CMAKE_CURRENT_BINARY_DIR}/embedded_${symbol}.cpp")
  add_custom_command(
    OUTPUT "${output}"
    COMMAND "${CMAKE_COMMAND}" -DSYMBOL=${symbol} "-DOUTPUT=${output}" "-DFILES=${ARGN}" -P "${PROJECT_SOURCE_DIR}/cmake/embed_files.cmake"
    DEPENDS ${ARGN} "${PROJECT_SOURCE_DIR}/cmake/embed_files.cmake"
    VERBATIM)
  target_sources(${target} PRIVATE "${output}")
endfunction()
