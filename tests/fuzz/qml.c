/* Any bytes as a QGIS style: a legend whose classes can be found and drawn, or a sentence. */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "styles/legend.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds) abort();
}

static void entry_holds(const hot_legend *legend, size_t i)
{
    const hot_legend_entry *e = &legend->entry[i];
    must(e->label != NULL && !isnan(e->value));
    must(hot_legend_class(legend, e->value) == e);
    must(e->size_mm >= 0 && e->size_mm <= 1000 && e->outline_mm >= 0 && e->outline_mm <= 1000);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hot_legend legend = {0};
    hot_error error = {{0}};
    hot_status status = hot_legend_read(size ? (const char *)data : "", size, &legend, &error);
    if (status == HOT_OK) {
        must(legend.n > 0);
        for (size_t i = 0; i < legend.n; i++) entry_holds(&legend, i);
    } else {
        must(status == HOT_INPUT && error.text[0] && legend.n == 0 && !legend.entry);
    }
    hot_legend_free(&legend);
    return 0;
}
