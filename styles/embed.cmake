# Turns QML files into one C file that holds their bytes.
#
#   cmake -DOUT=<file.c> "-DFILES=a.qml;b.qml" -P embed.cmake
#
# Each file becomes an array named after its position; its name in hot_style_bytes is the file's
# name without ".qml". The output is replaced only when it changes, so that nothing is rebuilt for
# nothing.
cmake_minimum_required(VERSION 3.25)

if(NOT OUT OR NOT FILES)
  message(FATAL_ERROR "embed.cmake needs -DOUT=<file.c> and -DFILES=<list>")
endif()

set(arrays "")
set(table "")
set(number 0)
foreach(file IN LISTS FILES)
  get_filename_component(name "${file}" NAME_WE)
  file(READ "${file}" hex HEX)
  string(LENGTH "${hex}" digits)
  math(EXPR bytes "${digits} / 2")
  string(REGEX REPLACE "(................................)" "\\1\n" hex "${hex}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," hex "${hex}")
  string(APPEND arrays "static const unsigned char style_${number}[] = {\n${hex}0x00};\n\n")
  string(APPEND table "    {\"${name}\", style_${number}, ${bytes}},\n")
  math(EXPR number "${number} + 1")
endforeach()

set(text "/* Written by styles/embed.cmake from styles/qml: edit those files, not this one. */
#include \"styles/qml.h\"

#include <string.h>

${arrays}static const struct {
    const char *name;
    const unsigned char *bytes;
    size_t length;
} styles[] = {
${table}};

const char *hot_style_bytes(const char *name, size_t *length)
{
    if (length) *length = 0;
    for (size_t i = 0; name && i < sizeof styles / sizeof styles[0]; i++)
        if (strcmp(styles[i].name, name) == 0) {
            if (length) *length = styles[i].length;
            return (const char *)styles[i].bytes;
        }
    return NULL;
}
")

set(old "")
if(EXISTS "${OUT}")
  file(READ "${OUT}" old)
endif()
if(NOT old STREQUAL text)
  file(WRITE "${OUT}" "${text}")
endif()
