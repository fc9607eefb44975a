#include "layers/read/kml.h"

#include <string.h>

#include "engine/base/memory.h"

enum { ROOM = 65536 };
static const char placemark[] = "<Placemark", link_[] = "<NetworkLink";

static size_t begins(const char *text, const char *word)
{
    return memcmp(text, word, strlen(word)) == 0;
}

static hot_status judge(size_t placemarks, size_t links, size_t read, const char *file,
                        hot_error *error)
{
    if (links)
        return hot_fail(
            error, HOT_INPUT,
            "%s: links to other files (NetworkLink), which are not looked for; give the "
            "files that it links to.",
            file);
    if (placemarks == read) return HOT_OK;
    return hot_fail(error, HOT_INPUT,
                    "%s: holds %zu placemarks, of which %zu can be read (the others have no place, "
                    "or lie where they are not looked for); save it as GeoJSON or CSV.",
                    file, placemarks, read);
}

hot_status hot_kml_check(hot_source source, const char *file, size_t read, hot_error *error)
{
    size_t kept = 0, longest = strlen(link_), placemarks = 0, links = 0;
    ptrdiff_t n;
    char *text = hot_new_raw(ROOM, 1);
    if (!text) return HOT_MEMORY;
    /* Neither word can be the last of an XML file: what is kept at its end holds none. */
    while ((n = source.read(source.self, text + kept, ROOM - kept)) > 0) {
        size_t held = kept + (size_t)n, at = 0;
        for (; at + longest <= held; at++) {
            placemarks += begins(text + at, placemark);
            links += begins(text + at, link_);
        }
        memmove(text, text + at, held - at);
        kept = held - at;
    }
    hot_free(text);
    return n < 0 ? HOT_SYSTEM : judge(placemarks, links, read, file, error);
}
