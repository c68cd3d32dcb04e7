int fd = memfd_create("who-may-write", MFD_CLOEXEC | MFD_ALLOW_SEALING); // @create
ftruncate(fd, SIZE);
char *ptr = mmap(0, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0); // @map
/* from now on nobody gets a writable mapping any more */
fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_FUTURE_WRITE); // @seal
strcpy(ptr, "Written by the owner"); // @write
/* the other process attaches */ // @wait
strcpy(ptr, "The owner goes on writing"); // @more
puts(ptr); // @read
