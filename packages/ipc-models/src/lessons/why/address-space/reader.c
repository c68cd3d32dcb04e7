int variable = 2222; // @store
int *pointer = receive(owner);
printf("%d\n", *pointer); // @read
