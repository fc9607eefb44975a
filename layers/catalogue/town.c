/** @file town.c
 *  The fictional town's boundaries and context as layers.
 */
#include "layers/catalogue/town.h"

#define FICTIONAL     " FICTIONAL: Thornbeck does not exist, nor anybody or anything in it."
#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

enum { WARDS, BEATS, STREETS, WATER, PARKS, RAILWAY, PLACES };

static const hot_column area_columns[] = {
    {"code", HOT_TEXT, "Code", "", "The area's code."},
    {"name", HOT_TEXT, "Name", "", "The area's name."},
    {"parent", HOT_TEXT, "District", "", "The district it belongs to."},
};
static const hot_column street_columns[] = {
    {"name", HOT_TEXT, "Name", "", "The street's name."},
    {"class", HOT_TEXT, "Class", "", "main, street, lane or path."},
};
static const hot_column name_columns[] = {
    {"name", HOT_TEXT, "Name", "", "Its name."},
};
static const hot_column place_columns[] = {
    {"name", HOT_TEXT, "Name", "", "The place's name, for a map."},
    {"kind", HOT_TEXT, "Kind", "", "town, village, district or landmark."},
};

static const hot_code street_classes[] = {
    {"main", "Main road"}, {"street", "Street"}, {"lane", "Lane"}, {"path", "Path"}};
static const hot_code place_kinds[] = {
    {"town", "Town"}, {"village", "Village"}, {"district", "District"}, {"landmark", "Landmark"}};
static const hot_coding street_codings[] = {HOT_CODING("class", street_classes)};
static const hot_coding place_codings[] = {HOT_CODING("kind", place_kinds)};

#define LAYER(layer, shape, heading, said, cols, coded, n_coded)                                   \
    {                                                                                              \
        .name = (layer), .geometry = (shape), .title = "FICTIONAL " heading,                       \
        .about = said FICTIONAL, .citation = "", .columns = (cols), .n_columns = LENGTH(cols),     \
        .codings = (coded), .n_codings = (n_coded),                                                \
    }

const hot_declaration hot_town_layers[HOT_TOWN_LAYERS] = {
    [WARDS] = LAYER("wards", HOT_POLYGON, "wards of Thornbeck",
                    "Wards; together they are the study area.", area_columns, NULL, 0),
    [BEATS] = LAYER("beats", HOT_POLYGON, "police beats of Thornbeck",
                    "Police beats; some wards are cut between two.", area_columns, NULL, 0),
    [STREETS] = LAYER("streets", HOT_LINE, "streets of Thornbeck",
                      "Middle lines of streets and lanes.", street_columns, street_codings, 1),
    [WATER] = LAYER("water", HOT_POLYGON, "river and brook of Thornbeck", "Water.", name_columns,
                    NULL, 0),
    [PARKS] = LAYER("parks", HOT_POLYGON, "parks of Thornbeck", "Parks and open spaces.",
                    name_columns, NULL, 0),
    [RAILWAY] =
        LAYER("railway", HOT_LINE, "railway of Thornbeck", "The railway.", name_columns, NULL, 0),
    [PLACES] = LAYER("places", HOT_POINT, "place names of Thornbeck", "Names for a map.",
                     place_columns, place_codings, 1),
};

/* Decimetres to metres: a division that rounds the same way everywhere. */
static double east(hot_town_point p)
{
    return HOT_TOWN_EAST + (double)p.x / 10;
}

static double north(hot_town_point p)
{
    return HOT_TOWN_NORTH + (double)p.y / 10;
}

static hot_status add_line(const hot_town *town, hot_town_line line, hot_shapes *shapes)
{
    for (size_t i = 0; i < line.count; ++i) {
        hot_town_point p = town->points.at[line.first + i];
        HOT_TRY(hot_shapes_add(shapes, east(p), north(p)));
    }
    HOT_TRY(hot_shapes_end_ring(shapes));
    HOT_TRY(hot_shapes_end_part(shapes));
    return hot_shapes_end(shapes);
}

static hot_status begin(hot_result *result, size_t which, size_t n, hot_layer **layer)
{
    *layer = hot_result_add(result);
    if (!*layer) return HOT_MEMORY;
    return hot_layer_new(&hot_town_layers[which], NULL, NULL, n, *layer);
}

static hot_status add_areas(const hot_town *town, const hot_town_area *areas, size_t n,
                            size_t which, hot_result *result)
{
    hot_layer *layer;
    HOT_TRY(begin(result, which, n, &layer));
    for (size_t i = 0; i < n; ++i) {
        HOT_TRY(hot_layer_set_text(layer, "code", i, areas[i].code));
        HOT_TRY(hot_layer_set_text(layer, "name", i, areas[i].name));
        HOT_TRY(hot_layer_set_text(layer, "parent", i, areas[i].parent));
        HOT_TRY(add_line(town, areas[i].ring, &layer->shapes));
    }
    return HOT_OK;
}

static hot_status add_streets(const hot_town *town, hot_result *result)
{
    static const char *const class_name[] = {"main", "street", "lane", "path"};
    hot_layer *layer;
    HOT_TRY(begin(result, STREETS, town->n_streets, &layer));
    for (size_t i = 0; i < town->n_streets; ++i) {
        const hot_town_street *street = &town->streets[i];
        HOT_TRY(hot_layer_set_text(layer, "name", i, street->name));
        HOT_TRY(hot_layer_set_text(layer, "class", i, class_name[street->class_]));
        HOT_TRY(add_line(town, street->line, &layer->shapes));
    }
    return HOT_OK;
}

static hot_status add_features(const hot_town *town, const hot_town_feature *features, size_t n,
                               size_t which, hot_result *result)
{
    hot_layer *layer;
    HOT_TRY(begin(result, which, n, &layer));
    for (size_t i = 0; i < n; ++i) {
        HOT_TRY(hot_layer_set_text(layer, "name", i, features[i].name));
        HOT_TRY(add_line(town, features[i].line, &layer->shapes));
    }
    return HOT_OK;
}

static hot_status add_places(const hot_town *town, hot_result *result)
{
    hot_layer *layer;
    HOT_TRY(begin(result, PLACES, town->n_marks, &layer));
    for (size_t i = 0; i < town->n_marks; ++i) {
        HOT_TRY(hot_layer_set_text(layer, "name", i, town->marks[i].name));
        HOT_TRY(hot_layer_set_text(layer, "kind", i, town->marks[i].kind));
        layer->x[i] = east(town->marks[i].at);
        layer->y[i] = north(town->marks[i].at);
    }
    return HOT_OK;
}

static hot_status add_all(const hot_town *town, hot_result *result)
{
    HOT_TRY(add_areas(town, town->wards, HOT_TOWN_WARDS, WARDS, result));
    HOT_TRY(add_areas(town, town->beats, HOT_TOWN_BEATS, BEATS, result));
    HOT_TRY(add_streets(town, result));
    HOT_TRY(add_features(town, town->waters, town->n_waters, WATER, result));
    HOT_TRY(add_features(town, town->parks, town->n_parks, PARKS, result));
    HOT_TRY(add_features(town, town->rails, town->n_rails, RAILWAY, result));
    return add_places(town, result);
}

hot_status hot_town_result(const hot_town *town, hot_result *result)
{
    hot_result made = {.epsg = HOT_TOWN_EPSG};
    hot_status status = add_all(town, &made);
    if (status == HOT_OK)
        *result = made;
    else
        hot_result_free(&made);
    return status;
}
