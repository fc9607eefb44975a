#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>
#include <pthread.h>
#include <stdio.h>

#include "engine/base/memory.h"
#include "styles/draw/canvas.h"
#include "styles/qml.h"

/** Where distributions keep the DejaVu fonts; Debian's fonts-dejavu-core first. */
static const char *const folders[] = {
#ifdef HOT_FONT_FOLDER
    HOT_FONT_FOLDER,
#endif
    "/usr/share/fonts/truetype/dejavu",
    "/usr/share/fonts/dejavu-sans-fonts",
    "/usr/share/fonts/dejavu",
    "/usr/share/fonts/TTF",
    "/usr/local/share/fonts/dejavu",
};

static const char *const files[] = {"DejaVuSans.ttf", "DejaVuSans-Bold.ttf"};

static const char *const styles[HOT_LOOKS] = {
    [HOT_LOOK_DENSITY] = "density",     [HOT_LOOK_SURFACE] = "surface",
    [HOT_LOOK_REPEATS] = "repeats",     [HOT_LOOK_INCIDENTS] = "incidents",
    [HOT_LOOK_HOTSPOTS] = "hotspots",   [HOT_LOOK_ROADS] = "context_roads",
    [HOT_LOOK_WATER] = "context_water", [HOT_LOOK_PARKS] = "context_parks",
    [HOT_LOOK_CONTEXT] = "context",
};

static bool font_add(FcConfig *config, const char *file)
{
    char path[512];
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", folders[i], file);
        FILE *there = fopen(path, "rb");
        if (!there) continue;
        fclose(there);
        if (FcConfigAppFontAddFile(config, (const FcChar8 *)path)) return true;
    }
    return false;
}

/** A configuration of its own with two fonts and no rules: a person's settings cannot change the
 *  picture, and no cache is read or written. */
static FcConfig *fonts_alone(void)
{
    FcConfig *config = FcConfigCreate();
    if (!config) return NULL;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        if (!font_add(config, files[i])) {
            FcConfigDestroy(config);
            return NULL;
        }
    return config;
}

/** Pango starts fontconfig with the person's own settings, unless a configuration is current. */
static void settings_shut_out(void)
{
    FcConfig *empty = FcConfigCreate();
    if (!empty) return;
    FcConfigSetCurrent(empty);
    FcConfigDestroy(empty);
}

static hot_status fonts_open(hot_pen *pen, hot_error *error)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, settings_shut_out);
    FcConfig *config = fonts_alone();
    if (!config)
        return hot_fail(error, HOT_SYSTEM,
                        "The fonts DejaVu Sans and DejaVu Sans Bold were not found: install the "
                        "package fonts-dejavu-core.");
    pen->fonts = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (pen->fonts) pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(pen->fonts), config);
    FcConfigDestroy(config);
    return pen->fonts ? HOT_OK : hot_fail(error, HOT_SYSTEM, "Pango cannot draw with FreeType.");
}

static hot_status styles_read(hot_pen *pen, hot_error *error)
{
    for (int i = 0; i < HOT_LOOKS; i++) {
        size_t length;
        const char *qml = hot_style_bytes(styles[i], &length);
        if (!qml)
            return hot_fail(error, HOT_INPUT, "The style \"%s\" is not in this program.",
                            styles[i]);
        HOT_TRY(hot_legend_read(qml, length, &pen->legend[i], error));
    }
    return HOT_OK;
}

hot_status hot_pen_new(hot_pen **out, hot_error *error)
{
    hot_pen *pen = hot_new(1, sizeof *pen);
    if (!pen) return hot_fail(error, HOT_MEMORY, "There is no memory for a map page.");
    hot_status status = styles_read(pen, error);
    if (status == HOT_OK) status = fonts_open(pen, error);
    if (status == HOT_OK)
        *out = pen;
    else
        hot_pen_free(pen);
    return status;
}

void hot_pen_free(hot_pen *pen)
{
    if (!pen) return;
    for (int i = 0; i < HOT_LOOKS; i++) hot_legend_free(&pen->legend[i]);
    if (pen->fonts) { /* Pango 1.50 would keep its hold on the configuration */
        pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(pen->fonts), NULL);
        g_object_unref(pen->fonts);
    }
    hot_free(pen);
}
