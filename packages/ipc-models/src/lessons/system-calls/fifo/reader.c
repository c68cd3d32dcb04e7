work(); // @work
int end = open(name, O_RDONLY); // @open
n = read(end, buffer, sizeof buffer); // @read
n = read(end, buffer, sizeof buffer); /* 0: the end */ // @end
