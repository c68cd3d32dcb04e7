int fd = open("/proc/PID/fd/FD", O_RDWR); // @open
mmap(0, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0); /* MAP_FAILED, EPERM */ // @map-write
char *ptr = mmap(0, SIZE, PROT_READ, MAP_SHARED, fd, 0); // @map-read
mprotect(ptr, SIZE, PROT_READ | PROT_WRITE); /* -1, EACCES */ // @protect
puts(ptr); // @read
strcpy(ptr, "Written by the reader"); /* SIGSEGV */ // @store
