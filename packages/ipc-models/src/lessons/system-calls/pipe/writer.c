int ends[2];
pipe(ends); // @pipe
/* a shell would fork() here, and the child have both ends, too */
close(ends[0]); // @close-read
while (more)
    write(ends[1], message, strlen(message)); // @write
write(ends[1], zeros, 65536 + 1); /* more than it holds */ // @fill
close(ends[1]); // @close
