int fd = open(file, O_RDWR); // @open
char *memory = mmap(0, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0); // @mmap
close(fd); // @close
memcpy(memory, "STORED", 6); /* no call: a store */ // @store
