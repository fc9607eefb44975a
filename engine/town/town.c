/** @file town.c
 *  The order in which the town is made, and its end.
 */
#include "engine/town/parts.h"

static hot_status settle(hot_town *town, hot_town_index *index)
{
    HOT_TRY(hot_town_make_plan(town));
    HOT_TRY(hot_town_make_areas(town));
    HOT_TRY(hot_town_make_streets(town, index));
    HOT_TRY(hot_town_make_places(town, index));
    return hot_town_make_incidents(town);
}

hot_status hot_town_new(uint64_t seed, hot_town *town)
{
    hot_town made = {.seed = seed};
    hot_town_index index;
    HOT_TRY(hot_town_index_new(&index));
    hot_status status = settle(&made, &index);
    hot_town_index_free(&index);
    if (status == HOT_OK)
        *town = made;
    else
        hot_town_free(&made);
    return status;
}

void hot_town_free(hot_town *town)
{
    hot_free(town->points.at);
    hot_free(town->streets);
    hot_free(town->waters);
    hot_free(town->parks);
    hot_free(town->rails);
    hot_free(town->courses);
    hot_free(town->bridges);
    hot_free(town->wards);
    hot_free(town->beats);
    hot_free(town->marks);
    hot_free(town->places);
    hot_free(town->incidents);
    *town = (hot_town){0};
}
