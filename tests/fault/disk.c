/* A shim between SQLite and its files: makes the N-th write, sync or truncate
 * fail, and lets readers find a changed byte.  It never syncs for real: what a
 * loss of power leaves is not tested here, and tests are fast. */
#include "fault.h"

#include <sqlite3.h>
#include <string.h>

struct shim_file {
    sqlite3_file base;
    bool is_database;
    sqlite3_file *real; /* follows this in memory */
};

static struct {
    sqlite3_vfs shim;
    sqlite3_vfs *real;
    int64_t flip_at;
    unsigned char flip_mask;
    long writes;
} disk;

static sqlite3_file *real_of(sqlite3_file *file)
{
    return ((struct shim_file *)(void *)file)->real;
}

void disk_flip(int64_t at, unsigned char mask)
{
    disk.flip_at = at;
    disk.flip_mask = mask;
}

long disk_writes(void)
{
    return disk.writes;
}

static int shim_close(sqlite3_file *file)
{
    sqlite3_file *real = real_of(file);

    return real->pMethods ? real->pMethods->xClose(real) : SQLITE_OK;
}

static int shim_read(sqlite3_file *file, void *bytes, int size,
                     sqlite3_int64 at)
{
    sqlite3_file *real = real_of(file);
    int64_t flipped = disk.flip_at - at;
    int code;

    if (fault_hits(FAULT_READ))
        return SQLITE_IOERR_READ;
    code = real->pMethods->xRead(real, bytes, size, at);
    if (disk.flip_mask && ((struct shim_file *)(void *)file)->is_database &&
        flipped >= 0 && flipped < size)
        ((unsigned char *)bytes)[flipped] ^= disk.flip_mask;
    return code;
}

static int shim_write(sqlite3_file *file, const void *bytes, int size,
                      sqlite3_int64 at)
{
    sqlite3_file *real = real_of(file);

    if (fault_hits(FAULT_DISK)) {
        if (fault_disk() == DISK_SHORT && size > 1)
            (void)real->pMethods->xWrite(real, bytes, size / 2, at);
        return fault_disk() == DISK_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    }
    disk.writes += ((struct shim_file *)(void *)file)->is_database;
    return real->pMethods->xWrite(real, bytes, size, at);
}

static int shim_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    sqlite3_file *real = real_of(file);

    if (fault_hits(FAULT_DISK))
        return SQLITE_IOERR_TRUNCATE;
    disk.writes += ((struct shim_file *)(void *)file)->is_database;
    return real->pMethods->xTruncate(real, size);
}

static int shim_sync(sqlite3_file *file, int flags)
{
    (void)file;
    (void)flags;
    return fault_hits(FAULT_DISK) ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}

static int shim_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static int shim_lock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int shim_unlock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int shim_reserved(sqlite3_file *file, int *taken)
{
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), taken);
}

static int shim_control(sqlite3_file *file, int what, void *value)
{
    return real_of(file)->pMethods->xFileControl(real_of(file), what, value);
}

static int shim_sector(sqlite3_file *file)
{
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int shim_traits(sqlite3_file *file)
{
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int shim_shm_map(sqlite3_file *file, int page, int size, int extend,
                        void volatile **at)
{
    return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend,
                                            at);
}

static int shim_shm_lock(sqlite3_file *file, int offset, int count, int flags)
{
    return real_of(file)->pMethods->xShmLock(real_of(file), offset, count,
                                             flags);
}

static void shim_shm_barrier(sqlite3_file *file)
{
    real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int shim_shm_unmap(sqlite3_file *file, int remove)
{
    return real_of(file)->pMethods->xShmUnmap(real_of(file), remove);
}

/* Version 2 knows no memory-mapped pages, which would go round the shim. */
static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = shim_close,
    .xRead = shim_read,
    .xWrite = shim_write,
    .xTruncate = shim_truncate,
    .xSync = shim_sync,
    .xFileSize = shim_size,
    .xLock = shim_lock,
    .xUnlock = shim_unlock,
    .xCheckReservedLock = shim_reserved,
    .xFileControl = shim_control,
    .xSectorSize = shim_sector,
    .xDeviceCharacteristics = shim_traits,
    .xShmMap = shim_shm_map,
    .xShmLock = shim_shm_lock,
    .xShmBarrier = shim_shm_barrier,
    .xShmUnmap = shim_shm_unmap,
};

static int shim_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file,
                     int flags, int *out)
{
    struct shim_file *ours = (struct shim_file *)(void *)file;
    int code;

    (void)vfs;
    ours->real = (sqlite3_file *)(void *)(ours + 1);
    ours->real->pMethods = NULL;
    ours->is_database = flags & SQLITE_OPEN_MAIN_DB;
    code = disk.real->xOpen(disk.real, name, ours->real, flags, out);
    file->pMethods = code == SQLITE_OK ? &methods : NULL;
    return code;
}

static int shim_delete(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
    (void)vfs;
    (void)sync_folder;
    return fault_hits(FAULT_DISK) ? SQLITE_IOERR_DELETE
                                  : disk.real->xDelete(disk.real, name, 0);
}

static int shim_access(sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
    (void)vfs;
    return disk.real->xAccess(disk.real, name, flags, out);
}

static int shim_full_path(sqlite3_vfs *vfs, const char *name, int size,
                          char *out)
{
    (void)vfs;
    return disk.real->xFullPathname(disk.real, name, size, out);
}

bool fault_install_disk(void)
{
    disk.real = sqlite3_vfs_find(NULL);
    if (!disk.real)
        return false;
    disk.shim = *disk.real;
    disk.shim.pNext = NULL;
    disk.shim.zName = "fault";
    disk.shim.szOsFile = (int)sizeof(struct shim_file) + disk.real->szOsFile;
    disk.shim.xOpen = shim_open;
    disk.shim.xDelete = shim_delete;
    disk.shim.xAccess = shim_access;
    disk.shim.xFullPathname = shim_full_path;
    return sqlite3_vfs_register(&disk.shim, 1) == SQLITE_OK;
}
