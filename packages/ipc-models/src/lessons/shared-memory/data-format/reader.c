printf("%d", *(int *)ptr); // @int
printf("%g", *(float *)ptr); // @float
printf("%s", ptr); // @text
