# gokajo_windows_resources(TARGET JAPANESE ENGLISH): its version, the messages of the Event Log, and TARGET.manifest where there is one,
# compiled into the program. Nothing elsewhere.
function(gokajo_windows_resources target RESOURCE_JA RESOURCE_EN)
  if(NOT WIN32)
    return()
  endif()
  find_program(GOKAJO_WINDMC x86_64-w64-mingw32-windmc REQUIRED)
  set(sources ${PROJECT_SOURCE_DIR}/platform/windows/resources)
  set(made ${CMAKE_CURRENT_BINARY_DIR}/resources)
  set(RESOURCE_NAME ${target})
  configure_file(${sources}/version.rc.in ${made}/version.rc @ONLY)
  set(lines "#include \"version.rc\"\n#include \"messages.rc\"\n")
  set(manifest ${sources}/${target}.manifest)
  if(EXISTS ${manifest})
    string(APPEND lines "LANGUAGE 0, 0\n1 24 \"${manifest}\"\n")
  else()
    set(manifest "")
  endif()
  file(CONFIGURE OUTPUT ${made}/all.rc CONTENT "${lines}" @ONLY)
  add_custom_command(OUTPUT ${made}/${target}.res.o
    COMMAND ${GOKAJO_WINDMC} -C 65001 -U -h . -r . ${sources}/messages.mc
    COMMAND ${CMAKE_RC_COMPILER} -c 65001 -O coff -i all.rc -o ${target}.res.o
    DEPENDS ${sources}/messages.mc ${made}/version.rc ${made}/all.rc ${manifest} WORKING_DIRECTORY ${made} VERBATIM)
  target_sources(${target} PRIVATE ${made}/${target}.res.o)
  set_source_files_properties(${made}/${target}.res.o PROPERTIES EXTERNAL_OBJECT TRUE GENERATED TRUE)
endfunction()
