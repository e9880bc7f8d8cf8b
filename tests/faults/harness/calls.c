/* Counts the file calls of one process below one folder, and lets the n-th of them fail or be the process's last.
   Preloaded, so that it stands between the C library and everything above it: SQLite as well as Python. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

enum { WRITE = 1, SYNC = 2, OPEN = 4, NAME = 8, CUT = 16, REMOVE = 32 };

static char folder[4096];
static size_t folder_length;
static unsigned char watched[65536];
static int kinds, failure, lasting;
static long nth, seen, fired;
static volatile long jump_s;

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

/* failure 0 = the process is killed in the middle of the call. */
void fault_arm(const char *below, int which, long number, int error, int goes_on) {
    strncpy(folder, below, sizeof folder - 1);
    folder_length = strlen(folder);
    nth = number; seen = 0; fired = 0; failure = error; lasting = goes_on;
    __sync_synchronize();
    kinds = which;
}
long fault_seen(void) { return seen; }
long fault_fired(void) { return fired; }
void fault_disarm(void) { kinds = 0; }
void fault_clock(long seconds) { jump_s = seconds; }

static int trips(int kind) {
    if (!(kinds & kind)) return 0;
    long number = __sync_add_and_fetch(&seen, 1);
    if (number != nth && !(lasting && number > nth)) return 0;
    __sync_add_and_fetch(&fired, 1);
    return 1;
}
static void die(void) { kill(getpid(), SIGKILL); for (;;) pause(); }
static int fails(int kind) {
    if (!trips(kind)) return 0;
    if (failure == 0) die();
    errno = failure;
    return 1;
}
static int below(const char *path) { return kinds && path && strncmp(path, folder, folder_length) == 0; }
static int mine(int file) { return kinds && file >= 0 && file < 65536 && watched[file]; }
static int remember(int file, const char *path) {
    if (file >= 0 && file < 65536) watched[file] = (unsigned char)below(path);
    return file;
}

#define OPENS(name)                                                              \
    int name(const char *path, int flags, ...) {                                 \
        REAL(name);                                                              \
        va_list rest; va_start(rest, flags);                                     \
        mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest);                                                            \
        if (below(path) && fails(OPEN)) return -1;                               \
        return remember(real(path, flags, mode), path);                          \
    }
OPENS(open)
OPENS(open64)

int close(int file) {
    REAL(close);
    if (file >= 0 && file < 65536) watched[file] = 0;
    return real(file);
}

/* A process that dies while it writes leaves half of it. */
#define TRIPPED_WRITE(half) \
    if (mine(file) && trips(WRITE)) { if (failure == 0) { (void)!(half); die(); } errno = failure; return -1; }

ssize_t write(int file, const void *data, size_t size) {
    REAL(write);
    TRIPPED_WRITE(real(file, data, size / 2))
    return real(file, data, size);
}
ssize_t pwrite(int file, const void *data, size_t size, off_t at) {
    REAL(pwrite);
    TRIPPED_WRITE(real(file, data, size / 2, at))
    return real(file, data, size, at);
}
ssize_t pwrite64(int file, const void *data, size_t size, off64_t at) {
    REAL(pwrite64);
    TRIPPED_WRITE(real(file, data, size / 2, at))
    return real(file, data, size, at);
}
ssize_t sendfile(int file, int from, off_t *at, size_t size);
ssize_t sendfile(int file, int from, off_t *at, size_t size) {
    REAL(sendfile);
    TRIPPED_WRITE(real(file, from, at, size > 8192 ? 8192 : size))
    return real(file, from, at, size);
}
ssize_t sendfile64(int file, int from, off64_t *at, size_t size);
ssize_t sendfile64(int file, int from, off64_t *at, size_t size) {
    REAL(sendfile64);
    TRIPPED_WRITE(real(file, from, at, size > 8192 ? 8192 : size))
    return real(file, from, at, size);
}
int fsync(int file) { REAL(fsync); return mine(file) && fails(SYNC) ? -1 : real(file); }
int fdatasync(int file) { REAL(fdatasync); return mine(file) && fails(SYNC) ? -1 : real(file); }
int ftruncate(int file, off_t size) { REAL(ftruncate); return mine(file) && fails(CUT) ? -1 : real(file, size); }
int ftruncate64(int file, off64_t size) { REAL(ftruncate64); return mine(file) && fails(CUT) ? -1 : real(file, size); }
int unlink(const char *path) { REAL(unlink); return below(path) && fails(REMOVE) ? -1 : real(path); }
int rename(const char *from, const char *to) { REAL(rename); return below(to) && fails(NAME) ? -1 : real(from, to); }
int link(const char *from, const char *to) { REAL(link); return below(to) && fails(NAME) ? -1 : real(from, to); }
int mkdir(const char *path, mode_t mode);
int mkdir(const char *path, mode_t mode) { REAL(mkdir); return below(path) && fails(NAME) ? -1 : real(path, mode); }

int clock_gettime(clockid_t clock, struct timespec *now) {
    REAL(clock_gettime);
    int status = real(clock, now);
    if (status == 0 && clock == CLOCK_REALTIME) now->tv_sec += jump_s;
    return status;
}
