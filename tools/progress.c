#define _POSIX_C_SOURCE 200809L

#include "tools/progress.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tools/plain.h"

typedef enum { SILENT, LINE, JSON } manner;

/* The one state of the program: how progress is shown, and whether to stop. */
static manner shown = SILENT;
static volatile sig_atomic_t stop_asked;
static double last_shown;
static bool line_open;

static void on_signal(int number)
{
    (void)number;
    stop_asked = 1;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void show_line(const char *what, double share)
{
    enum { BAR = 24 };
    char bar[BAR + 1];
    int full = (int)(share * BAR + 0.5);
    for (int i = 0; i < BAR; i++) bar[i] = i < full ? '#' : '.';
    bar[BAR] = 0;
    fprintf(stderr, "\r%-28.40s [%s] %3.0f%%\033[K", what, bar, share * 100);
    fflush(stderr);
    line_open = true;
}

/** At most five times a second. */
static bool step(void *self, const char *what, double share)
{
    (void)self;
    double now = shown == SILENT ? 0 : seconds();
    if (shown != SILENT && now - last_shown >= 0.2) {
        last_shown = now;
        if (shown == LINE) show_line(what, share);
        else fprintf(stderr, "{\"step\": \"%s\", \"share\": %.3f}\n", what, share);
    }
    return !stop_asked;
}

hot_progress hot_progress_begin(const hot_settings *s)
{
    struct sigaction action = {.sa_handler = on_signal};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    bool quiet = hot_settings_given(s, "quiet");
    bool always = hot_settings_is(s, "progress", "always");
    bool person = hot_settings_is(s, "progress", "auto") && isatty(STDERR_FILENO);
    shown = SILENT;
    if (hot_settings_is(s, "progress", "json")) shown = JSON;
    else if (!quiet && (always || person)) shown = LINE;
    return (hot_progress){step, NULL};
}

void hot_progress_end(void)
{
    if (line_open) fprintf(stderr, "\r\033[K");
    line_open = false;
}

void hot_message(const hot_settings *s, const char *format, ...)
{
    if (hot_settings_given(s, "quiet")) return;
    char text[4096], plain[8192];
    hot_progress_end();
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    fprintf(stderr, "%s\n", hot_plain(text, plain, sizeof plain));
}
