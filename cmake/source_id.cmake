# Writes experiments/records/source_id.h with the id of the source, when it has changed.
# Run at every build:  cmake -DSOURCE=... -DOUTPUT=... -P source_id.cmake
execute_process(COMMAND git -C ${SOURCE} describe --always --dirty --abbrev=12
  OUTPUT_VARIABLE id OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
if(failed OR id STREQUAL "")
  set(id unknown)
endif()
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT "#define LANEGRAD_GIT_ID \"${id}\"\n")
