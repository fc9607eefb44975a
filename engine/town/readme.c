/** @file readme.c
 *  README.txt of the town's folder.
 */
#include "engine/town/text.h"

static const char opening[] =
    "THORNBECK: A FICTIONAL TOWN (FICTIONAL hotbeat sample)\n"
    "\n"
    "Thornbeck does not exist. Nobody in it exists, and nothing in these files happened. Its\n"
    "streets, homes, people, incidents, case references and UPRNs were made by a computer program\n"
    "so that hotbeat can be shown and tested without anyone's personal data. It is placed on the\n"
    "British National Grid (EPSG:27700) at 400000 east, 250000 north; whatever is there in truth\n"
    "has nothing to do with it. The UPRNs begin with 9999, which is not issued.\n"
    "Every row says \"" HOT_TOWN_LABEL "\" in its column dataset.\n"
    "\n"
    "FILES\n"
    "\n"
    "  incidents/2024-01-thornbeck.csv ... 2025-12-thornbeck.csv   one file a month, 24 in all\n"
    "  town.gpkg              wards, beats, streets, water, parks, railway, places\n"
    "  population-ward.csv    people by ward (one ward, the industrial park, has none)\n"
    "  population-beat.csv    people by beat\n"
    "  map-types.csv          which kind of ASB each closing code is: an example for --map-types\n"
    "  README.txt             this page\n"
    "\n"
    "Times are local (Europe/London). Where address and uprn are empty, the place is open space "
    "or\n"
    "the street itself, and the coordinates are all there is.\n"
    "\n";

static const char planted[] =
    "\n"
    "WHAT WAS PLANTED, FOR YOU TO FIND\n"
    "\n"
    "  High Street and Market Place  nights out: Friday and Saturday, 21:00 to 03:00\n"
    "  Station Forecourt             school days, 15:00 to 18:00; quiet in the holidays\n"
    "  Priory Park                   summer evenings, 18:00 to 23:00\n"
    "  Larkfield Parade              half as much ASB again in 2025 as in 2024\n"
    "  Millbrook Road                ASB falls to a third after June 2025\n"
    "  Burglary                      often followed by another within 200 m and 14 days\n"
    "  Burglary and vehicle crime    seen hours later: occurred_from and occurred_to differ\n"
    "  12 repeat victims             3 to 9 reports each under one case_ref, C-0001 to C-0012\n"
    "  The seasons                   more ASB in summer, more burglary in winter\n"
    "  Beats and wards               three wards are each cut between two beats\n"
    "\n"
    "WHAT WAS DAMAGED, ON PURPOSE\n"
    "\n";

static const char commands[] =
    "\n"
    "THREE COMMANDS TO TRY, in this folder\n"
    "\n"
    "  hotbeat check incidents/*.csv\n"
    "\n"
    "  hotbeat run incidents/*.csv \\\n"
    "      --areas ward=town.gpkg:wards --areas beat=town.gpkg:beats \\\n"
    "      --population ward=population-ward.csv --population beat=population-beat.csv \\\n"
    "      --context roads=town.gpkg:streets --context water=town.gpkg:water \\\n"
    "      --type \"Anti-social behaviour\" --from 2025-01 --to 2025-12 --out result/\n"
    "\n"
    "  hotbeat nearrepeat incidents/*.csv --areas ward=town.gpkg:wards \\\n"
    "      --type Burglary --out burglary/\n";

static hot_status write_figures(const hot_town *town, hot_town_text *text)
{
    HOT_TRY(hot_town_text_print(text,
                                "FIGURES (seed %llu)\n\n"
                                "  %u people, %d wards, %d beats, %zu streets, %zu places\n"
                                "  %zu good rows of incidents, January 2024 to December 2025:\n",
                                (unsigned long long)town->seed, (unsigned)town->people,
                                HOT_TOWN_WARDS, HOT_TOWN_BEATS, town->n_streets, town->n_places,
                                town->n_incidents));
    for (size_t t = 0; t < HOT_TOWN_TYPES; ++t)
        HOT_TRY(hot_town_text_print(text, "  %7zu  %s\n", town->by_type[t], hot_town_type[t]));
    return HOT_OK;
}

static hot_status write_damage(const hot_town *town, hot_town_text *text)
{
    static const struct {
        int rows;
        const char *reason, *what;
    } reasons[] = {
        {HOT_TOWN_BAD_FIELD_COUNT, "field_count", "three columns are missing"},
        {HOT_TOWN_BAD_UTF8, "bad_utf8", "a street name in another encoding"},
        {HOT_TOWN_BAD_HEADER_REPEATED, "header_repeated", "the header again, in mid-file"},
        {HOT_TOWN_BAD_DATE, "bad_date", "30 February, 31 June, \"not known\""},
        {HOT_TOWN_BAD_NO_COORDINATES, "no_coordinates", "easting or northing empty"},
        {HOT_TOWN_BAD_NUMBER, "bad_number", "a letter in a coordinate"},
        {HOT_TOWN_BAD_ZERO_ISLAND, "zero_island", "easting 0, northing 0"},
        {HOT_TOWN_BAD_OUT_OF_RANGE, "out_of_range", "an easting ten times too large"},
    };
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; ++i)
        HOT_TRY(hot_town_text_print(text, "  %2d  %-16s %s\n", reasons[i].rows, reasons[i].reason,
                                    reasons[i].what));
    return hot_town_text_print(text,
                               "  %2d  rejected in all\n"
                               "  %2d  duplicates: a row repeated byte for byte\n"
                               "\n"
                               "So hotbeat reads %zu rows and accepts %zu.\n",
                               HOT_TOWN_REJECTED, HOT_TOWN_DUPLICATES,
                               town->n_incidents + HOT_TOWN_REJECTED + HOT_TOWN_DUPLICATES,
                               town->n_incidents);
}

static hot_status write_all(const hot_town *town, hot_town_text *text)
{
    HOT_TRY(hot_town_text_add(text, opening, sizeof opening - 1));
    HOT_TRY(write_figures(town, text));
    HOT_TRY(hot_town_text_add(text, planted, sizeof planted - 1));
    HOT_TRY(write_damage(town, text));
    return hot_town_text_add(text, commands, sizeof commands - 1);
}

hot_status hot_town_readme(const hot_town *town, hot_town_text *text)
{
    hot_town_text made = {0};
    hot_status status = write_all(town, &made);
    if (status == HOT_OK)
        *text = made;
    else
        hot_town_text_free(&made);
    return status;
}
