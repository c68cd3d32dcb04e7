int *pointer = receive(owner); // @receive
printf("%d\n", *pointer); /* Segmentation fault */ // @read
