/** @file csv.c
 *  The town's incidents and population as CSV, with the rows that are damaged on purpose.
 */
#include <stdio.h>
#include <string.h>

#include "engine/town/text.h"

enum {
    FIELD = 96,
    ID = 0,
    FROM,
    TO,
    TYPE,
    EASTING,
    NORTHING,
    UPRN,
    ADDRESS,
    STREET,
    CASE,
    CLOSING,
    SOURCE,
    DATASET
};

typedef struct {
    char field[HOT_TOWN_COLUMNS][FIELD];
} row;

static const char header[] = "incident_id,occurred_from,occurred_to,type,easting,northing,uprn,"
                             "address,street,case_ref,closing_code,source,dataset\n";

/* What a damaged row has wrong: one field put in place of a good one. */
typedef enum { PUT, NO_PLACE, ZERO, SHORT, HEADER, AGAIN } damage_kind;
typedef struct {
    uint8_t month;
    uint16_t after; /* rows of the month */
    uint8_t kind, column;
    const char *text;
} damage;

static const damage damages[] = {
    {1, 40, PUT, FROM, "2024-02-30T14:10"},
    {1, 300, NO_PLACE, 0, ""},
    {2, 120, ZERO, 0, "0"},
    {4, 88, PUT, EASTING, "4O5312.4"},
    {4, 410, AGAIN, 0, ""},
    {6, 200, SHORT, 0, ""},
    {6, 260, NO_PLACE, 0, ""},
    {8, 333, HEADER, 0, ""},
    {9, 77, PUT, STREET, "Caf\xe9 Row"},
    {11, 150, PUT, FROM, "not known"},
    {13, 64, NO_PLACE, 0, ""},
    {14, 500, PUT, EASTING, "4054312.4"},
    {16, 210, PUT, NORTHING, "2543x9.0"},
    {17, 350, AGAIN, 0, ""},
    {18, 30, PUT, FROM, "2025-06-31T09:00"},
    {19, 444, PUT, NORTHING, ""},
    {20, 99, SHORT, 0, ""},
    {22, 280, ZERO, 0, "0"},
};
enum { DAMAGES = sizeof damages / sizeof damages[0] };

static void put_time(int32_t minutes, char *out)
{
    int32_t day = minutes / 1440, m = 0;
    while (m < HOT_TOWN_MONTHS && hot_town_month_day[m + 1] <= day) ++m;
    snprintf(out, FIELD, "%d-%02d-%02dT%02d:%02d", 2024 + m / 12, 1 + m % 12,
             1 + day - hot_town_month_day[m], minutes % 1440 / 60, minutes % 60);
}

static void put_metres(int32_t decimetres, int32_t origin, char *out)
{
    snprintf(out, FIELD, "%d.%d", origin + decimetres / 10, decimetres % 10);
}

static void put_address(const hot_town *town, const hot_town_place *place, char *out)
{
    const char *street = town->streets[place->street].name;
    if (place->flat)
        snprintf(out, FIELD, "Flat %d, %d %s", place->flat, place->number, street);
    else if (place->name)
        snprintf(out, FIELD, "%s, %d %s", place->name, place->number, street);
    else
        snprintf(out, FIELD, "%d %s", place->number, street);
}

/* An address and its number only where the incident is at the place, not in the street by it. */
static void put_place(const hot_town *town, const hot_town_incident *incident, row *out)
{
    const hot_town_place *place = &town->places[incident->place];
    put_metres(incident->at.x, HOT_TOWN_EAST, out->field[EASTING]);
    put_metres(incident->at.y, HOT_TOWN_NORTH, out->field[NORTHING]);
    bool open = place->kind == HOT_TOWN_OPEN;
    snprintf(out->field[STREET], FIELD, "%s",
             open ? place->name : town->streets[place->street].name);
    if (open || !incident->on_place) return;
    snprintf(out->field[UPRN], FIELD, "9999%08u", (unsigned)incident->place + 1);
    put_address(town, place, out->field[ADDRESS]);
}

/* What a log was closed as. Drawn from its number and not from the town's chances, so that a town
 * with codes is the town without them. Repeat victims are persons. */
static const char *closing_code(const hot_town_incident *incident)
{
    static const struct {
        uint32_t below; /* of 100 */
        const char *code;
    } codes[] = {{64, "ASB-NUIS"}, {85, "ASB-PERS"}, {94, "ASB-ENV"},
                 {97, "NOT-ASB"},  {98, "VOID"},     {100, "DUP-LOG"}};
    if (incident->type != 0) return "";
    if (incident->case_) return "ASB-PERS";
    uint32_t drawn = (incident->number * 2654435761u >> 8) % 100;
    size_t k = 0;
    while (drawn >= codes[k].below) ++k;
    return codes[k].code;
}

static row row_of(const hot_town *town, const hot_town_incident *incident, size_t month)
{
    row r = {{{0}}};
    snprintf(r.field[ID], FIELD, "TB%d-%06u", month < 12 ? 24 : 25, (unsigned)incident->number);
    put_time(incident->from, r.field[FROM]);
    put_time(incident->to, r.field[TO]);
    snprintf(r.field[TYPE], FIELD, "%s", hot_town_type[incident->type]);
    put_place(town, incident, &r);
    if (incident->case_) snprintf(r.field[CASE], FIELD, "C-%04d", incident->case_);
    snprintf(r.field[CLOSING], FIELD, "%s", closing_code(incident));
    snprintf(r.field[SOURCE], FIELD, "%s", incident->council ? "council" : "police");
    snprintf(r.field[DATASET], FIELD, "%s", HOT_TOWN_LABEL);
    return r;
}

/* A short row lacks the number, the address and the street. */
static hot_status write_row(const row *r, bool is_short, hot_town_text *text)
{
    for (size_t c = 0; c < HOT_TOWN_COLUMNS; ++c) {
        if (is_short && c >= UPRN && c <= STREET) continue;
        if (c) HOT_TRY(hot_town_text_add(text, ",", 1));
        HOT_TRY(hot_town_text_field(text, r->field[c]));
    }
    return hot_town_text_add(text, "\n", 1);
}

/* Damaged rows have identifiers of their own, so that they are no duplicates. */
static hot_status write_damaged(const damage *d, row r, hot_town_text *text)
{
    if (d->kind == HEADER) return hot_town_text_add(text, header, sizeof header - 1);
    if (d->kind != AGAIN)
        snprintf(r.field[ID], FIELD, "TB%d-9%05d", d->month < 12 ? 24 : 25, (int)(d - damages) + 1);
    if (d->kind == PUT) snprintf(r.field[d->column], FIELD, "%s", d->text);
    if (d->kind == PUT && d->column == FROM) snprintf(r.field[TO], FIELD, "%s", d->text);
    if (d->kind == NO_PLACE || d->kind == ZERO) {
        snprintf(r.field[EASTING], FIELD, "%s", d->text);
        snprintf(r.field[NORTHING], FIELD, "%s", d->text);
    }
    return write_row(&r, d->kind == SHORT, text);
}

static hot_status write_month(const hot_town *town, size_t month, hot_town_text *text)
{
    HOT_TRY(hot_town_text_add(text, header, sizeof header - 1));
    for (size_t i = town->month[month]; i < town->month[month + 1]; ++i) {
        row r = row_of(town, &town->incidents[i], month);
        HOT_TRY(write_row(&r, false, text));
        for (size_t d = 0; d < DAMAGES; ++d)
            if (damages[d].month == month && damages[d].after == i - town->month[month] + 1)
                HOT_TRY(write_damaged(&damages[d], r, text));
    }
    return HOT_OK;
}

hot_status hot_town_incidents_csv(const hot_town *town, size_t month, hot_town_text *text)
{
    if (month >= HOT_TOWN_MONTHS) return HOT_DOMAIN;
    hot_town_text made = {0};
    hot_status status = write_month(town, month, &made);
    if (status == HOT_OK)
        *text = made;
    else
        hot_town_text_free(&made);
    return status;
}

static const char map_types[] =
    "opening,closing,kind,note\n"
    ",ASB-PERS,personal,aimed at a person or a group\n"
    ",ASB-NUIS,nuisance,troubles the community\n"
    ",ASB-ENV,environmental,litter; graffiti; harm to surroundings\n"
    ",NOT-ASB,not ASB,closed as something else: left out and counted\n"
    ",VOID,void,opened in error: left out and counted\n"
    ",DUP*,duplicate log,another log has it: left out and counted\n"
    "Anti-social behaviour,,nuisance,not closed yet: by what it was opened as\n";

hot_status hot_town_map_types_csv(hot_town_text *text)
{
    return hot_town_text_add(text, map_types, sizeof map_types - 1);
}

hot_status hot_town_file_name(size_t month, char name[32])
{
    if (month >= HOT_TOWN_MONTHS) return HOT_DOMAIN;
    snprintf(name, 32, "%d-%02d-thornbeck.csv", 2024 + (int)month / 12, 1 + (int)month % 12);
    return HOT_OK;
}

static hot_status write_people(const hot_town_area *areas, size_t n, hot_town_text *text)
{
    HOT_TRY(hot_town_text_print(text, "code,name,people,dataset\n"));
    for (size_t i = 0; i < n; ++i) {
        HOT_TRY(hot_town_text_print(text, "%s,", areas[i].code));
        HOT_TRY(hot_town_text_field(text, areas[i].name));
        HOT_TRY(hot_town_text_print(text, ",%u,%s\n", (unsigned)areas[i].people, HOT_TOWN_LABEL));
    }
    return HOT_OK;
}

hot_status hot_town_population_csv(const hot_town_area *areas, size_t n, hot_town_text *text)
{
    hot_town_text made = {0};
    hot_status status = write_people(areas, n, &made);
    if (status == HOT_OK)
        *text = made;
    else
        hot_town_text_free(&made);
    return status;
}
