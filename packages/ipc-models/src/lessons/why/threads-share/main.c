int variable = 1; // @store
pthread_create(&thread, NULL, store_2, &variable); // @thread
pthread_join(thread, NULL);
printf("%d\n", variable); // @after-thread
/* meanwhile the other process stores 3 in its variable */
printf("%d\n", variable); // @after-process
