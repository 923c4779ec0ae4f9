// Counts the file operations of a process and makes one of them fail, or kills the process before it.
// Loaded with LD_PRELOAD by Tests/Faults/run; see there for what it is used for.
//
//   CUVEE_FAULT_SET    "changes": operations that change what is on the disk; "all": reads too
//   CUVEE_FAULT_AT     the operation, counted from 1; 0 for none
//   CUVEE_FAULT_DO     "kill", "short" (half of a write or read is done), or an errno number
//   CUVEE_FAULT_COUNT  a file that takes the number of operations when the process ends
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long operations;
static long fault_at;
static int all_operations;
static int kills;
static int shorts;
static int fault_errno;

__attribute__((constructor)) static void begin(void) {
  const char *set = getenv("CUVEE_FAULT_SET"), *at = getenv("CUVEE_FAULT_AT");
  const char *what = getenv("CUVEE_FAULT_DO");
  all_operations = set && strcmp(set, "all") == 0;
  fault_at = at ? atol(at) : 0;
  kills = what && strcmp(what, "kill") == 0;
  shorts = what && strcmp(what, "short") == 0;
  fault_errno = what && !kills && !shorts ? atoi(what) : 0;
}

__attribute__((destructor)) static void end(void) {
  const char *path = getenv("CUVEE_FAULT_COUNT");
  if (!path) return;
  char text[32];
  int length = snprintf(text, sizeof text, "%ld\n", (long)operations);
  int file = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
  if (file >= 0) {
    syscall(SYS_write, file, text, length);
    syscall(SYS_close, file);
  }
}

// 1 where this operation is to fail, 2 where it is to be cut short, 0 otherwise.
static int fault(int changes) {
  if (!changes && !all_operations) return 0;
  if (atomic_fetch_add(&operations, 1) + 1 != fault_at) return 0;
  if (kills) raise(SIGKILL);
  if (shorts) return 2;
  errno = fault_errno;
  return fault_errno != 0;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

// Standard output and error are not the disk.
static int is_disk(int file) { return file > 2; }

static int open_as(const char *name, int directory, const char *path, int flags, mode_t mode) {
  (void)name;
  if (fault((flags & (O_CREAT | O_TRUNC)) != 0) == 1) return -1;
  return (int)syscall(SYS_openat, directory, path, flags, mode);
}

static mode_t mode_of(int flags, va_list list) {
  return flags & (O_CREAT | O_TMPFILE) ? (mode_t)va_arg(list, int) : 0;
}

int open(const char *path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  mode_t mode = mode_of(flags, list);
  va_end(list);
  return open_as("open", AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  mode_t mode = mode_of(flags, list);
  va_end(list);
  return open_as("open64", AT_FDCWD, path, flags, mode);
}

ssize_t write(int file, const void *bytes, size_t count) {
  if (is_disk(file)) {
    int what = fault(1);
    if (what == 1) return -1;
    if (what == 2 && count > 1) count /= 2;
  }
  return syscall(SYS_write, file, bytes, count);
}

ssize_t read(int file, void *bytes, size_t count) {
  if (is_disk(file)) {
    int what = fault(0);
    if (what == 1) return -1;
    if (what == 2 && count > 1) count /= 2;
  }
  return syscall(SYS_read, file, bytes, count);
}

ssize_t pread(int file, void *bytes, size_t count, off_t offset) {
  int what = fault(0);
  if (what == 1) return -1;
  if (what == 2 && count > 1) count /= 2;
  return syscall(SYS_pread64, file, bytes, count, offset);
}

ssize_t pread64(int file, void *bytes, size_t count, off_t offset) {
  return pread(file, bytes, count, offset);
}

int fsync(int file) { return fault(1) == 1 ? -1 : (int)syscall(SYS_fsync, file); }

int close(int file) {
  int what = is_disk(file) ? fault(0) : 0;
  int result = (int)syscall(SYS_close, file);
  if (what == 1) {
    errno = fault_errno;
    return -1;
  }
  return result;
}

#define CHANGE(name, parameters, arguments) \
  int name parameters { \
    if (fault(1) == 1) return -1; \
    return NEXT(name) arguments; \
  }

CHANGE(rename, (const char *from, const char *to), (from, to))
CHANGE(link, (const char *from, const char *to), (from, to))
CHANGE(unlink, (const char *path), (path))
CHANGE(rmdir, (const char *path), (path))
CHANGE(mkdir, (const char *path, mode_t mode), (path, mode))
CHANGE(ftruncate, (int file, off_t size), (file, size))
CHANGE(chmod, (const char *path, mode_t mode), (path, mode))
CHANGE(utimensat, (int at, const char *path, const struct timespec times[2], int flags),
       (at, path, times, flags))

int flock(int file, int operation) {
  return fault(0) == 1 ? -1 : (int)syscall(SYS_flock, file, operation);
}

int stat(const char *path, struct stat *status) {
  return fault(0) == 1 ? -1 : NEXT(stat)(path, status);
}

int lstat(const char *path, struct stat *status) {
  return fault(0) == 1 ? -1 : NEXT(lstat)(path, status);
}

int fstat(int file, struct stat *status) {
  return fault(0) == 1 ? -1 : NEXT(fstat)(file, status);
}

DIR *opendir(const char *path) { return fault(0) == 1 ? NULL : NEXT(opendir)(path); }

struct dirent *readdir(DIR *directory) {
  return fault(0) == 1 ? NULL : NEXT(readdir)(directory);
}

int ioctl(int file, unsigned long request, ...) {
  va_list list;
  va_start(list, request);
  void *argument = va_arg(list, void *);
  va_end(list);
  if (is_disk(file) && fault(1) == 1) return -1;
  return (int)syscall(SYS_ioctl, file, request, argument);
}
