/* Lets calls on the file of the boards fail: each call fails with the error number that stands
 * behind its name in the file that COMMONSLATE_FAULTS names, for example "fdatasync=5". */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static int is_ours(const char *path) {
    const char *name = strrchr(path, '/');
    return strcmp(name ? name + 1 : path, "boards.redb") == 0;
}

static int is_our_file(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return is_ours(path);
}

/* The error number for a call; 0 if it shall not fail. */
static int fault(const char *call) {
    const char *control = getenv("COMMONSLATE_FAULTS");
    char text[256], *found;
    int fd = control ? (int)syscall(SYS_openat, AT_FDCWD, control, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0) return 0;
    ssize_t length = syscall(SYS_read, fd, text, sizeof text - 1);
    syscall(SYS_close, fd);
    if (length <= 0) return 0;
    text[length] = 0;
    found = strstr(text, call);
    return found && found[strlen(call)] == '=' ? atoi(found + strlen(call) + 1) : 0;
}

#define FAIL(call, fd) do { \
    int error = is_our_file(fd) ? fault(call) : 0; \
    if (error) { errno = error; return -1; } \
} while (0)

int fdatasync(int fd) {
    FAIL("fdatasync", fd);
    return (int)syscall(SYS_fdatasync, fd);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
    FAIL("pwrite", fd);
    return syscall(SYS_pwrite64, fd, bytes, count, at);
}

ssize_t pread64(int fd, void *bytes, size_t count, off64_t at) {
    FAIL("pread", fd);
    return syscall(SYS_pread64, fd, bytes, count, at);
}

int ftruncate64(int fd, off64_t length) {
    FAIL("ftruncate", fd);
    return (int)syscall(SYS_ftruncate, fd, length);
}

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    int mode = flags & O_CREAT ? va_arg(rest, int) : 0;
    va_end(rest);
    int error = is_ours(path) && (flags & O_ACCMODE) != O_RDONLY ? fault("open") : 0;
    if (error) { errno = error; return -1; }
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}
