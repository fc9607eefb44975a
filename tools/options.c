#include "tools/options.h"

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "layers/catalogue/catalogue.h"
#include "tools/plain.h"

/* Lines of a table are longer than lines of code may be. */
/* clang-format off */
static const hot_option common[] = {
    {"areas", HOT_OPTION_SOURCE, "NAME=FILE", NULL, NULL, "Input", "an area set: NAME=FILE[:LAYER][,code=FIELD][,name=FIELD][,parent=FIELD+...][,group=FIELD][,crs=EPSG:CODE] (parent: what it is part of, and that of what; group: areas that are alike; crs where the file does not say, or says it wrong); give it once for each set, the first bounds the study area", false},
    {"study", HOT_OPTION_TEXT, "NAME", NULL, NULL, "Input", "the area set that bounds the study area", false},
    {"population", HOT_OPTION_SOURCE, "NAME=FILE", NULL, NULL, "Input", "residents of an area set, from a CSV file: NAME=FILE[,code=FIELD][,people=FIELD]; with ,per=TEXT another denominator, such as people=visits,per=1000 visitors or people=km,per=km of street; ,year=FIELD where it has residents for several years", false},
    {"join", HOT_OPTION_SOURCE, "NAME=FILE", NULL, NULL, "Input", "columns of any table, joined to an area set by code: NAME=FILE[:LAYER][,code=FIELD][,columns=FIELD+...]", false},
    {"context", HOT_OPTION_SOURCE, "NAME=FILE", NULL, NULL, "Input", "roads, water, parks to draw quietly underneath", false},
    {"type", HOT_OPTION_LIST, "TEXT", NULL, NULL, "Input", "only incidents of this type; case does not matter, * stands for any text", false},
    {"exclude-type", HOT_OPTION_LIST, "TEXT", NULL, NULL, "Input", "no incidents of this type", false},
    {"from", HOT_OPTION_TEXT, "DATE", NULL, NULL, "Input", "first date: YYYY, YYYY-MM or YYYY-MM-DD", false},
    {"to", HOT_OPTION_TEXT, "DATE", NULL, NULL, "Input", "last date, itself included", false},
    {"input-crs", HOT_OPTION_TEXT, "EPSG:CODE", NULL, NULL, "Input", "coordinate system of the input, whatever its columns are called; geodata that says its own keeps it", false},
    {"zone", HOT_OPTION_TEXT, "ZONE", "Europe/London", NULL, "Input", "time zone for times with an offset or Z", false},
    {"x", HOT_OPTION_TEXT, "COLUMN", NULL, NULL, "Columns, where they are not recognised", "easting or longitude", false},
    {"y", HOT_OPTION_TEXT, "COLUMN", NULL, NULL, "Columns, where they are not recognised", "northing or latitude", false},
    {"date", HOT_OPTION_TEXT, "COLUMN", NULL, NULL, "Columns, where they are not recognised", "date, or date and time", false},
    {"date-format", HOT_OPTION_TEXT, "FORMAT", NULL, NULL, "Columns, where they are not recognised", "how dates are written: DMY (31/01/2025, what is expected), MDY (01/31/2025), YMD, or a pattern such as \"%d/%m/%Y %H:%M\"", false},
    {"gridref", HOT_OPTION_TEXT, "COLUMN", NULL, NULL, "Columns, where they are not recognised", "Ordnance Survey grid reference, in place of x and y", false},
    {"time-from", HOT_OPTION_TEXT, "COLUMN", NULL, NULL, "Columns, where they are not recognised", "when it began", false},
    {"time-to", HOT_OPTION_TEXT, "COLUMN", NULL, NULL, "Columns, where they are not recognised", "when it ended", false},
    {"category", HOT_OPTION_TEXT, "COLUMN", NULL, NULL, "Columns, where they are not recognised", "type of incident", false},
    {"id", HOT_OPTION_TEXT, "COLUMN", NULL, NULL, "Columns, where they are not recognised", "identifier of the incident", false},
    {"place", HOT_OPTION_TEXT, "COLUMN", NULL, NULL, "Columns, where they are not recognised", "key of the place: UPRN or address", false},
    {"case", HOT_OPTION_TEXT, "COLUMN", NULL, NULL, "Columns, where they are not recognised", "key of the case or victim", false},
    {"weight", HOT_OPTION_TEXT, "COLUMN", NULL, NULL, "Columns, where they are not recognised", "weight of the incident; sums of weights stand beside the counts of areas and places", false},
    {"crs", HOT_OPTION_TEXT, "EPSG:CODE", "EPSG:27700", NULL, "Analysis", "coordinate system of the analysis, in metres", false},
    {"grid", HOT_OPTION_FILE, "FILE", NULL, NULL, "Analysis", "a PROJ grid such as OSTN15, for machines without network", false},
    {"require-ostn15", HOT_OPTION_FLAG, NULL, NULL, NULL, "Analysis", "fail unless positions are good to 1.5 m", false},
    {"cell", HOT_OPTION_METRES, "DISTANCE", "50m", NULL, "Analysis", "side of a cell", false},
    {"bandwidth", HOT_OPTION_METRES, "DISTANCE", NULL, NULL, "Analysis", "how far an incident is felt: the kernel's radius (default 200m; 250m on anonymised map points)", false},
    {"kernel", HOT_OPTION_CHOICE, "NAME", "quartic", "quartic|uniform|triangular|epanechnikov|triweight|gaussian", "Analysis", "shape of the kernel", false},
    {"seed", HOT_OPTION_COUNT, "N", "1", NULL, "Analysis", "what is drawn by chance (permutations) is drawn from; another seed draws otherwise", false},
    {"threads", HOT_OPTION_COUNT, "N", "0", NULL, "Analysis", "threads (default: all processors); the result is the same", true},
    {"maps", HOT_OPTION_CHOICE, "WHICH", "all", "all|overview|none", "Output", "page maps: all, overview or none", false},
    {"incidents", HOT_OPTION_CHOICE, "yes|no", "yes", "yes|no", "Output", "whether the GeoPackage holds the incidents themselves", false},
    {"profile", HOT_OPTION_CHOICE, "WHO", NULL, "internal|partner|public", "Output", "who the output is for: internal (partner and public come with disclosure control)", false},
    {"marking", HOT_OPTION_TEXT, "TEXT", NULL, NULL, "Output", "protective marking on every page", false},
    {"title", HOT_OPTION_TEXT, "TEXT", NULL, NULL, "Output", "title of the pages (default: the types)", false},
    {"source-line", HOT_OPTION_TEXT, "TEXT", NULL, NULL, "Output", "source and copyright line of the pages", false},
    {"show-places", HOT_OPTION_FLAG, NULL, NULL, NULL, "Output", "show repeat places on page maps", false},
    {"as-of", HOT_OPTION_TEXT, "DATE", NULL, NULL, "Output", "date that the files bear (default: the period's last day)", false},
    {"max-rejected", HOT_OPTION_SHARE, "SHARE", NULL, NULL, "Output", "exit with 3 when more of the rows than this were rejected, such as 5%", false},
};

static const hot_option everywhere[] = {
    {"progress", HOT_OPTION_CHOICE, "WHEN", "auto", "auto|always|never|json", "Messages", "progress on stderr: auto, always, never or json", true},
    {"quiet", HOT_OPTION_FLAG, NULL, NULL, NULL, "Messages", "no messages but errors", true},
};
/* clang-format on */

enum { FIRST_KEY = 1000, WIDTH = 256 };

static hot_status declare(const hot_command *c, hot_settings *s)
{
    if (c->analyses) {
        HOT_TRY(hot_settings_declare(s, common, sizeof common / sizeof *common));
        for (size_t k = 0; k < hot_catalogue_size; k++)
            HOT_TRY(
                hot_settings_declare(s, hot_catalogue[k]->options, hot_catalogue[k]->n_options));
    }
    HOT_TRY(hot_settings_declare(s, c->options, c->n_options));
    return hot_settings_declare(s, everywhere, sizeof everywhere / sizeof *everywhere);
}

/* ---- argp ---- */

/** Options as argp wants them, under the headings of their groups. */
static struct argp_option *argp_table(const hot_settings *s)
{
    struct argp_option *table = hot_new(2 * s->n + 1, sizeof *table);
    const char *group = NULL;
    int number = 0;
    for (size_t k = 0, to = 0; table && k < s->n; k++) {
        const hot_option *o = s->setting[k].option;
        if (!group || strcmp(group, o->group) != 0) {
            group = o->group;
            table[to++] = (struct argp_option){.doc = group, .group = ++number};
        }
        table[to++] = (struct argp_option){.name = o->name,
                                           .key = FIRST_KEY + (int)k,
                                           .arg = o->argument,
                                           .doc = o->about,
                                           .group = number};
    }
    return table;
}

typedef struct {
    hot_asked *asked;
    hot_error *error;
    hot_status status;
} parsing;

static error_t take(int key, char *value, struct argp_state *state)
{
    parsing *p = state->input;
    if (key == ARGP_KEY_ARG) {
        p->asked->path[p->asked->n_paths++] = value;
        return 0;
    }
    if (key < FIRST_KEY || (size_t)(key - FIRST_KEY) >= p->asked->settings.n)
        return ARGP_ERR_UNKNOWN;
    const hot_setting *s = &p->asked->settings.setting[key - FIRST_KEY];
    if (p->status == HOT_OK)
        p->status =
            hot_settings_set(&p->asked->settings, s->option->name, value ? value : "yes", p->error);
    return 0;
}

/** The option an argument names in full: abbreviations are refused, so that a new option never
 *  changes what an old script says. */
static const hot_option *named(const hot_settings *s, const char *argument)
{
    size_t n = strcspn(argument, "=");
    for (size_t k = 0; k < s->n; k++) {
        const hot_option *o = s->setting[k].option;
        if (strlen(o->name) == n && strncmp(o->name, argument, n) == 0) return o;
    }
    return NULL;
}

/** How many letters must change to make one word the other, for "did you mean". */
static size_t letters_apart(const char *a, size_t n, const char *b)
{
    size_t m = strlen(b), row[64];
    if (n > 60 || m > 60) return 99;
    for (size_t j = 0; j <= m; j++) row[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t change = corner + (a[i - 1] != b[j - 1]);
            corner = row[j];
            size_t best = row[j] + 1 < row[j - 1] + 1 ? row[j] + 1 : row[j - 1] + 1;
            row[j] = change < best ? change : best;
        }
    }
    return row[m];
}

static hot_status not_named(const hot_command *c, const hot_settings *s, const char *argument,
                            hot_error *error)
{
    size_t n = strcspn(argument, "="), best = 3;
    const char *meant = NULL;
    for (size_t k = 0; k < s->n; k++) {
        size_t apart = letters_apart(argument, n, s->setting[k].option->name);
        if (apart < best) {
            best = apart;
            meant = s->setting[k].option->name;
        }
    }
    return hot_fail(error, HOT_USAGE,
                    "--%.*s: there is no such option%s%s%s see hotbeat %s --help.",
                    (int)(n > 60 ? 60 : n), argument, meant ? " (did you mean --" : "",
                    meant ? meant : "", meant ? "?);" : ";", c->name);
}

/** Look at the arguments before argp does, which would say the same in other words. */
static hot_status look_through(const hot_command *c, const hot_settings *s, int argc, char **argv,
                               hot_error *error)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (argv[i][0] != '-' || argv[i][1] == 0) continue;
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-?") == 0 ||
            strcmp(argv[i], "--usage") == 0)
            continue;
        if (argv[i][1] != '-')
            return hot_fail(error, HOT_USAGE,
                            "%s: options begin with two dashes; a file of that name is ./%s.",
                            argv[i], argv[i]);
        const hot_option *o = named(s, argv[i] + 2);
        if (!o) return not_named(c, s, argv[i] + 2, error);
        bool joined = strchr(argv[i], '=') != NULL;
        if (o->argument && !joined && ++i >= argc)
            return hot_fail(error, HOT_USAGE, "--%s: expected a value, --%s %s.", o->name, o->name,
                            o->argument);
        if (!o->argument && joined)
            return hot_fail(error, HOT_USAGE, "--%s takes no value.", o->name);
    }
    return HOT_OK;
}

static bool wants_help(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-?") == 0) return true;
    return false;
}

/** Whether options name the files: --source does, and so may a run that is repeated. */
static bool names_files(const hot_settings *s)
{
    for (size_t k = 0; k < s->n; k++) {
        const char *name = s->setting[k].option->name;
        if (s->setting[k].given && (strcmp(name, "source") == 0 || strcmp(name, "config") == 0))
            return true;
    }
    return false;
}

static hot_status count_paths(const hot_command *c, const hot_asked *a, hot_error *error)
{
    if (a->n_paths < c->least_paths && !names_files(&a->settings))
        return hot_fail(error, HOT_USAGE, "hotbeat %s: expected %s; see hotbeat %s --help.",
                        c->name, c->arguments, c->name);
    if (a->n_paths > c->most_paths)
        return hot_fail(error, HOT_USAGE, "hotbeat %s: %s is one argument too many.", c->name,
                        a->path[c->most_paths]);
    return HOT_OK;
}

static hot_status read_arguments(const hot_command *c, struct argp_option *table, int argc,
                                 char **argv, hot_asked *asked, hot_error *error)
{
    char doc[4096], name[64];
    snprintf(doc, sizeof doc, "%s\v%s", c->about, c->examples);
    snprintf(name, sizeof name, "hotbeat %s", c->name);
    struct argp argp = {table, take, c->arguments, doc, NULL, NULL, NULL};
    parsing p = {.asked = asked, .error = error};
    if (wants_help(argc, argv)) {
        argp_help(&argp, stdout, ARGP_HELP_STD_HELP & ~(unsigned)ARGP_HELP_EXIT_OK, name);
        asked->done = true;
        return HOT_OK;
    }
    HOT_TRY(look_through(c, &asked->settings, argc, argv, error));
    if (argp_parse(&argp, argc, argv, ARGP_NO_EXIT | ARGP_NO_ERRS | ARGP_NO_HELP, NULL, &p) != 0)
        return hot_fail(error, HOT_USAGE, "hotbeat %s: the options cannot be read.", c->name);
    return p.status == HOT_OK ? count_paths(c, asked, error) : p.status;
}

hot_status hot_asked_declare(const hot_command *command, hot_asked *asked)
{
    *asked = (hot_asked){0};
    return declare(command, &asked->settings);
}

hot_status hot_asked_read(const hot_command *command, int argc, char **argv, hot_asked *asked,
                          hot_error *error)
{
    HOT_TRY(hot_asked_declare(command, asked));
    asked->path = hot_new((size_t)argc, sizeof *asked->path);
    struct argp_option *table = argp_table(&asked->settings);
    hot_status status = asked->path && table ? HOT_OK : HOT_MEMORY;
    if (status == HOT_OK) status = read_arguments(command, table, argc, argv, asked, error);
    hot_free(table);
    return status;
}

void hot_asked_free(hot_asked *asked)
{
    hot_settings_free(&asked->settings);
    hot_free(asked->path);
    *asked = (hot_asked){0};
}

/* ---- what a command leaves behind ---- */

int hot_explain(hot_status status, const hot_error *error)
{
    static const char *const unsaid[] = {
        [HOT_MEMORY] = "There is not enough memory.",
        [HOT_DOMAIN] = "The analysis cannot be made of these values.",
        [HOT_USAGE] = "The options cannot be used together.",
        [HOT_INPUT] = "The input cannot be read.",
        [HOT_SYSTEM] = "The system failed.",
        [HOT_STOPPED] = "Stopped; nothing was changed.",
    };
    if (status == HOT_OK) return 0;
    char plain[4 * sizeof error->text];
    fprintf(stderr, "hotbeat: %s\n",
            hot_plain(*error->text ? error->text : unsaid[status], plain, sizeof plain));
    return status == HOT_USAGE ? 2 : status == HOT_STOPPED ? 130 : 1;
}

int hot_said(int code)
{
    bool whole = fflush(stdout) == 0 && !ferror(stdout);
    if (whole || (code != 0 && code != 3)) return code;
    fprintf(stderr, "hotbeat: the answer cannot be written to stdout.\n");
    return 1;
}

int hot_say_data(const char *text)
{
    fputs(text, stdout);
    fputc('\n', stdout);
    return hot_said(0);
}
