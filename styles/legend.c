#include "styles/legend.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#include "engine/base/memory.h"

/** A symbol as the style holds it; classes refer to it by name. */
typedef struct {
    char *name;
    hot_legend_entry look; /* its value and label are unused */
    bool no_fill, no_outline;
    double opacity;
    int layers; /* symbol layers seen; only the first counts */
} symbol;

typedef struct {
    hot_legend legend; /* classes so far; their look is set at the end */
    char **wanted;     /* [legend.n] name of each class's symbol; NULL = look is set already */
    size_t room_wanted;
    symbol *symbols;
    size_t n_symbols, room_symbols;
    int depth_layer; /* inside <layer> of a symbol, > 0 */
    bool seen_qgis, in_renderer, in_shader, in_symbol;
    hot_status status;
    hot_error *error;
} reader;

static void refuse(reader *r, GError **stop, const char *what, const char *value)
{
    if (r->status == HOT_OK)
        r->status =
            hot_fail(r->error, HOT_INPUT, "The style cannot be used: %s \"%s\".", what, value);
    g_set_error_literal(stop, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "refused");
}

static void lacks_memory(reader *r, GError **stop)
{
    r->status = hot_fail(r->error, HOT_MEMORY, "There is no memory for a style.");
    g_set_error_literal(stop, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "memory");
}

static const char *attribute(const char **names, const char **values, const char *wanted)
{
    for (; *names; names++, values++)
        if (strcmp(*names, wanted) == 0) return *values;
    return NULL;
}

static bool number_read(const char *text, double *out)
{
    if (strcmp(text, "inf") == 0) {
        *out = INFINITY;
        return true;
    }
    char *end;
    double v = g_ascii_strtod(text, &end);
    if (end == text || *end || !isfinite(v)) return false;
    *out = v;
    return true;
}

static bool byte_read(const char **at, uint8_t *out)
{
    char *end;
    gint64 v = g_ascii_strtoll(*at, &end, 10);
    if (end == *at || v < 0 || v > 255) return false;
    *out = (uint8_t)v;
    *at = end;
    return true;
}

/** "r,g,b,a", with anything QGIS writes after another comma left alone. */
static bool colour_list_read(const char *text, hot_colour *out)
{
    uint8_t *channel[4] = {&out->red, &out->green, &out->blue, &out->alpha};
    for (int i = 0; i < 4; i++) {
        if (i && *text++ != ',') return false;
        if (!byte_read(&text, channel[i])) return false;
    }
    return *text == 0 || *text == ',';
}

/** "#rrggbb" */
static bool colour_hex_read(const char *text, hot_colour *out)
{
    uint8_t channel[3];
    if (*text != '#' || strlen(text) != 7) return false;
    for (int i = 0; i < 3; i++) {
        int high = g_ascii_xdigit_value(text[1 + 2 * i]),
            low = g_ascii_xdigit_value(text[2 + 2 * i]);
        if (high < 0 || low < 0) return false;
        channel[i] = (uint8_t)(16 * high + low);
    }
    *out = (hot_colour){channel[0], channel[1], channel[2], 255};
    return true;
}

static void class_add(reader *r, const char *label, double value, const char *symbol_name,
                      GError **stop)
{
    hot_legend *l = &r->legend;
    if (hot_legend_class(l, value)) {
        refuse(r, stop, "two classes have the same value, the second is", label);
        return;
    }
    if (!hot_grow(&l->entry, &l->room, l->n + 1, sizeof *l->entry) ||
        !hot_grow(&r->wanted, &r->room_wanted, l->n + 1, sizeof *r->wanted)) {
        lacks_memory(r, stop);
        return;
    }
    char *name = symbol_name ? hot_text(symbol_name, strlen(symbol_name)) : NULL;
    l->entry[l->n] = (hot_legend_entry){.value = value, .label = hot_text(label, strlen(label))};
    r->wanted[l->n++] = name;
    if (!l->entry[l->n - 1].label || (symbol_name && !name)) lacks_memory(r, stop);
}

static void category_begin(reader *r, const char **names, const char **values, GError **stop)
{
    const char *value = attribute(names, values, "value");
    const char *label = attribute(names, values, "label");
    const char *of = attribute(names, values, "symbol");
    double number;
    if (value && !*value) return; /* QGIS's "all other values": missing ones, which are no class */
    if (!value || !of || !number_read(value, &number))
        refuse(r, stop, "a category lacks a whole value or a symbol:", value ? value : "");
    else
        class_add(r, label ? label : "", number, of, stop);
}

static void rule_begin(reader *r, const char **names, const char **values, GError **stop)
{
    const char *label = attribute(names, values, "label");
    const char *of = attribute(names, values, "symbol");
    if (of) class_add(r, label ? label : "", (double)r->legend.n, of, stop);
}

static void item_begin(reader *r, const char **names, const char **values, GError **stop)
{
    const char *value = attribute(names, values, "value");
    const char *label = attribute(names, values, "label");
    const char *colour = attribute(names, values, "color");
    const char *alpha = attribute(names, values, "alpha");
    double number, opaque = 255;
    hot_colour fill;
    if (!value || !number_read(value, &number) || !colour || !colour_hex_read(colour, &fill) ||
        (alpha && !number_read(alpha, &opaque)) || opaque < 0 || opaque > 255) {
        refuse(r, stop, "a colour of the ramp cannot be read at", value ? value : "");
        return;
    }
    class_add(r, label ? label : "", number, NULL, stop);
    if (r->status != HOT_OK) return;
    fill.alpha = (uint8_t)opaque;
    r->legend.entry[r->legend.n - 1].fill = fill;
}

static void symbol_begin(reader *r, const char **names, const char **values, GError **stop)
{
    const char *name = attribute(names, values, "name");
    const char *alpha = attribute(names, values, "alpha");
    symbol s = {.opacity = 1};
    if (!name || (alpha && !number_read(alpha, &s.opacity)) || s.opacity < 0 || s.opacity > 1) {
        refuse(r, stop, "a symbol lacks a name or has a strange opacity:", name ? name : "");
        return;
    }
    s.name = hot_text(name, strlen(name));
    if (!s.name || !hot_grow(&r->symbols, &r->room_symbols, r->n_symbols + 1, sizeof s)) {
        hot_free(s.name);
        lacks_memory(r, stop);
        return;
    }
    r->symbols[r->n_symbols++] = s;
    r->in_symbol = true;
}

typedef enum { COLOUR, LENGTH, NO_FILL, NO_OUTLINE } meaning;

/** The properties of a symbol layer that a legend shows. */
static const struct {
    const char *key;
    meaning means;
    size_t where;
} properties[] = {
    {"color", COLOUR, offsetof(hot_legend_entry, fill)},
    {"line_color", COLOUR, offsetof(hot_legend_entry, fill)},
    {"outline_color", COLOUR, offsetof(hot_legend_entry, outline)},
    {"outline_width", LENGTH, offsetof(hot_legend_entry, outline_mm)},
    {"size", LENGTH, offsetof(hot_legend_entry, size_mm)},
    {"line_width", LENGTH, offsetof(hot_legend_entry, size_mm)},
    {"style", NO_FILL, 0},
    {"outline_style", NO_OUTLINE, 0},
};

/** The order of the properties is free: "do not draw" is applied when the symbol is complete. */
static bool property_take(symbol *s, size_t p, const char *value)
{
    char *look = (char *)&s->look + properties[p].where;
    hot_colour colour;
    double number;
    switch (properties[p].means) {
    case COLOUR:
        if (!colour_list_read(value, &colour)) return false;
        memcpy(look, &colour, sizeof colour);
        return true;
    case LENGTH:
        if (!number_read(value, &number) || !(number >= 0 && number <= 1000)) return false;
        memcpy(look, &number, sizeof number);
        return true;
    case NO_FILL:
        if (strcmp(value, "no") == 0) s->no_fill = true;
        return true;
    default:
        if (strcmp(value, "no") == 0) s->no_outline = true;
        return true;
    }
}

static void property_begin(reader *r, const char *key, const char *value, GError **stop)
{
    if (!r->in_symbol || r->depth_layer != 1 || !key || !value) return;
    symbol *s = &r->symbols[r->n_symbols - 1];
    if (s->layers != 1) return;
    for (size_t p = 0; p < G_N_ELEMENTS(properties); p++)
        if (strcmp(properties[p].key, key) == 0 && !property_take(s, p, value))
            refuse(r, stop, "a symbol has a property that cannot be read:", value);
}

static void layer_begin(reader *r)
{
    if (!r->in_symbol) return;
    if (r->depth_layer++ == 0) r->symbols[r->n_symbols - 1].layers++;
}

static void element_begin(GMarkupParseContext *context, const char *element, const char **names,
                          const char **values, gpointer data, GError **stop)
{
    reader *r = data;
    (void)context;
    if (!r->seen_qgis && strcmp(element, "qgis") != 0)
        refuse(r, stop, "it is no QGIS style but starts with", element);
    else if (strcmp(element, "qgis") == 0)
        r->seen_qgis = true;
    else if (strcmp(element, "renderer-v2") == 0)
        r->in_renderer = true;
    else if (strcmp(element, "colorrampshader") == 0)
        r->in_shader = true;
    else if (strcmp(element, "category") == 0 && r->in_renderer)
        category_begin(r, names, values, stop);
    else if (strcmp(element, "rule") == 0 && r->in_renderer)
        rule_begin(r, names, values, stop);
    else if (strcmp(element, "item") == 0 && r->in_shader)
        item_begin(r, names, values, stop);
    else if (strcmp(element, "symbol") == 0 && r->in_renderer && !r->in_symbol)
        symbol_begin(r, names, values, stop);
    else if (strcmp(element, "layer") == 0)
        layer_begin(r);
    else if (strcmp(element, "prop") == 0)
        property_begin(r, attribute(names, values, "k"), attribute(names, values, "v"), stop);
    else if (strcmp(element, "Option") == 0)
        property_begin(r, attribute(names, values, "name"), attribute(names, values, "value"),
                       stop);
}

static void element_end(GMarkupParseContext *context, const char *element, gpointer data,
                        GError **stop)
{
    reader *r = data;
    (void)context;
    (void)stop;
    if (strcmp(element, "layer") == 0 && r->in_symbol && r->depth_layer > 0) r->depth_layer--;
    if (strcmp(element, "symbol") == 0 && r->depth_layer == 0) r->in_symbol = false;
    if (strcmp(element, "renderer-v2") == 0) r->in_renderer = false;
    if (strcmp(element, "colorrampshader") == 0) r->in_shader = false;
}

/** A single symbol has no category: it becomes the class 0. */
static void single_add(reader *r)
{
    GError *stop = NULL;
    if (r->legend.n == 0 && r->n_symbols == 1) class_add(r, "", 0, r->symbols[0].name, &stop);
    g_clear_error(&stop);
}

static void look_set(hot_legend_entry *entry, const symbol *s)
{
    bool fill = !s->no_fill, outline = !s->no_outline;
    entry->fill = s->look.fill;
    entry->outline = s->look.outline;
    entry->size_mm = s->look.size_mm;
    entry->outline_mm = outline ? s->look.outline_mm : 0;
    entry->fill.alpha = fill ? (uint8_t)lround(s->look.fill.alpha * s->opacity) : 0;
    entry->outline.alpha = outline ? (uint8_t)lround(s->look.outline.alpha * s->opacity) : 0;
}

static hot_status looks_join(reader *r)
{
    for (size_t i = 0; i < r->legend.n; i++) {
        if (!r->wanted[i]) continue;
        size_t s = 0;
        while (s < r->n_symbols && strcmp(r->symbols[s].name, r->wanted[i]) != 0) s++;
        if (s == r->n_symbols)
            return hot_fail(r->error, HOT_INPUT,
                            "The style cannot be used: there is no symbol \"%s\".", r->wanted[i]);
        look_set(&r->legend.entry[i], &r->symbols[s]);
    }
    if (r->legend.n) return HOT_OK;
    return hot_fail(r->error, HOT_INPUT, "The style cannot be used: it has no class or symbol.");
}

static hot_status scan(reader *r, const char *qml, size_t length)
{
    static const GMarkupParser parser = {.start_element = element_begin,
                                         .end_element = element_end};
    GError *failure = NULL;
    if (length > (size_t)64 * 1024 * 1024)
        return hot_fail(r->error, HOT_INPUT, "The style cannot be used: it is larger than 64 MiB.");
    GMarkupParseContext *context =
        g_markup_parse_context_new(&parser, (GMarkupParseFlags)0, r, NULL);
    bool good = g_markup_parse_context_parse(context, qml, (gssize)length, &failure) &&
                g_markup_parse_context_end_parse(context, &failure);
    g_markup_parse_context_free(context);
    if (!good && r->status == HOT_OK)
        r->status = hot_fail(r->error, HOT_INPUT, "The style is not well-formed XML: %s.",
                             failure ? failure->message : "it ends early");
    g_clear_error(&failure);
    if (r->status == HOT_OK) single_add(r);
    if (r->status == HOT_OK) r->status = looks_join(r);
    return r->status;
}

hot_status hot_legend_read(const char *qml, size_t length, hot_legend *legend, hot_error *error)
{
    reader r = {.error = error};
    hot_status status = scan(&r, qml, length);
    for (size_t i = 0; i < r.legend.n; i++) hot_free(r.wanted[i]);
    for (size_t i = 0; i < r.n_symbols; i++) hot_free(r.symbols[i].name);
    hot_free(r.wanted);
    hot_free(r.symbols);
    if (status == HOT_OK)
        *legend = r.legend;
    else
        hot_legend_free(&r.legend);
    return status;
}

const hot_legend_entry *hot_legend_class(const hot_legend *legend, double value)
{
    for (size_t i = 0; i < legend->n; i++)
        if (legend->entry[i].value == value) return &legend->entry[i];
    return NULL;
}

void hot_legend_free(hot_legend *legend)
{
    for (size_t i = 0; i < legend->n; i++) hot_free(legend->entry[i].label);
    hot_free(legend->entry);
    *legend = (hot_legend){0};
}
