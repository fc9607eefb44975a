/* Likely mistakes, and the option that would mend each. */
#include <stdio.h>

#include "layers/judge_parts.h"

static const struct {
    const char *name, *about, *mend;
} kinds[HOT_HINTS + 1] = {
    [HOT_HINT_MONTH_FIRST] = {"month_first",
                              "have no date as read, but one if the month comes first (as in the "
                              "United States); the other rows are then read wrongly too",
                              "--date-format MDY"},
    [HOT_HINT_DAY_FIRST] = {"day_first", "have no date as read, but one if the day comes first",
                            "--date-format DMY"},
    [HOT_HINT_THOUSANDS] = {"thousands", "have numbers with separators of thousands (425,100)",
                            "export the numbers again without separators of thousands"},
    [HOT_HINT_DECIMAL_COMMA] = {"decimal_comma", "have numbers with a decimal comma (51,5)",
                                "export the numbers again with a decimal point"},
    [HOT_HINT_SWAPPED] = {"swapped_axes", "have their two coordinates exchanged", NULL},
    [HOT_HINT_DEGREES] = {"degrees_in_metres", "have degrees in columns of metres",
                          "--input-crs EPSG:4326"},
    [HOT_HINT_GRID_METRES] = {"metres_in_degrees",
                              "have metres of the British National Grid in columns of degrees",
                              "--input-crs EPSG:27700"},
    [HOT_HINT_MERCATOR] = {"web_mercator",
                           "look like Web Mercator, the system of web maps, not the one they were "
                           "read in",
                           "--input-crs EPSG:3857"},
    [HOT_HINT_UTM] = {"utm", "look like UTM zone 30 north, not the system they were read in",
                      "--input-crs EPSG:32630"},
    [HOT_HINT_KILOMETRES] = {"kilometres",
                             "have kilometres, or full stops as separators of thousands (404.000), "
                             "in columns of metres",
                             "export the numbers again in metres and without separators"},
    [HOT_HINTS] = {"far_outside",
                   "lie more than 10 km outside the study area, which is most of them",
                   "check that the coordinate system is right (--input-crs) and that these are the "
                   "right areas (--areas)"},
};

const char *hot_mistake_name(hot_hint hint)
{
    return hint <= HOT_HINTS ? kinds[hint].name : "";
}

/** A column's name as an option's value. */
static bool is_simple(const char *name)
{
    for (const char *c = name; *c; c++)
        if (*c == '"' || *c == '$' || *c == '`' || *c == '\\' || (unsigned char)*c < ' ')
            return false;
    return *name && *name != '(';
}

static void mend_swapped(const hot_input *in, char *mend, size_t room)
{
    if (is_simple(in->x_name) && is_simple(in->y_name))
        snprintf(mend, room, "--x \"%.80s\" --y \"%.80s\"", in->y_name, in->x_name);
    else
        snprintf(mend, room, "exchange the two coordinates where the file comes from");
}

static void add(hot_judgement *j, hot_hint hint, uint64_t rows, const hot_input *in)
{
    hot_mistake *m = &j->mistakes[j->n_mistakes++];
    *m = (hot_mistake){.hint = hint, .rows = rows, .about = kinds[hint].about};
    if (kinds[hint].mend)
        snprintf(m->mend, sizeof m->mend, "%s", kinds[hint].mend);
    else
        mend_swapped(in, m->mend, sizeof m->mend);
}

void hot_judge_mistakes(const hot_study *s, hot_judgement *j)
{
    const hot_loaded *l = &s->loaded;
    for (int h = 0; h < HOT_HINTS; h++) {
        uint64_t rows = 0;
        const hot_input *first = NULL;
        for (size_t k = 0; k < l->n_inputs; k++) {
            rows += l->inputs[k].hints[h];
            if (!first && l->inputs[k].hints[h]) first = &l->inputs[k];
        }
        if (rows) add(j, (hot_hint)h, rows, first);
    }
    if (j->outside[3] * 2 > j->rows) add(j, HOT_HINTS, j->outside[3], NULL);
}
