int fd = open(file, O_RDWR); // @open
char *memory = mmap(0, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0); // @mmap
close(fd);
while (memory[0] == before) // @look
    ;
