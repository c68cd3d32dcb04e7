int *pointer = receive(owner);
printf("%d\n", *pointer); /* Segmentation fault */ // @read
