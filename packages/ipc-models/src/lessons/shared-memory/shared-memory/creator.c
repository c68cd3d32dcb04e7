int fd = shm_open(name, O_CREAT | O_EXCL | O_RDWR, 0600); // @create
ftruncate(fd, SIZE); // @size
char *ptr = mmap(0, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0); // @map
strcpy(ptr, "Hello from the creator"); // @write
/* the other process attaches and answers */ // @wait
puts(ptr); // @read
shm_unlink(name); // @unlink
munmap(ptr, SIZE); // @unmap
close(fd); // @close
