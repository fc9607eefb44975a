#define _POSIX_C_SOURCE 200809L

#include "tools/progress.h"

#include <fcntl.h>
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

/** A signal that whoever started the program ignores (nohup, a job in the background) stays so. */
static void listen_for(int number)
{
    struct sigaction now, action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    if (sigaction(number, NULL, &now) == 0 && now.sa_handler != SIG_IGN)
        sigaction(number, &action, NULL);
}

/** A standard stream that was closed is held by something that cannot be used: else the next file
 *  to be opened would take its number, and what is printed would go into it. */
static void hold_stream(int stream)
{
    if (fcntl(stream, F_GETFD) >= 0) return;
    int handle = open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    if (handle >= 0 && handle != stream) close(handle);
}

/** How the program meets signals, decided once. Asked to stop, it stops between two steps and
 *  leaves nothing behind. A reader that has gone, or a limit on the size of files, is a write that
 *  fails: it is told where it happens, like any other. */
static void meet_signals(void)
{
    struct sigaction ignored = {.sa_handler = SIG_IGN};
    sigaction(SIGPIPE, &ignored, NULL);
    sigaction(SIGXFSZ, &ignored, NULL);
    listen_for(SIGINT);
    listen_for(SIGTERM);
    listen_for(SIGHUP);
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
static void show(const char *what, double share)
{
    double now = seconds();
    if (now - last_shown < 0.2) return;
    last_shown = now;
    if (shown == LINE)
        show_line(what, share);
    else
        fprintf(stderr, "{\"step\": \"%s\", \"share\": %.3f}\n", what, share);
}

static bool step(void *self, const char *what, double share)
{
    (void)self;
    if (shown != SILENT) {
#pragma omp critical(progress)
        show(what, share);
    }
    return !stop_asked;
}

void hot_listen(void)
{
    meet_signals();
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++) hold_stream(stream);
}

hot_progress hot_progress_begin(const hot_settings *s)
{
    bool quiet = hot_settings_given(s, "quiet");
    bool always = hot_settings_is(s, "progress", "always");
    bool person = hot_settings_is(s, "progress", "auto") && isatty(STDERR_FILENO);
    shown = SILENT;
    if (hot_settings_is(s, "progress", "json"))
        shown = JSON;
    else if (!quiet && (always || person))
        shown = LINE;
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
