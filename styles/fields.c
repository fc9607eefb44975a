#include "styles/fields.h"

#include <stdio.h>
#include <string.h>

#include "layers/write/inert.h"
#include "styles/qml.h"

static const char last[] = "</qgis>";

/** QGIS shows every digit of a real number unless told: shares of 0.07016706443914081. */
static const char to_four_places[] = "\"><editWidget type=\"Range\"><config><Option type=\"Map\">"
                                     "<Option name=\"AllowNull\" type=\"bool\" value=\"true\"/>"
                                     "<Option name=\"Precision\" type=\"int\" value=\"4\"/>"
                                     "<Option name=\"Style\" type=\"QString\" value=\"SpinBox\"/>"
                                     "</Option></config></editWidget></field>\n";

static hot_status add_widgets(const hot_layer *l, hot_bytes *qml)
{
    HOT_TRY(hot_bytes_add_text(qml, " <fieldConfiguration>\n"));
    for (size_t k = 0; k < l->n_columns; k++) {
        if (l->values[k].column.type != HOT_REAL) continue;
        HOT_TRY(hot_bytes_add_text(qml, "  <field name=\""));
        HOT_TRY(hot_inert_xml(qml, l->values[k].column.name));
        HOT_TRY(hot_bytes_add_text(qml, to_four_places));
    }
    return hot_bytes_add_text(qml, " </fieldConfiguration>\n");
}

static hot_status add_aliases(const hot_layer *l, hot_bytes *qml)
{
    HOT_TRY(hot_bytes_add_text(qml, " <aliases>\n"));
    for (size_t k = 0; k < l->n_columns; k++) {
        char index[48];
        snprintf(index, sizeof index, "\" index=\"%zu\" name=\"", k);
        HOT_TRY(hot_bytes_add_text(qml, "  <alias field=\""));
        HOT_TRY(hot_inert_xml(qml, l->values[k].column.name));
        HOT_TRY(hot_bytes_add_text(qml, index));
        HOT_TRY(hot_inert_xml(qml, l->values[k].column.alias));
        HOT_TRY(hot_bytes_add_text(qml, "\"/>\n"));
    }
    return hot_bytes_add_text(qml, " </aliases>\n");
}

/** A layer's own style, else the one it is declared with: context_roads before context. */
static const char *base_of(const hot_layer *l)
{
    if (l->declared->geometry == HOT_NO_GEOMETRY)
        return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
               "<qgis version=\"3.22.0\" styleCategories=\"Fields|Forms\">\n</qgis>\n";
    const char *own = hot_style_bytes(l->name, NULL);
    return own ? own : hot_style_bytes(l->declared->style, NULL);
}

hot_status hot_style_of(const hot_layer *layer, hot_bytes *qml)
{
    const char *base = base_of(layer), *end = base ? strstr(base, last) : NULL;
    if (!end) return HOT_OK;
    HOT_TRY(hot_bytes_add(qml, base, (size_t)(end - base)));
    HOT_TRY(add_widgets(layer, qml));
    HOT_TRY(add_aliases(layer, qml));
    return hot_bytes_add_text(qml, end);
}
