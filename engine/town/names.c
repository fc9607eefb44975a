/** @file names.c
 *  Street names: each building style has its own words and endings, and no name is given twice.
 */
#include <stdio.h>
#include <string.h>

#include "engine/town/parts.h"

enum { WORDS = 64, ENDINGS = 8 };

static const char *const words[HOT_TOWN_FIELDS][WORDS] = {
    [HOT_TOWN_OLD] = {"Swan",      "Tanner's", "Fish",     "Cordwainer", "Silver",   "Baker's",
                      "Chantry",   "Mercer",   "Malt",     "Friar's",    "Pudding",  "Saddle",
                      "Castle",    "Wool",     "Chandler", "Angel",      "Cooper's", "Almshouse",
                      "Guildhall", "Vine",     "Horse",    "Cross Keys", "Glover's", "Pump",
                      "Bell",      "Weaver's", "Dyer's",   "Water",      "Hart",     "Potter's",
                      "Ship",      "Barber's", "Lamb",     "Minster"},
    [HOT_TOWN_TERRACE] = {"Albert",    "Victoria",   "Alma",      "Inkerman",   "Balaclava",
                          "Gladstone", "Disraeli",   "Cobden",    "Bright",     "Peel",
                          "Russell",   "Palmerston", "Nelson",    "Wellington", "Trafalgar",
                          "Waterloo",  "Clarence",   "Cambridge", "Oxford",     "Brunswick",
                          "Hanover",   "Windsor",    "Osborne",   "Balmoral",   "Alfred",
                          "Edward",    "George",     "Arthur",    "Harold",     "Ernest",
                          "Florence",  "Alice",      "Beatrice",  "Louisa",     "Adelaide",
                          "Charlotte", "Stanley",    "Salisbury", "Derby",      "Granville",
                          "Lansdowne", "Milner",     "Kitchener", "Roberts",    "Ladysmith",
                          "Mafeking"},
    [HOT_TOWN_INTERWAR] = {"Beech",     "Elm",    "Oak",      "Ash",      "Lime",      "Chestnut",
                           "Sycamore",  "Maple",  "Rowan",    "Hawthorn", "Laburnum",  "Cedar",
                           "Poplar",    "Willow", "Acacia",   "Walnut",   "Hazel",     "Holly",
                           "Juniper",   "Larch",  "Linden",   "Magnolia", "Mulberry",  "Myrtle",
                           "Plane",     "Spruce", "Hornbeam", "Almond",   "Cherry",    "Cypress",
                           "Damson",    "Elder",  "Fir",      "Laurel",   "Lilac",     "Medlar",
                           "Pear Tree", "Pine",   "Quince",   "Redwood",  "Whitebeam", "Wisteria",
                           "Yew",       "Alder",  "Aspen",    "Birch"},
    [HOT_TOWN_ESTATE] = {"Keats",    "Byron",     "Shelley", "Wordsworth", "Coleridge",
                         "Tennyson", "Browning",  "Milton",  "Chaucer",    "Dryden",
                         "Marlowe",  "Herrick",   "Marvell", "Blake",      "Burns",
                         "Clare",    "Cowper",    "Hardy",   "Housman",    "Masefield",
                         "Brooke",   "Sassoon",   "Owen",    "Rossetti",   "Spenser",
                         "Southey",  "Goldsmith", "Gray",    "Herbert",    "Johnson",
                         "Kipling",  "Lovelace",  "Pope",    "Sidney",     "Swift",
                         "Vaughan"},
    [HOT_TOWN_MODERN] = {"Kingfisher",  "Heron",     "Teal",      "Mallard",   "Curlew",
                         "Plover",      "Lapwing",   "Sandpiper", "Redshank",  "Snipe",
                         "Avocet",      "Bittern",   "Moorhen",   "Coot",      "Grebe",
                         "Osprey",      "Kestrel",   "Merlin",    "Harrier",   "Goshawk",
                         "Nightingale", "Thrush",    "Wagtail",   "Wheatear",  "Whinchat",
                         "Bullfinch",   "Chaffinch", "Siskin",    "Fieldfare", "Dunlin",
                         "Godwit",      "Pintail",   "Shoveler",  "Wigeon",    "Gadwall",
                         "Dipper",      "Martin",    "Swallow",   "Nuthatch",  "Treecreeper",
                         "Jackdaw",     "Magpie"},
    [HOT_TOWN_WORKS] = {"Telford", "Brunel", "Stephenson", "Arkwright", "Boulton", "Darby",
                        "Newcomen", "Trevithick", "Smeaton", "Hargreaves", "Crompton", "Whitworth"},
    [HOT_TOWN_VILLAGE] = {"Church",  "Pond",   "Rectory", "Smithy",     "Orchard",
                          "Manor",   "Glebe",  "Chapel",  "Pound",      "Hall",
                          "Green",   "Well",   "Tithe",   "Home Farm",  "Dovecote",
                          "Paddock", "Forge",  "Bramble", "Sheepwash",  "Cuckoo",
                          "Hollow",  "Badger", "Rook",    "Honeysuckle"},
};

/* The first four for a street that goes on, the others for one that ends; a crescent when curved
 * and joined. */
static const char *const endings[HOT_TOWN_FIELDS][ENDINGS] = {
    [HOT_TOWN_OLD] = {"Street", "Lane", "Row", "Hill", "Yard", "Court", "Passage", "Alley"},
    [HOT_TOWN_TERRACE] = {"Street", "Road", "Terrace", "Crescent", "Place", "Square", "Grove",
                          "Villas"},
    [HOT_TOWN_INTERWAR] = {"Avenue", "Road", "Drive", "Crescent", "Grove", "Gardens", "Close",
                           "Rise"},
    [HOT_TOWN_ESTATE] = {"Road", "Way", "Avenue", "Crescent", "Close", "Walk", "Green", "Court"},
    [HOT_TOWN_MODERN] = {"Drive", "Way", "Road", "Crescent", "Close", "Mews", "Court", "Gardens"},
    [HOT_TOWN_WORKS] = {"Way", "Road", "Drive", "Avenue", "Court", "Park", "Close", "Yard"},
    [HOT_TOWN_VILLAGE] = {"Lane", "Hill", "Street", "Rise", "Close", "End", "Croft", "Yard"},
};

static size_t count_words(hot_town_style style)
{
    size_t n = 0;
    while (n < WORDS && words[style][n]) ++n;
    return n;
}

static size_t first_ending(int64_t length, bool dead_end, bool curved)
{
    if (dead_end && length < 2200) return 4;
    return curved ? 3 : 0;
}

void hot_town_name_street(hot_town_names *names, hot_town_street *street, int64_t length,
                          bool dead_end, bool curved)
{
    size_t style = street->style, n = count_words(street->style);
    size_t ending = first_ending(length, dead_end, curved);
    for (size_t tried = 0; tried < ENDINGS * n; ++tried) {
        size_t word = names->next[style];
        names->next[style] = (uint8_t)((word + 1) % n);
        size_t e =
            ending == 3 ? (3 + tried / n) % ENDINGS : (ending + (word + tried / n) % 4) % ENDINGS;
        if (ending == 0 && e == 3) e = 0;
        if (tried >= 4 * n) e = tried / n % ENDINGS;
        if (names->used[style][word][e]) continue;
        names->used[style][word][e] = 1;
        snprintf(street->name, sizeof street->name, "%s %s", words[style][word], endings[style][e]);
        return;
    }
    snprintf(street->name, sizeof street->name, "Lane %zu", street->line.first);
}

size_t hot_town_street_named(const hot_town *town, const char *name)
{
    size_t s = 0;
    while (s < town->n_streets && strcmp(town->streets[s].name, name) != 0) ++s;
    return s;
}
