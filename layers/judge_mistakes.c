/* Likely mistakes, and the option that would mend each. */
#include <stdio.h>

#include "layers/judge_parts.h"

static const struct {
    const char *name, *about, *mend;
} kinds[HOT_MISTAKES] = {
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
    [HOT_MISTAKE_FAR_OUTSIDE] =
        {"far_outside", "lie more than 10 km outside the study area, which is most of them",
         "check that the coordinate system is right (--input-crs) and that these are the "
         "right areas (--areas)"},
    [HOT_MISTAKE_BEYOND] = {"beyond_system", NULL,
                            "--crs with the code of a system in metres that is used where they "
                            "lie, such as the UTM zone's"},
    [HOT_MISTAKE_IRISH] = {"irish",
                           "lie in Northern Ireland, where the British National Grid is not used "
                           "but the Irish Transverse Mercator grid is",
                           "--crs EPSG:2157"},
};

const char *hot_mistake_name(int kind)
{
    return kind >= 0 && kind < HOT_MISTAKES ? kinds[kind].name : "";
}

/** A column's name as an option's value. */
static bool is_simple(const char *name)
{
    for (const char *c = name; c && *c; c++)
        if (*c == '"' || *c == '$' || *c == '`' || *c == '\\' || (unsigned char)*c < ' ')
            return false;
    return name && *name;
}

static void mend_swapped(const hot_input *in, char *mend, size_t room)
{
    const char *x = in->taken[HOT_FOR_X], *y = in->taken[HOT_FOR_Y];
    if (is_simple(x) && is_simple(y))
        snprintf(mend, room, "--x \"%.80s\" --y \"%.80s\"", y, x);
    else
        snprintf(mend, room, "exchange the two coordinates where the file comes from");
}

static hot_mistake *add(hot_judgement *j, int kind, uint64_t rows)
{
    hot_mistake *m = &j->mistakes[j->n_mistakes++];
    *m = (hot_mistake){.kind = kind, .rows = rows};
    if (kinds[kind].about) snprintf(m->about, sizeof m->about, "%s", kinds[kind].about);
    if (kinds[kind].mend) snprintf(m->mend, sizeof m->mend, "%s", kinds[kind].mend);
    return m;
}

/* ---- where most of them lie ---- */

static bool holds(const hot_box *b, double x, double y)
{
    return x >= b->west && x <= b->east && y >= b->south && y <= b->north;
}

/** Rows out of range that no hint explains. */
static void judge_beyond(const hot_study *s, hot_judgement *j)
{
    const hot_loaded *l = &s->loaded;
    uint64_t rows = l->rejects[HOT_OUT_OF_RANGE], hinted = 0;
    for (size_t k = 0; k < j->n_mistakes; k++)
        if (j->mistakes[k].kind >= HOT_HINT_DEGREES) hinted += j->mistakes[k].rows;
    rows = rows > hinted ? rows - hinted : 0;
    if (rows * 2 <= l->read) return;
    hot_mistake *m = add(j, HOT_MISTAKE_BEYOND, rows);
    snprintf(m->about, sizeof m->about, "lie far from where EPSG:%d (%.100s) is used", s->epsg,
             s->crs.name);
}

/** Northern Ireland on the British National Grid's sheet, where nothing of Great Britain lies. */
static void judge_irish(const hot_study *s, const uint64_t *at_point, hot_judgement *j)
{
    static const hot_box north = {0, 450e3, 190e3, 605e3};
    const hot_points *p = &s->loaded.points;
    uint64_t rows = 0;
    if (s->epsg != 27700) return;
    for (size_t k = 0; k < p->n; k++)
        if (holds(&north, p->x[k], p->y[k])) rows += at_point[k];
    if (rows * 2 > j->rows) add(j, HOT_MISTAKE_IRISH, rows);
}

void hot_judge_mistakes(const hot_study *s, const uint64_t *at_point, hot_judgement *j)
{
    const hot_loaded *l = &s->loaded;
    for (int h = 0; h < HOT_HINTS; h++) {
        uint64_t rows = 0;
        const hot_input *first = NULL;
        for (size_t k = 0; k < l->n_inputs; k++) {
            rows += l->inputs[k].hints[h];
            if (!first && l->inputs[k].hints[h]) first = &l->inputs[k];
        }
        if (!first) continue; /* no row */
        hot_mistake *m = add(j, h, rows);
        if (h == HOT_HINT_SWAPPED) mend_swapped(first, m->mend, sizeof m->mend);
    }
    judge_beyond(s, j);
    judge_irish(s, at_point, j);
    if (j->outside[3] * 2 > j->rows) add(j, HOT_MISTAKE_FAR_OUTSIDE, j->outside[3]);
}
