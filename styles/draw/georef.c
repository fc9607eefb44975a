#include "styles/draw/georef.h"

#include <stdio.h>

#include "engine/base/number.h"

hot_status hot_world_file(const hot_view *v, hot_bytes *out)
{
    const double lines[6] = {v->m_per_px,
                             0,
                             0,
                             -v->m_per_px,
                             v->west + (0.5 - v->x) * v->m_per_px,
                             v->north - (0.5 - v->y) * v->m_per_px};
    for (int i = 0; i < 6; i++) {
        char text[40];
        size_t n = hot_number_format(lines[i], text);
        text[n++] = '\n';
        HOT_TRY(hot_bytes_add(out, text, n));
    }
    return HOT_OK;
}

hot_status hot_aux_xml(int epsg, hot_bytes *out)
{
    char text[128];
    if (epsg <= 0) return HOT_OK;
    snprintf(text, sizeof text,
             "<PAMDataset><SRS dataAxisToSRSAxisMapping=\"1,2\">EPSG:%d</SRS></PAMDataset>\n",
             epsg);
    return hot_bytes_add_text(out, text);
}
