/* One file, disk.img, in memory: every write and every flush goes to a log, in order.
 *
 * block_log MOUNTPOINT BYTES LOG. In the log: 'W', offset and length (64 bits each, of this machine), the bytes; or
 * 'F'. A file system on a loop device over this file is what a power cut is played on (test_blocks.py). */
#define FUSE_USE_VERSION 31
#include <errno.h>
#include <fuse.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char *disk;
static uint64_t size;
static FILE *record;

static int is_disk(const char *path) { return strcmp(path, "/disk.img") == 0; }

static int get_attributes(const char *path, struct stat *found, struct fuse_file_info *info)
{
    (void)info;
    memset(found, 0, sizeof *found);
    if (strcmp(path, "/") == 0) {
        found->st_mode = S_IFDIR | 0755;
        found->st_nlink = 2;
        return 0;
    }
    if (!is_disk(path))
        return -ENOENT;
    found->st_mode = S_IFREG | 0600;
    found->st_nlink = 1;
    found->st_size = (off_t)size;
    return 0;
}

static int list(const char *path, void *buffer, fuse_fill_dir_t fill, off_t offset, struct fuse_file_info *info,
                enum fuse_readdir_flags flags)
{
    (void)path, (void)offset, (void)info, (void)flags;
    fill(buffer, "disk.img", NULL, 0, 0);
    return 0;
}

static int open_file(const char *path, struct fuse_file_info *info)
{
    (void)info;
    return is_disk(path) ? 0 : -ENOENT;
}

static int read_file(const char *path, char *buffer, size_t count, off_t offset, struct fuse_file_info *info)
{
    (void)path, (void)info;
    if ((uint64_t)offset >= size)
        return 0;
    if ((uint64_t)offset + count > size)
        count = size - (uint64_t)offset;
    memcpy(buffer, disk + offset, count);
    return (int)count;
}

static int write_file(const char *path, const char *buffer, size_t count, off_t offset, struct fuse_file_info *info)
{
    (void)path, (void)info;
    uint64_t place[2] = {(uint64_t)offset, count};
    if ((uint64_t)offset + count > size)
        return -ENOSPC;
    memcpy(disk + offset, buffer, count);
    fputc('W', record);
    fwrite(place, sizeof place, 1, record);
    fwrite(buffer, count, 1, record);
    fflush(record);
    return (int)count;
}

static int flush_to_disk(const char *path, int only_data, struct fuse_file_info *info)
{
    (void)path, (void)only_data, (void)info;
    fputc('F', record);
    fflush(record);
    return 0;
}

static const struct fuse_operations operations = {
    .getattr = get_attributes,
    .readdir = list,
    .open = open_file,
    .read = read_file,
    .write = write_file,
    .fsync = flush_to_disk,
};

int main(int count, char **words)
{
    /* -s: one thread, so that the log has an order. */
    char *given[] = {words[0], words[1], "-f", "-s", NULL};
    if (count != 4)
        return 2;
    size = strtoull(words[2], NULL, 10);
    disk = calloc(1, size);
    record = fopen(words[3], "wb");
    if (disk == NULL || record == NULL)
        return 1;
    return fuse_main(4, given, &operations, NULL);
}
