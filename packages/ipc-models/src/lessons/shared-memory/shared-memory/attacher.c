int fd = shm_open(name, O_RDWR, 0); // @attach
char *ptr = mmap(0, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0); // @map
close(fd); /* the mapping stays */ // @close
puts(ptr); // @read
strcpy(ptr, "Hello back"); // @write
shm_open(name, O_RDWR, 0); /* after the name is gone: -1, ENOENT */ // @again
puts(ptr); /* the memory is still there */ // @still
munmap(ptr, SIZE); // @unmap
